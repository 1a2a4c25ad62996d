# Takes the place of Receive-VdpAgents in the bootstrap of installed agents. They come from the file beside it and from nowhere else, and are
# loaded as a file, so that Windows judges it: who signs or allows these files allows what stands in them and no more. What is received here
# is never run as code. The hash is over the text as it was exported, without the block of comments that a signature adds at the end.
function Receive-VdpAgents($Message) {
    $Vdp.Hello = $Message
    $file = Join-Path $VdpHome 'Agents.ps1'
    try {
        if (-not (Test-Path -LiteralPath $file)) { Deny-VdpHello missing "there is no $file" }
        $text = [IO.File]::ReadAllText($file, [Text.Encoding]::UTF8)
        $text = $text -replace '\r?\n# SIG # Begin signature block(\r?\n#[^\r\n]*)*\s*$'
        $hash = Get-VdpHash ([Text.Encoding]::UTF8.GetBytes($text))
        if ($hash -ne $Message.bundle.sha256) { Deny-VdpHello refused "$file holds other agents" -Id $hash }
        $Vdp.Agents = New-Module -ArgumentList $file { . $args[0] }
        Start-VdpSession -Hello $Message
    } catch { Deny-VdpHello internal "$_" -Id $_.FullyQualifiedErrorId }
}
