# Reads PowerShell files with PowerShell's own parser and writes what they hold as JSON: test/agents/parsed.ts says in which shape.
param([string[]] $Folder)

$verbs = @{}
Get-Verb | ForEach-Object { $verbs[$_.Verb] = $true }

# The names that a splatted variable brings: the keys of the hashtables it is made of in this file, and those set one by one.
function Get-SplatName($Ast, [string] $Variable) {
    $assigned = $Ast.FindAll({ $args[0] -is [Management.Automation.Language.AssignmentStatementAst] }, $true)
    foreach ($one in $assigned) {
        if ("$($one.Left)" -eq "`$$Variable") {
            foreach ($table in $one.Right.FindAll({ $args[0] -is [Management.Automation.Language.HashtableAst] }, $true)) {
                foreach ($pair in $table.KeyValuePairs) { "$($pair.Item1)" }
            }
        }
        if ("$($one.Left)" -like "`$$Variable.*") { "$($one.Left)".Substring($Variable.Length + 2) }
    }
}

function Get-Command_($Ast, $Whole) {
    $elements = @($Ast.CommandElements)
    $parameters = @(foreach ($element in $elements) {
        if ($element -is [Management.Automation.Language.CommandParameterAst]) { $element.ParameterName }
        if ($element -is [Management.Automation.Language.VariableExpressionAst] -and $element.Splatted) {
            Get-SplatName $Whole $element.VariablePath.UserPath
        }
    })
    # The blocks given to other commands in which this call stands: Invoke-VdpWrite -Act { ... } gives "Invoke-VdpWrite Act".
    $within = @()
    for ($up = $Ast.Parent; $null -ne $up; $up = $up.Parent) {
        if ($up -isnot [Management.Automation.Language.ScriptBlockExpressionAst] -or
            $up.Parent -isnot [Management.Automation.Language.CommandAst]) { continue }
        $siblings = @($up.Parent.CommandElements)
        $before = $siblings[$siblings.IndexOf($up) - 1]
        $named = ''
        if ($before -is [Management.Automation.Language.CommandParameterAst]) { $named = " $($before.ParameterName)" }
        $within += "$($up.Parent.GetCommandName())$named"
    }
    @{ name = "$($Ast.GetCommandName())"; parameters = $parameters; within = $within; line = $Ast.Extent.StartLineNumber }
}

function Get-Function_($Ast) {
    $help = $Ast.GetHelpContent()
    $block = $Ast.Body.ParamBlock
    $end = $Ast.Extent.EndLineNumber
    $from = if ($block) { $block.Extent.StartLineNumber } else { $Ast.Extent.StartLineNumber }
    @{
        name = $Ast.Name
        approved = $verbs.ContainsKey(($Ast.Name -split '-')[0])
        lines = $end - $from + 1
        help = if ($null -eq $help) { $null } else {
            @{
                synopsis = "$($help.Synopsis)".Trim()
                description = "$($help.Description)".Trim()
                examples = @($help.Examples).Count
                outputs = "$($help.Outputs -join ' ')".Trim()
                notes = "$($help.Notes)".Trim()
                parameters = @($help.Parameters.Keys)
            }
        }
        parameters = @(if ($block) {
            foreach ($one in $block.Parameters) {
                $names = @($one.Attributes | ForEach-Object { $_.TypeName.Name })
                $mandatory = @($one.Attributes | Where-Object { $_.TypeName.Name -eq 'Parameter' } |
                    ForEach-Object { $_.NamedArguments } | Where-Object { $_.ArgumentName -eq 'Mandatory' }).Count -gt 0
                @{
                    name = $one.Name.VariablePath.UserPath
                    type = "$($one.StaticType)"
                    mandatory = $mandatory
                    nullable = 'AllowNull' -in $names
                }
            }
        })
    }
}

# Variables that a block given to a command reads from outside itself: such a block runs below that command and sees the command's own first.
function Get-Captured($Ast) {
    foreach ($block in $Ast.FindAll({ $args[0] -is [Management.Automation.Language.ScriptBlockExpressionAst] }, $true)) {
        if ($block.Parent -isnot [Management.Automation.Language.CommandAst]) { continue }
        $variables = @($block.FindAll({ $args[0] -is [Management.Automation.Language.VariableExpressionAst] }, $true) |
            Where-Object { $_.VariablePath.IsUnscopedVariable })
        $set = @($block.FindAll({ $args[0] -is [Management.Automation.Language.AssignmentStatementAst] }, $true) | ForEach-Object { "$($_.Left)" })
        foreach ($name in @($variables | ForEach-Object { $_.VariablePath.UserPath } | Sort-Object -Unique)) {
            if ("`$$name" -notin $set) { @{ by = "$($block.Parent.GetCommandName())"; name = $name; line = $block.Extent.StartLineNumber } }
        }
    }
}

$files = foreach ($path in Get-ChildItem -Path $Folder -Filter *.ps1 | Sort-Object FullName) {
    $errors = $null
    $tokens = $null
    $ast = [Management.Automation.Language.Parser]::ParseFile($path.FullName, [ref] $tokens, [ref] $errors)
    $written = @($ast.FindAll({ $args[0] -is [Management.Automation.Language.AssignmentStatementAst] }, $true) | ForEach-Object { $_.Left })
    @{
        file = "$($path.Directory.Name)/$($path.Name)"
        errors = @($errors | ForEach-Object { "line $($_.Extent.StartLineNumber): $($_.Message)" })
        # Syntax that Windows PowerShell 5.1 does not have.
        newer = @($ast.FindAll({
            $args[0].GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst' -or
            ($args[0] -is [Management.Automation.Language.BinaryExpressionAst] -and "$($args[0].Operator)" -like 'QuestionQuestion*') -or
            ($args[0] -is [Management.Automation.Language.AssignmentStatementAst] -and "$($args[0].Operator)" -like 'QuestionQuestion*') -or
            ($args[0] -is [Management.Automation.Language.MemberExpressionAst] -and $args[0].NullConditional)
        }, $true) | ForEach-Object { "line $($_.Extent.StartLineNumber): $_" })
        functions = @($ast.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true) |
            ForEach-Object { Get-Function_ $_ })
        commands = @($ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) |
            ForEach-Object { Get-Command_ $_ $ast })
        captured = @(Get-Captured $ast)
        members = @($ast.FindAll({
            $args[0] -is [Management.Automation.Language.MemberExpressionAst] -and
            $args[0] -isnot [Management.Automation.Language.InvokeMemberExpressionAst] -and -not $args[0].Static
        }, $true) | ForEach-Object {
            @{ on = "$($_.Expression)"; name = "$($_.Member)"; written = $_ -in $written; line = $_.Extent.StartLineNumber }
        })
    }
}
[Console]::Out.Write((ConvertTo-Json -InputObject @($files) -Depth 8 -Compress))
