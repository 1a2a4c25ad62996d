function Assert-VdpKeyForm {
    <#
    .SYNOPSIS
    Refuses what does not look like a product key.
    .DESCRIPTION
    A validation attribute would print the value; this does not.
    .PARAMETER Key
    The key.
    .EXAMPLE
    Assert-VdpKeyForm -Key $key
    .OUTPUTS
    Nothing. Error: arguments.
    .NOTES
    kms.md 1.2.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Key)

    if ($Key -cnotmatch '^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$') {
        throw (New-VdpFailure -Kind arguments -Message 'this is not the form of a product key: five groups of five')
    }
}
