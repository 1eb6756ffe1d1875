"""``sshkeep completion``."""

from typing import Annotated, Literal

from sshkeep.cli.declarations import CommandArgument
from sshkeep.cli.exit_codes import Exit
from sshkeep.cli.output import OutputWriter

Shell = Literal["bash", "zsh", "fish"]

SCRIPTS: dict[Shell, str] = {
    "bash": """\
_sshkeep() {
    local line word action current=$2
    [[ $current == '=' ]] && current=
    COMPREPLY=()
    while IFS= read -r line; do
        word=${line%%$'\\t'*}
        if [[ -n $word ]]; then
            COMPREPLY+=("$word")
            continue
        fi
        action=-f
        [[ ${line#*$'\\t'} == folders ]] && action=-d
        compopt -o filenames
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen "$action" -- "$current")
    done < <("$1" --complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _sshkeep sshkeep
""",
    "zsh": """\
#compdef sshkeep
_sshkeep() {
    local line word names
    local -a found
    for line in ${(f)"$("$words[1]" --complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)"}; do
        word=${line%%$'\\t'*}
        if [[ -n $word ]]; then
            found+=("${word//:/\\\\:}:${line#*$'\\t'}")
        else
            names=${line#*$'\\t'}
        fi
    done
    (( $#found )) && _describe -t sshkeep sshkeep found
    case $names in
    files) _files ;;
    folders) _files -/ ;;
    esac
}
compdef _sshkeep sshkeep
""",
    "fish": """\
function __sshkeep_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    for line in ($program --complete fish $words (commandline -ct) 2>/dev/null)
        switch $line
            case \\tfiles
                __fish_complete_path (commandline -ct)
            case \\tfolders
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c sshkeep -f -a '(__sshkeep_complete)'
""",
}
"""What a shell reads once; it then calls ``sshkeep --complete SHELL WORD...`` at each Tab."""


def completion(
    shell: Annotated[Shell, CommandArgument(metavar="SHELL", help="bash, zsh or fish.")],
) -> Exit:
    """Print a completion script for a shell. It completes commands, rules, keywords, targets and paths."""
    with OutputWriter(None) as writer:
        writer.lines([SCRIPTS[shell].rstrip("\n")])
    return Exit.FINE
