# Reads PowerShell texts (a file with a JSON list of them) with PowerShell's own parser and writes as JSON what it sees in each: its errors,
# the constructs that the rules look at with their places, and its functions with parameters and help.
param([string] $From)

$kinds = @{
    CommandAst = 'command'; FunctionDefinitionAst = 'function'; AssignmentStatementAst = 'assignment'; HashtableAst = 'table'
    ScriptBlockExpressionAst = 'block'; TryStatementAst = 'try'; CatchClauseAst = 'catch'; IfStatementAst = 'if'; ForEachStatementAst = 'foreach'
    VariableExpressionAst = 'variable'; InvokeMemberExpressionAst = 'invoke'; MemberExpressionAst = 'member'; TypeExpressionAst = 'type'
    TypeConstraintAst = 'type'; ThrowStatementAst = 'throw'; ReturnStatementAst = 'return'; CommandParameterAst = 'parameter'
    BinaryExpressionAst = 'binary'; IndexExpressionAst = 'index'; ArrayExpressionAst = 'list'; SubExpressionAst = 'sub'
    ParenExpressionAst = 'paren'; SwitchStatementAst = 'switch'; TernaryExpressionAst = 'ternary'; PipelineChainAst = 'chain'
    AttributeAst = 'attribute'
}

# Compiled, because there are tens of thousands of nodes.
Add-Type -TypeDefinition @'
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation.Language;
public static class Seen
{
    public static string[] Of(Ast tree, Hashtable kinds)
    {
        var seen = new List<string>();
        foreach (Ast one in tree.FindAll(each => kinds.ContainsKey(each.GetType().Name), true))
        {
            var parameter = one as CommandParameterAst;
            int from = one.Extent.StartOffset;
            int to = parameter == null ? one.Extent.EndOffset : from + 1 + parameter.ParameterName.Length;
            seen.Add(kinds[one.GetType().Name] + " " + from + " " + to);
        }
        return seen.ToArray();
    }

    public static IEnumerable<Ast> Functions(Ast tree)
    {
        return tree.FindAll(each => each is FunctionDefinitionAst, true);
    }
}
'@

function Get-Named($Attributes, [string] $Name) {
    @($Attributes | Where-Object { $_ -is [Management.Automation.Language.AttributeAst] -and $_.TypeName.Name -eq $Name })
}

function Get-Told($Function) {
    $help = $Function.GetHelpContent()
    $block = $Function.Body.ParamBlock
    $parameters = if ($block) { $block.Parameters } else { $Function.Parameters }
    @{
        name = $Function.Name
        help = if ($null -eq $help) { $null } else {
            @{
                synopsis = "$($help.Synopsis)"
                description = "$($help.Description)"
                outputs = "$($help.Outputs -join ' ')"
                notes = "$($help.Notes)"
                examples = @($help.Examples | Where-Object { $_ })
                parameters = @($help.Parameters.Keys | Where-Object { $_ } | Sort-Object)
            }
        }
        binding = @(if ($block) { Get-Named $block.Attributes CmdletBinding }).Count -gt 0
        parameters = @(foreach ($one in @($parameters | Where-Object { $_ })) {
            $typed = @($one.Attributes | Where-Object { $_ -is [Management.Automation.Language.TypeConstraintAst] })
            @{
                name = $one.Name.VariablePath.UserPath
                type = if ($typed.Count) { $typed[0].TypeName.FullName } else { '' }
                mandatory = @(foreach ($attribute in Get-Named $one.Attributes Parameter) {
                    $named = @($attribute.NamedArguments)
                    if ($named.ArgumentName -contains 'Mandatory') {
                        "$(($named | Where-Object { $_.ArgumentName -eq 'ParameterSetName' }).Argument.Value)"
                    }
                })
                values = @(Get-Named $one.Attributes ValidateSet | ForEach-Object { $_.PositionalArguments.Value })
                aliases = @(Get-Named $one.Attributes Alias | ForEach-Object { $_.PositionalArguments.Value })
            }
        })
    }
}

$read = foreach ($text in @(ConvertFrom-Json ([IO.File]::ReadAllText($From)))) {
    $errors = $null
    $tokens = $null
    $tree = [Management.Automation.Language.Parser]::ParseInput($text, [ref] $tokens, [ref] $errors)
    @{
        errors = @($errors | ForEach-Object { "line $($_.Extent.StartLineNumber): $($_.Message)" })
        seen = [Seen]::Of($tree, $kinds)
        functions = @(foreach ($one in [Seen]::Functions($tree)) { Get-Told $one })
    }
}
$whole = @{ version = "$($PSVersionTable.PSVersion)"; verbs = @((Get-Verb).Verb); aliases = @((Get-Alias).Name); read = @($read) }
[Console]::Out.Write((ConvertTo-Json -InputObject $whole -Depth 8 -Compress))
