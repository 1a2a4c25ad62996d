function Get-VdpFile {
    <#
    .SYNOPSIS
    Surface: one file with its size, time and hash.
    .DESCRIPTION
    Opened so that whoever has it open is not disturbed.
    .PARAMETER Path
    Full path.
    .PARAMETER NoHash
    Leaves the hash out, and the file unopened: for files too large to read.
    .EXAMPLE
    (Get-VdpFile -Path "$env:SystemRoot\System32\spp\store\2.0\tokens.dat").sha256
    .OUTPUTS
    Hashtable: path, bytes, sha256 (lower case, null with -NoHash), modified; null when there is no such file.
    .NOTES
    Whether the licensing service lets its open file be read is unproven; when it does not, this is an error.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [string] $Path, [switch] $NoHash)

    if (-not (Test-VdpPath -Path $Path)) { return $null }
    $item = Get-Item -LiteralPath $Path -Force -ErrorAction Stop
    $modified = ConvertTo-VdpTime -Value $item.LastWriteTimeUtc
    if ($NoHash) { return @{ path = $Path; bytes = [long] $item.Length; sha256 = $null; modified = $modified } }
    $share = [System.IO.FileShare]::ReadWrite -bor [System.IO.FileShare]::Delete
    $stream = New-Object System.IO.FileStream($Path, [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, $share)
    try {
        $hash = [BitConverter]::ToString((New-Object System.Security.Cryptography.SHA256CryptoServiceProvider).ComputeHash($stream))
    } finally {
        $stream.Dispose()
    }
    return @{
        path = $Path
        bytes = [long] $item.Length
        sha256 = $hash.Replace('-', '').ToLowerInvariant()
        modified = $modified
    }
}
