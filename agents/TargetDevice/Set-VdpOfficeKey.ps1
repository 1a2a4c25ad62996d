function Set-VdpOfficeKey {
    <#
    .SYNOPSIS
    Installs a product key for Office in the service that licenses it.
    .DESCRIPTION
    In the service of Windows by InstallProductKey; where Office has osppsvc by its own ospp.vbs, which always exits with 0: what
    it printed is the fact, with the key blotted out.
    .PARAMETER Key
    The key. It is in no log, receipt or error.
    .PARAMETER Folder
    The folder of that Office, as Get-VdpOfficeInstall found it.
    .PARAMETER Service
    sppsvc or osppsvc.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Set-VdpOfficeKey -Key $key -Folder 'C:\Program Files\Microsoft Office\Office16' -Service sppsvc -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: before, after (products), cmid (null on the shared service), program (null on the shared service). Errors: refused
    (Office was rearmed), arguments (no such Office), licensing, native (a time-out), those of Invoke-VdpWrite.
    .NOTES
    kms.md 3.1, 3.2; 5.2: /inpkey:; 2.1: //nologo, //E:VBScript (X5); 5.3: windows that block, exit code 0.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Key,
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [ValidateSet('sppsvc', 'osppsvc')] [string] $Service,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    $products = { , (Get-VdpOfficeLicence -Services $Service).products }
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        Assert-VdpOfficeOpen
        Assert-VdpKeyForm -Key $Key
        $own = @(Get-VdpOfficeInstall -Os (Get-VdpOs) | Where-Object { $_.folder -eq $Folder -and $_.service -eq $Service })
        if ($own.Count -eq 0) {
            throw (New-VdpFailure -Kind arguments -Message "there is no Office in $Folder that is licensed by $Service")
        }
    } -Before $products -Act {
        if ($Service -eq 'sppsvc') {
            Install-VdpKey -Key $Key
            return @{ program = $null; cmid = $null }
        }
        $words = '//nologo', '//E:VBScript', "$Folder\OSPP.VBS", "/inpkey:$Key"
        $end = Invoke-VdpNative -Program "$env:SystemRoot\System32\cscript.exe" -Arguments $words -TimeoutSeconds 120
        if ($end.timedOut) { throw (New-VdpFailure -Kind native -Message 'cscript.exe did not end within 120 s and was killed') }
        $end.output = $end.output.Replace($Key, '*****')
        @{ program = $end; cmid = Get-VdpReading { Get-VdpOfficeCmid } }
    } -After $products
}
