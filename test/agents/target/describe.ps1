# Tells of every file in the given folders what PowerShell's own parser sees in it, as JSON.
param([string[]] $Folders)
$files = Get-ChildItem -Path $Folders -Filter *.ps1 | Where-Object { 'Bootstrap.ps1', 'Relay.ps1' -notcontains $_.Name }
function Test-InAct($Node) {
    for ($at = $Node; $null -ne $at; $at = $at.Parent) {
        if ($at -isnot [System.Management.Automation.Language.ScriptBlockExpressionAst]) { continue }
        $call = $at.Parent
        if ($call -isnot [System.Management.Automation.Language.CommandAst] -or $call.GetCommandName() -ne 'Invoke-VdpWrite') { continue }
        $before = $call.CommandElements[$call.CommandElements.IndexOf($at) - 1]
        if ($before.ParameterName -eq 'Act') { return $true }
    }
    return $false
}
$told = foreach ($file in $files) {
    $tokens = $null
    $errors = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref] $tokens, [ref] $errors)
    $function = $tree.EndBlock.Statements[0]
    $help = $function.GetHelpContent()
    @{
        file = $file.Name
        folder = $file.Directory.Name
        errors = @($errors | ForEach-Object { "$_" })
        statements = $tree.EndBlock.Statements.Count
        name = $function.Name
        lines = $function.Extent.EndLineNumber - $function.Extent.StartLineNumber
        helpLines = @($tokens | Where-Object { $_.Kind -eq 'Comment' -and $_.Text.StartsWith('<#') } |
            ForEach-Object { $_.Extent.EndLineNumber - $_.Extent.StartLineNumber + 1 })[0]
        help = @{
            synopsis = "$($help.Synopsis)".Trim()
            description = "$($help.Description)".Trim()
            parameters = @($help.Parameters.Keys | Where-Object { $_ } | ForEach-Object { $_.ToLowerInvariant() } | Sort-Object)
            examples = @($help.Examples | Where-Object { $_ }).Count
            outputs = "$($help.Outputs)".Trim()
        }
        parameters = @($function.Body.ParamBlock.Parameters | Where-Object { $_ } | ForEach-Object {
            $attributes = $_.Attributes
            @{
                name = $_.Name.VariablePath.UserPath
                type = $_.StaticType.ToString()
                aliases = @($attributes | Where-Object { $_.TypeName.Name -eq 'Alias' } | ForEach-Object { $_.PositionalArguments.Value })
                values = @($attributes | Where-Object { $_.TypeName.Name -eq 'ValidateSet' } | ForEach-Object { $_.PositionalArguments.Value })
                mandatory = @($attributes | Where-Object { $_.NamedArguments.ArgumentName -contains 'Mandatory' }).Count -gt 0
            }
        })
        commands = @($tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) |
            ForEach-Object { $_.GetCommandName() } | Where-Object { $_ } | Select-Object -Unique)
        outside = @($tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) |
            Where-Object { $_.GetCommandName() -and -not (Test-InAct $_) } | ForEach-Object { $_.GetCommandName() } | Select-Object -Unique)
        assigned = @($tree.FindAll({ $args[0] -is [System.Management.Automation.Language.AssignmentStatementAst] }, $true) |
            ForEach-Object { "$($_.Left)" } | Select-Object -Unique)
    }
}
[Console]::Out.Write((ConvertTo-Json -InputObject @($told) -Depth 6 -Compress))
