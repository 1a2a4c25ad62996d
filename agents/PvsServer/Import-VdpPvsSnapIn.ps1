function Import-VdpPvsSnapIn {
    <#
    .SYNOPSIS
    Makes the cmdlets of Citrix.PVS.SnapIn available to the agents, once per session.
    .DESCRIPTION
    Takes, in this order: what is already there; the registered snap-in (Windows PowerShell only); the assembly in the folder that the
    console wrote into the registry; the assembly in the console's default folder. Nothing of the connection is changed: without a saved one
    the cmdlets speak to the SOAP service of this computer, as the user of this session.
    .EXAMPLE
    Import-VdpPvsSnapIn
    .OUTPUTS
    Nothing. Error: missing, when there is no such assembly or it could not be loaded; the message says which.
    .NOTES
    Source: guide of the object snap-in (installation); pvs.md 3.2. Unproven: that PowerShell 7 loads the assembly, and that a snap-in added
    by a function of a module is seen by that module; where it is not, the assembly is imported.
    #>
    [CmdletBinding()]
    param()

    if (Get-Command -Name Get-PvsFarm -ErrorAction SilentlyContinue) { return }
    $tried = @()
    if (Get-Command -Name Add-PSSnapin -ErrorAction SilentlyContinue) {
        try {
            Add-PSSnapin -Name Citrix.PVS.SnapIn -ErrorAction Stop
            if (Get-Command -Name Get-PvsFarm -ErrorAction SilentlyContinue) { return }
            $tried += 'the registered snap-in brought no cmdlets'
        } catch {
            $tried += 'the snap-in is not registered'
        }
    }
    $folders = @(
        Get-VdpRegistryValue -Key 'HKLM\SOFTWARE\Citrix\ProvisioningServices' -Name 'ConsoleTargetDir'
        "$env:ProgramFiles\Citrix\Provisioning Services Console"
    )
    foreach ($folder in $folders) {
        if (-not $folder) { continue }
        $assembly = "$($folder.TrimEnd('\'))\Citrix.PVS.SnapIn.dll"
        if (-not (Test-VdpPath -Path $assembly)) { continue }
        try {
            Import-Module -Name $assembly -ErrorAction Stop
            return
        } catch {
            $tried += "$assembly could not be loaded: $($_.Exception.Message)"
        }
    }
    if (-not ($tried -like '*could not be loaded*')) { $tried += 'no Citrix.PVS.SnapIn.dll was found' }
    throw (New-VdpFailure -Kind missing -Message "the Provisioning Console 7.7 or later is needed here: $($tried -join '; ')")
}
