# Asks the lab. One line of JSON each way over a socket on loopback; $env:VDISKPREP_LAB_SURFACE is its port and the token of this session.
# A failure is thrown with LabKind, LabCode and LabDetails in the exception's Data. The lab writes a moment as an ISO text, which
# ConvertFrom-Json makes a [datetime]; any other text that looks like one comes as { "$text": ... }.
function global:Connect-LabSurface {
    $port, $token = $env:VDISKPREP_LAB_SURFACE -split ' '
    $env:VDISKPREP_LAB_SURFACE = $null
    $client = [System.Net.Sockets.TcpClient]::new('127.0.0.1', [int] $port)
    $client.NoDelay = $true
    $stream = $client.GetStream()
    $utf8 = [System.Text.UTF8Encoding]::new($false)
    $global:LabSurface = @{
        Reader = [System.IO.StreamReader]::new($stream, $utf8)
        Writer = [System.IO.StreamWriter]::new($stream, $utf8)
    }
    $global:LabSurface.Writer.NewLine = "`n"
    $global:LabSurface.Writer.AutoFlush = $true
    $global:LabSurface.Writer.WriteLine($token)
}
function global:ConvertFrom-LabText($Value) {
    if ($Value -is [array]) {
        for ($n = 0; $n -lt $Value.Count; $n++) { $Value[$n] = ConvertFrom-LabText $Value[$n] }
    } elseif ($Value -is [System.Management.Automation.PSCustomObject]) {
        $text = $Value.PSObject.Properties['$text']
        if ($null -ne $text) { return $text.Value.Substring(1) }
        foreach ($one in $Value.PSObject.Properties) { $one.Value = ConvertFrom-LabText $one.Value }
    }
    return , $Value
}
function global:Invoke-LabSurface {
    param([string] $Call, [System.Collections.IDictionary] $With = @{})
    $question = ConvertTo-Json -InputObject @{ call = $Call; args = $With } -Depth 8 -Compress
    $global:LabSurface.Writer.WriteLine($question)
    $line = $global:LabSurface.Reader.ReadLine()
    if ($null -eq $line) { exit 1 }
    $answer = ConvertFrom-Json -InputObject $line
    if ($line.Contains('"$text"')) { $answer = ConvertFrom-LabText $answer }
    if ($answer.ok) { return , $answer.value }
    $failure = [System.InvalidOperationException]::new($answer.error.message)
    $failure.Data['LabKind'] = $answer.error.kind
    $failure.Data['LabCode'] = $answer.error.code
    $failure.Data['LabDetails'] = $answer.error.details
    throw $failure
}
