/** What each shell needs to ask the program for candidates: lines of a word, a tab and what it is; `:files` where names of files may stand.
 *  The word under the cursor travels as `--word=`, since Windows PowerShell drops empty arguments. */
export const COMPLETION_SCRIPTS = {
  bash: `# vdiskprep completion bash > ~/.local/share/bash-completion/completions/vdiskprep
_vdiskprep() {
  local word about current="\${COMP_WORDS[COMP_CWORD]}"
  [ "$current" = = ] && current=
  COMPREPLY=()
  while IFS=$'\\t' read -r word about; do
    if [ "$word" = :files ]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
      return
    fi
    COMPREPLY+=("$word")
  done < <("$1" complete "--word=$current" "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
}
complete -F _vdiskprep vdiskprep
`,
  zsh: `#compdef vdiskprep
# vdiskprep completion zsh > "\${fpath[1]}/_vdiskprep"
_vdiskprep() {
  local line
  local -a found
  while IFS= read -r line; do
    if [[ $line == :files ]]; then _files; return; fi
    found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <("\${words[1]}" complete "--word=\${words[CURRENT]}" "\${(@)words[2,CURRENT-1]}" 2>/dev/null)
  (( $#found )) && _describe vdiskprep found
}
if [[ $funcstack[1] == _vdiskprep ]]; then _vdiskprep "$@"; else compdef _vdiskprep vdiskprep; fi
`,
  fish: `# vdiskprep completion fish > ~/.config/fish/completions/vdiskprep.fish
function __vdiskprep_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l found ($words[1] complete "--word=$current" $words[2..-1] 2>/dev/null)
  if test "$found[1]" = ":files"
    __fish_complete_path $current
  else if test (count $found) -gt 0
    printf '%s\\n' $found
  end
end
complete -c vdiskprep -f -a '(__vdiskprep_complete)'
`,
  powershell: `# vdiskprep completion powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName vdiskprep -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $elements = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })
  $before = @($elements | Select-Object -Skip 1)
  foreach ($line in & $elements[0] complete "--word=$wordToComplete" @before 2>$null) {
    if ($line -eq ':files') { return }
    $word, $about = $line -split "\\t", 2
    if (-not $about) { $about = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
  }
}
`,
} as const
