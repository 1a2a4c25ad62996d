function Install-VdpKey {
    <#
    .SYNOPSIS
    Installs a product key in the licensing service of Windows. Call it inside an act.
    .DESCRIPTION
    Windows keys, and on Windows 8 and later those of Office 2013 and later.
    .PARAMETER Key
    The key.
    .EXAMPLE
    Install-VdpKey -Key $key
    .OUTPUTS
    Nothing. Error: licensing, with the HRESULT.
    .NOTES
    kms.md 3.1.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Key)

    $service = @(Get-VdpCim -Class SoftwareLicensingService)[0]
    $call = @{ Instance = $service; Class = 'SoftwareLicensingService' }
    $null = Invoke-VdpCimMethod @call -Method InstallProductKey -Arguments @{ ProductKey = $Key }
    $null = Invoke-VdpCimMethod @call -Method RefreshLicenseStatus
}
