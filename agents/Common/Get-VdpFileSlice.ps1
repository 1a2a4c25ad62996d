function Get-VdpFileSlice {
    <#
    .SYNOPSIS
    Surface: the hash of some bytes of a file.
    .DESCRIPTION
    Opened for reading, and so that whoever has it open, or opens it meanwhile, may read, write and delete it. A file whose size or time
    is another one afterwards is an error, and so is a deadline that passes.
    .PARAMETER Path
    Full path.
    .PARAMETER Offset
    Where to begin.
    .PARAMETER Bytes
    How many; at the end of the file fewer are read.
    .PARAMETER DeadlineMs
    Milliseconds the whole may take; 30 seconds of them are kept for the answer.
    .EXAMPLE
    Get-VdpFileSlice -Path D:\VHD\W11-Office.vhdx -Offset 0 -Bytes 2GB -DeadlineMs 600000
    .OUTPUTS
    String: SHA-256 in lower case.
    .NOTES
    The time of a file is not fully updated until all handles used for writing are closed (Microsoft, WriteFile): a writer that keeps it
    open without changing its size may be missed.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [long] $Offset,
        [Parameter(Mandatory)] [long] $Bytes,
        [Parameter(Mandatory)] [int] $DeadlineMs
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $first = Get-VdpFile -Path $Path -NoHash
    $share = [System.IO.FileShare]::ReadWrite -bor [System.IO.FileShare]::Delete
    $block = New-Object byte[] 4MB
    $left = $Bytes
    $hash = New-Object System.Security.Cryptography.SHA256CryptoServiceProvider
    $stream = New-Object System.IO.FileStream($Path, [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, $share)
    try {
        $null = $stream.Seek($Offset, [System.IO.SeekOrigin]::Begin)
        while ($left -gt 0) {
            $got = $stream.Read($block, 0, [int] [Math]::Min($left, $block.Length))
            if ($got -eq 0) { break }
            $null = $hash.TransformBlock($block, 0, $got, $null, 0)
            $left -= $got
            if ($left -gt 0 -and $clock.ElapsedMilliseconds -gt $DeadlineMs - 30000) {
                throw "read $($Bytes - $left) of $Bytes bytes when the time was up"
            }
        }
        $null = $hash.TransformFinalBlock($block, 0, 0)
    } finally {
        $stream.Dispose()
    }
    $last = Get-VdpFile -Path $Path -NoHash
    if ($null -eq $last -or $last.bytes -ne $first.bytes -or $last.modified -ne $first.modified) {
        throw 'it changed while it was read'
    }
    return [BitConverter]::ToString($hash.Hash).Replace('-', '').ToLowerInvariant()
}
