function Get-VdpTokenStore {
    <#
    .SYNOPSIS
    Every place the licence store can be, with what lies there.
    .DESCRIPTION
    The part tokens: the file and the renamed copies that this program made.
    .EXAMPLE
    (Get-VdpTokenStore).stores | Where-Object { $_.file }
    .OUTPUTS
    Hashtable: stores (folder, file or null, backups); a file has path, bytes, sha256, modified.
    .NOTES
    kms.md 6.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $stores = @(foreach ($folder in Get-VdpTokenFolder) {
        $copies = @(Get-VdpChildPath -Folder $folder -Filter 'tokens.dat.*.bar')
        @{
            folder = $folder
            file = Get-VdpFile -Path "$folder\tokens.dat"
            backups = @($copies | ForEach-Object { Get-VdpFile -Path $_ })
        }
    })
    return @{ stores = $stores }
}
