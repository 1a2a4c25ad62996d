function Find-VdpOfficeTool {
    <#
    .SYNOPSIS
    Where OSPP.VBS and OSPPREARM.EXE of one installation lie.
    .DESCRIPTION
    Looks in the folders that are known, then below the first one's parent.
    .PARAMETER Places
    Folders of the installation.
    .PARAMETER ToolPlaces
    Other folders that may hold OSPPREARM.EXE.
    .EXAMPLE
    Find-VdpOfficeTool -Places 'C:\Program Files\Microsoft Office\Office16' -ToolPlaces @()
    .OUTPUTS
    Hashtable: folder (of OSPP.VBS, else the first place), rearmTool (null when it is not there).
    .NOTES
    kms.md 5.1.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string[]] $Places,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $ToolPlaces
    )

    $parent = $Places[0].Substring(0, $Places[0].LastIndexOf('\'))
    $search = {
        param($Name, $Folders)
        foreach ($folder in $Folders) {
            if (Test-VdpPath -Path "$folder\$Name") { return "$folder\$Name" }
        }
        return Get-VdpChildPath -Folder $parent -Filter $Name -Recurse | Select-Object -First 1
    }
    $script = & $search 'OSPP.VBS' $Places
    $tool = & $search 'OSPPREARM.EXE' (@($ToolPlaces) + $Places)
    return @{
        folder = if ($script) { $script.Substring(0, $script.LastIndexOf('\')) } else { $Places[0] }
        rearmTool = if ($tool) { [string] $tool } else { $null }
    }
}
