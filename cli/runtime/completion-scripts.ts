/** By shell, a script that completes the command by calling it; so the candidates are always those of the installed one. */
export const COMPLETION_SCRIPTS = {
  bash: `_vitrine() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = :files ]; then
      compopt -o filenames
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <("\${COMP_WORDS[0]}" completion candidates -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _vitrine vitrine
`,
  zsh: `#compdef vitrine
_vitrine() {
  local line files=0
  local -a candidates
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=1
    else
      candidates+=("\${line/$'\\t'/:}")
    fi
  done < <("\${words[1]}" completion candidates -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( files )); then
    _files
  else
    _describe vitrine candidates
  fi
}
compdef _vitrine vitrine
`,
  fish: `function __vitrine_candidates
  set -l tokens (commandline -opc)
  set -l current (commandline -ct)
  for line in ($tokens[1] completion candidates -- $tokens[2..] "$current" 2>/dev/null)
    if test "$line" = :files
      __fish_complete_path "$current"
    else
      echo $line
    end
  end
end
complete -c vitrine -f -k -a '(__vitrine_candidates)'
`,
} as const;
