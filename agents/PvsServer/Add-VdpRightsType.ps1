function Add-VdpRightsType {
    <#
    .SYNOPSIS
    Compiles the calls of Windows that tell who holds a user right; once per process.
    .DESCRIPTION
    Neither CIM nor a cmdlet gives the token of a process or the accounts of a right. Everything here only reads. Written for the C# of
    Windows PowerShell 5.1 (version 5).
    .EXAMPLE
    Add-VdpRightsType
    .OUTPUTS
    Nothing. Afterwards the type Vdp.Rights is there: TokenOf, HoldersOf, SidOf, NameOf.
    .NOTES
    Unproven on Windows: the source compiles in PowerShell 7 and its declarations are compared with the documented ones, no call was
    executed.
    #>
    [CmdletBinding()]
    param()

    if ('Vdp.Rights' -as [type]) { return }
    $parts = (Get-VdpRightsImport), (Get-VdpRightsPolicy), (Get-VdpRightsName), (Get-VdpRightsToken)
    Add-Type -TypeDefinition ($parts -join "`n")
}
