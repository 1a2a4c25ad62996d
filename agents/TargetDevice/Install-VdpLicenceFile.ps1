function Install-VdpLicenceFile {
    <#
    .SYNOPSIS
    Installs the licence files of Windows again. Call it inside an act.
    .DESCRIPTION
    What slmgr.vbs /rilc does, through the same method, but one file that fails does not stop the rest.
    .EXAMPLE
    (Install-VdpLicenceFile).failed
    .OUTPUTS
    Hashtable: installed (how many), failed (path and code of each).
    .NOTES
    kms.md 2.2: the folders of /rilc and their order; 3.1: InstallLicense. That its parameter is called License is by the class
    page (T10).
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $service = @(Get-VdpCim -Class SoftwareLicensingService)[0]
    $files = @(Get-VdpChildPath -Folder "$env:SystemRoot\System32\spp\tokens" -Filter '*.xrm-ms' -Recurse) +
        @(Get-VdpChildPath -Folder "$env:SystemRoot\System32\oem" -Filter '*.xrm-ms')
    $failed = @(foreach ($file in $files) {
        $call = @{ Instance = $service; Class = 'SoftwareLicensingService'; Method = 'InstallLicense' }
        try {
            $null = Invoke-VdpCimMethod @call -Arguments @{ License = Read-VdpText -Path $file }
        } catch {
            "$file $(ConvertTo-VdpHResult -ErrorRecord $_)".Trim()
        }
    })
    return @{ installed = $files.Count - $failed.Count; failed = $failed }
}
