function Get-VdpDiskSlice {
    <#
    .SYNOPSIS
    The hash of some bytes of one file of a vDisk, as they lie in this server's own folder of a store.
    .DESCRIPTION
    Unknown, with the reason, when there is no such file, when whoever has it open does not let it be read, when it changes meanwhile,
    and when the deadline passes.
    .PARAMETER Store
    The store.
    .PARAMETER Name
    The name of the vDisk.
    .PARAMETER File
    The name of the file, without folder.
    .PARAMETER Offset
    Where to begin.
    .PARAMETER Bytes
    How many; at the end of the file fewer are read.
    .PARAMETER DeadlineMs
    Milliseconds the whole may take.
    .EXAMPLE
    (Get-VdpDiskSlice -Store VHD -Name W11-Office -File W11-Office.vhdx -Offset 0 -Bytes 2GB -DeadlineMs 600000).sha256
    .OUTPUTS
    Hashtable: at, server, sha256 or unknown. Errors: those of Find-VdpDiskFile.
    .NOTES
    Whether the Stream Service lets a file be read that it streams is unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Store,
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $File,
        [Parameter(Mandatory)] [long] $Offset,
        [Parameter(Mandatory)] [long] $Bytes,
        [Parameter(Mandatory)] [int] $DeadlineMs
    )

    $place = Find-VdpDiskFile -Store $Store -Name $Name
    $path = @($place.paths | Where-Object { ($_ -replace '^.*\\', '') -eq $File })
    $hash = if ($path.Count -eq 1) {
        Get-VdpReading { Get-VdpFileSlice -Path $path[0] -Offset $Offset -Bytes $Bytes -DeadlineMs $DeadlineMs }
    } else {
        @{ unknown = "there is no $File here" }
    }
    return @{ at = ConvertTo-VdpTime -Value (Get-Date); server = $place.server; sha256 = $hash }
}
