function Get-VdpTargetState {
    <#
    .SYNOPSIS
    What a target device tells of itself without being changed.
    .DESCRIPTION
    Only the parts that are asked for are read, each by its own function (Get-VdpOs, Get-VdpBoot, Get-VdpIdentity,
    Get-VdpLicenceService, Get-VdpWindowsLicense, Get-VdpOffice, Get-VdpTokenStore, Get-VdpPvsAttachment, Get-VdpUpdates,
    Get-VdpSecurity). Facts, never verdicts; what cannot be read says why. The receipts and the hands-off marker of Office come
    with every answer.
    .PARAMETER Parts
    The parts: os, boot, identity, service, windowsLicense, office, tokens, pvs, updates, security.
    .EXAMPLE
    Get-VdpTargetState -Parts os, boot
    .OUTPUTS
    Hashtable: at (this machine's clock), act, officeRearmed, and one entry for each part. Error: refused, when office is asked
    for after Office was rearmed in this boot.
    .NOTES
    The shape is targetState in src/wire/operations/target-state.ts. Hands off Office: kms.md 5.4 (O2).
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)]
        [ValidateSet('os', 'boot', 'identity', 'service', 'windowsLicense', 'office', 'tokens', 'pvs', 'updates', 'security')]
        [string[]] $Parts
    )

    $state = @{
        at = ConvertTo-VdpTime -Value (Get-Date)
        act = Get-VdpActReport
        officeRearmed = $null -ne (Get-VdpOfficeMarker)
    }
    foreach ($part in $Parts) {
        switch ($part) {
            'os' { $state.os = Get-VdpOs }
            'boot' { $state.boot = Get-VdpBoot }
            'identity' { $state.identity = Get-VdpIdentity }
            'service' { $state.service = Get-VdpLicenceService }
            'windowsLicense' { $state.windowsLicense = Get-VdpWindowsLicense }
            'office' { $state.office = Get-VdpOffice }
            'tokens' { $state.tokens = Get-VdpTokenStore }
            'pvs' { $state.pvs = Get-VdpPvsAttachment }
            'updates' { $state.updates = Get-VdpUpdates }
            'security' { $state.security = Get-VdpSecurity }
        }
    }
    return $state
}
