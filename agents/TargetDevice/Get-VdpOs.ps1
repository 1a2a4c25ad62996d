function Get-VdpOs {
    <#
    .SYNOPSIS
    Which Windows this is.
    .DESCRIPTION
    The part os. The build decides the release; the caption is for people.
    .EXAMPLE
    (Get-VdpOs).build
    .OUTPUTS
    Hashtable: caption, version, build, editionId, kind (client, server), bits, evaluation, uiLanguage.
    .NOTES
    Win32_OperatingSystem: Caption, Version, BuildNumber, ProductType (1 is a workstation); Win32_Processor: AddressWidth (that of
    the running Windows): Microsoft's documentation of the classes. EditionID: registry; that an evaluation edition ends in Eval
    is kms.md 1.2 (M7, of DISM), that the registry value does too is unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $os = @(Get-VdpCim -Class Win32_OperatingSystem -Property Caption, Version, BuildNumber, ProductType)[0]
    $processor = @(Get-VdpCim -Class Win32_Processor -Property AddressWidth)[0]
    $edition = [string] (Get-VdpRegistryValue -Key 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion' -Name EditionID)
    return @{
        caption = "$($os.Caption)".Trim()
        version = [string] $os.Version
        build = [int] $os.BuildNumber
        editionId = $edition
        kind = if ($os.ProductType -eq 1) { 'client' } else { 'server' }
        bits = [int] $processor.AddressWidth
        evaluation = if ($edition) { $edition -like '*Eval' } else { @{ unknown = 'there is no EditionID' } }
        uiLanguage = (Get-UICulture).Name
    }
}
