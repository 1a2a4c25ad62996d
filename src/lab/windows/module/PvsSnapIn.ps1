# Stands in for Citrix.PVS.SnapIn.dll: the cmdlets, parameters, types and properties of snap-in.json under their own names, answered by the
# lab. An agent finds and loads it as it would there: the registry names the console's folder, the assembly lies in it, Import-Module loads it.
class EAException : System.Exception {
    [int] $returnCode
    [string] $Details
    [object] $partialReturn
    [string] $Severity = 'Error'
    EAException([int] $Code, [string] $Message, [string] $Details) : base($Message) {
        $this.returnCode = $Code
        $this.Details = $Details
    }
}
class PvsException : System.Exception {
    PvsException([System.Exception] $Inner) : base($Inner.Message, $Inner) {}
}

$global:LabSnapInTable = "$PSScriptRoot/snap-in.json"

# What an object was when it was fetched: a Set cmdlet sends what has changed since, and nothing else.
$global:LabPvsFetched = [System.Runtime.CompilerServices.ConditionalWeakTable[object, object]]::new()

# What the classes of the table need.
$global:LabPvsBase = @'
class PvsPhysicalAddress {
    [string] $Address
    PvsPhysicalAddress([string] $Address) { $this.Address = $Address }
    [string] ToString() { return $this.Address }
}
class PvsObject {}
'@

# "Guid/DiskLocatorId:guid[]" and "Enabled:bool=true" as tables.
function global:Read-LabShape([string] $Words) {
    foreach ($word in $Words -split ' ' -ne '') {
        $null = $word -match '^(\w+)((?:/\w+)*):([\w.]+(?:\[\])?)(?:=(.*))?$'
        @{ Name = $Matches[1]; Aliases = @($Matches[2] -split '/' -ne ''); Type = $Matches[3]; Default = $Matches[4] }
    }
}
function global:ConvertTo-LabPvsClass([string] $Name, $Object) {
    $lines = foreach ($one in Read-LabShape "$($Object.read) $($Object.write)") {
        if ($null -eq $one.Default) { "[$($one.Type)] `$$($one.Name)"; continue }
        $value = if ($one.Type -eq 'bool') { "`$$($one.Default)" } else { "'$($one.Default)'" }
        "[$($one.Type)] `$$($one.Name) = $value"
    }
    (@("class $Name : PvsObject {") + $lines + '}') -join "`n"
}
function global:ConvertTo-LabPvsFunction([string] $Name, $Cmdlet) {
    $declared = foreach ($one in Read-LabShape $Cmdlet.parameters) {
        $alias = if ($one.Aliases) { "[Alias('$($one.Aliases -join "','")')] " }
        "$alias[$($one.Type)] `$$($one.Name)"
    }
    "function global:$Name { [CmdletBinding()] param($($declared -join ', ')) Invoke-LabCmdlet `$PSCmdlet `$PSBoundParameters }"
}
function global:Import-LabSnapIn {
    $table = ConvertFrom-Json -AsHashtable ([System.IO.File]::ReadAllText($global:LabSnapInTable))
    $global:LabPvs = $table
    $classes = foreach ($name in $table.objects.Keys) { ConvertTo-LabPvsClass $name $table.objects[$name] }
    $functions = foreach ($name in $table.cmdlets.Keys) { ConvertTo-LabPvsFunction $name $table.cmdlets[$name] }
    $types = '@{ ' + (@(foreach ($name in $table.objects.Keys) { "$name = [$name]" }) -join '; ') + ' }'
    $global:LabPvsTypes = . ([scriptblock]::Create((@($global:LabPvsBase) + $classes + $functions + $types) -join "`n"))
    foreach ($name in $table.objects.Keys) {
        foreach ($one in Read-LabShape "$($table.objects[$name].read) $($table.objects[$name].write)") {
            foreach ($alias in $one.Aliases) {
                Update-TypeData -TypeName $name -MemberType AliasProperty -MemberName $alias -Value $one.Name -Force
            }
        }
    }
}

# One cmdlet: what must be named is named (which error PVS has for a missing one is unproven), the lab is asked, its rows become objects of the
# documented type. Properties that the lab does not know have the default that the guide gives.
function global:Invoke-LabCmdlet($Caller, $Bound) {
    $name = $Caller.MyInvocation.MyCommand.Name
    $cmdlet = $global:LabPvs.cmdlets[$name]
    $with = @{}
    foreach ($key in $Bound.Keys) {
        $value = $Bound[$key]
        if ($null -ne $value -and $global:LabPvsTypes[$value.GetType().Name]) { $with += Get-LabPvsChange $Caller $value }
        elseif ($value -is [switch]) { $with[$key] = [bool] $value }
        elseif ($value -is [datetime]) { $with[$key] = $value.ToUniversalTime().ToString('o') }
        elseif ($key -ne 'ErrorAction') { $with[$key] = if ($value -is [array]) { , @($value | ForEach-Object { "$_" }) } else { $value } }
    }
    foreach ($need in "$($cmdlet['needs'])" -split ' ' -ne '') {
        $given = @($need -split '\|' | Where-Object { $Bound.ContainsKey($_) })
        if ($given.Count -eq 0) { Stop-LabCmdlet $Caller 10 "The required [$need] parameter is missing." '' }
    }
    try {
        $rows = Invoke-LabSurface -Call "pvs.$name" -With $with
    } catch {
        $told = $_.Exception.Data
        if ($told['LabKind'] -eq 'pvs') { Stop-LabCmdlet $Caller ([int] $told['LabCode']) $_.Exception.Message "$($told['LabDetails'])" }
        if ($told['LabKind'] -eq 'service') { Stop-LabCmdlet $Caller -1 $_.Exception.Message '' }
        throw
    }
    foreach ($row in @($rows)) {
        if ($row -is [System.Management.Automation.PSCustomObject]) { New-LabPvsObject $cmdlet['returns'] $row } elseif ($null -ne $row) { $row -as $cmdlet['returns'] }
    }
}
function global:New-LabPvsObject([string] $Type, $Row) {
    $made = $global:LabPvsTypes[$Type]::new()
    foreach ($one in $Row.PSObject.Properties) { $made.($one.Name) = $one.Value }
    $global:LabPvsFetched.Add($made, $Row)
    return $made
}
# The identity of the object and what was changed on it; a read-only property that differs is refused by name.
function global:Get-LabPvsChange($Caller, $Thing) {
    $before = $null
    $null = $global:LabPvsFetched.TryGetValue($Thing, [ref] $before)
    if ($null -eq $before) { throw 'the lab does not model an object that was not fetched' }
    $shape = $global:LabPvs.objects[$Thing.GetType().Name]
    $same = New-LabPvsObject ($Thing.GetType().Name) $before
    $change = @{ Guid = "$($Thing.Guid)" }
    foreach ($one in Read-LabShape $shape.write) {
        if ("$($Thing.($one.Name))" -cne "$($same.($one.Name))") { $change[$one.Name] = $Thing.($one.Name) }
    }
    foreach ($one in Read-LabShape $shape.read) {
        if ("$($Thing.($one.Name))" -ceq "$($same.($one.Name))") { continue }
        Stop-LabCmdlet $Caller 7 "Unable to change the [$($one.Name)] field because it is read-only." ''
    }
    return $change
}
# Fails as a cmdlet of the snap-in does: PvsException around an EAException; around something else where PVS was not reached at all.
function global:Stop-LabCmdlet($Caller, [int] $Code, [string] $Message, [string] $Details) {
    $symbol = 'WebException'
    $inner = [System.Net.WebException]::new($Message)
    if ($Code -ge 0) {
        $symbol = @($global:LabPvs.errors.Keys | Where-Object { $global:LabPvs.errors[$_] -eq $Code }) + "Error$Code" | Select-Object -First 1
        $inner = [EAException]::new($Code, $Message, $Details)
    }
    $id = "Citrix.PVS.SnapIn.$symbol,Citrix.PVS.SnapIn.$($Caller.MyInvocation.MyCommand.Name -replace '-')"
    $record = [System.Management.Automation.ErrorRecord]::new([PvsException]::new($inner), $id, 'NotSpecified', $null)
    $Caller.ThrowTerminatingError($record)
}

function global:Import-Module {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [string[]] $Name)
    if ("$Name" -like '*\Citrix.PVS.SnapIn.dll') { Import-LabSnapIn } else { Microsoft.PowerShell.Core\Import-Module @PSBoundParameters -Global }
}
