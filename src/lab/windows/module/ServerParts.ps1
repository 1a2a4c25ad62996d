# Replaces, inside the agents' module of a PVS server or KMS host, what calls the security functions and the network of Windows.
#   [Vdp.Rights]           the type that Add-VdpRightsType would compile against advapi32.dll; it is there already, so nothing is compiled
#   Get-VdpLogonGroup      a logon without a password (S4U)
#   Test-VdpListening      the listening ports of the real machine
class LabToken {
    [string] $User
    [string[]] $Groups
    [string[]] $Privileges
}
class LabRights {
    # .NET wraps what a method throws; its words are those of the Win32 error.
    hidden static [object] Ask([string] $Method, [string] $Call, [hashtable] $With) {
        try {
            return Invoke-LabSurface -Call $Call -With $With
        } catch {
            if ($_.Exception.Data['LabKind'] -ne 'path') { throw }
            $inner = [System.ComponentModel.Win32Exception]::new($_.Exception.Message)
            $said = "Exception calling `"$Method`" with `"1`" argument(s): `"$($inner.Message)`""
            throw [System.Management.Automation.MethodInvocationException]::new((Get-LabWords $said), $inner)
        }
    }
    static [string] SidOf([string] $Account) { return [LabRights]::Ask('SidOf', 'rights.sid', @{ account = $Account }) }
    static [string] NameOf([string] $Sid) { return [LabRights]::Ask('NameOf', 'rights.name', @{ sid = $Sid }) }
    static [string[]] HoldersOf([string] $Right) { return [LabRights]::Ask('HoldersOf', 'rights.holders', @{ right = $Right }) }
    static [LabToken] TokenOf([uint32] $ProcessId) { return [LabToken] [LabRights]::Ask('TokenOf', 'rights.token', @{ processId = $ProcessId }) }
}
[psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators')::Add('Vdp.Rights', [LabRights])

function Get-VdpLogonGroup {
    param([string] $Account)
    $groups = Invoke-LabSurface -Call rights.groups -With @{ account = $Account }
    return $groups
}
function Test-VdpListening {
    param([int] $Port)
    return Invoke-LabSurface -Call net.listens -With @{ port = $Port }
}
