function ConvertFrom-VdpPvsXml {
    <#
    .SYNOPSIS
    Reads the exception that a PVS task carries as XML.
    .DESCRIPTION
    The names of its elements are not documented; those of the exception itself are looked for, in any case and at any depth, as element or
    attribute. What cannot be read is told whole as details.
    .PARAMETER Xml
    PvsTask.MapiException.
    .EXAMPLE
    ConvertFrom-VdpPvsXml -Xml $task.MapiException
    .OUTPUTS
    Hashtable: returnCode (-1 when none is named), message, details.
    .NOTES
    Source: PvsTask; names of the exception: guide of the object snap-in (error handling). The form of the XML is unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [string] $Xml)

    $found = @{}
    try {
        $document = [xml] $Xml
        foreach ($node in $document.SelectNodes('//*[not(*)] | //@*')) {
            if ($node.LocalName -in 'returnCode', 'message', 'details' -and -not $found.ContainsKey($node.LocalName)) {
                $found[$node.LocalName] = $node.get_InnerText()
            }
        }
    } catch {
        Write-Verbose 'the exception of the task is no XML'
    }
    $code = -1
    if ("$($found['returnCode'])" -match '^\d{1,6}$') { $code = [int] $found['returnCode'] }
    $details = "$($found['details'])"
    if ($found.Count -eq 0) { $details = $Xml }
    return @{ returnCode = $code; message = "$($found['message'])"; details = $details }
}
