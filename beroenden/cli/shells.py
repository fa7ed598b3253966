"""How the shells ask for completions and are answered, where click's own way falls short."""

import os
from typing import TYPE_CHECKING

from click.shell_completion import BashComplete, FishComplete, ShellComplete, add_completion_class, split_arg_string

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# bash divides words at ":" and "=" and replaces only what stands after them, where the word has no quotation marks
_BASH = r"""%(complete_func)s() {
    local IFS=$'\n' line type value
    COMPREPLY=()
    for line in $(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_PIECE="${COMP_WORDS[COMP_CWORD]}" \
        COMP_WORDBREAKS="$COMP_WORDBREAKS" %(complete_var)s=bash_complete "$1"); do
        IFS=',' read -r type value <<< "$line"
        if [[ $type == 'dir' ]]; then
            COMPREPLY=()
            compopt -o dirnames
        elif [[ $type == 'file' ]]; then
            COMPREPLY=()
            compopt -o default
        elif [[ $type == 'plain' ]]; then
            COMPREPLY+=("$value")
            [[ $value == *[.=] ]] && compopt -o nospace
        fi
    done
    return 0
}
%(complete_func)s_setup() {
    complete -o nosort -F %(complete_func)s %(prog_name)s
}
%(complete_func)s_setup;
"""

# A completer that answers nothing makes PowerShell complete file names by itself, with its own quotation marks. A locked-down
# computer (ConstrainedLanguage) allows neither a CompletionResult nor a change of encoding: then the ids come without names.
_POWERSHELL = r"""Register-ArgumentCompleter -Native -CommandName %(prog_name)s, %(prog_name)s.exe -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    Set-StrictMode -Off
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
        if ($_.Value -is [string]) { $_.Value } else { $_.Extent.Text }
    })
    $program = if ($words) { $words[0] } else { '%(prog_name)s' }
    $before = $env:COMP_WORDS, $env:COMP_CWORD
    $encoding = [Console]::OutputEncoding
    try {
        try { [Console]::OutputEncoding = [System.Text.Encoding]::UTF8 } catch { }
        $env:%(complete_var)s = 'powershell_complete'
        $env:COMP_WORDS = $words -join "`n"
        $env:COMP_CWORD = $wordToComplete
        $lines = @(& $program 2>$null)
    } finally {
        $env:%(complete_var)s = $null
        $env:COMP_WORDS, $env:COMP_CWORD = $before
        try { [Console]::OutputEncoding = $encoding } catch { }
    }
    foreach ($line in $lines) {
        $value, $told = $line -split "`t", 2
        if ($value) {
            try {
                [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $told)
            } catch { $value }
        }
    }
}
"""


class PowerShellComplete(ShellComplete):
    """PowerShell 5.1, which Windows has, and 7.

    click's own, where it has one, takes the backslashes out of paths, and reads names in the console's code page.
    """

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is begun, as PowerShell has divided them, and that one."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        return words[1:], os.environ.get("COMP_CWORD", "").lstrip("'\"")

    def format_completion(self, item: "CompletionItem[str]") -> str:
        """A value and what it is; nothing for files, which PowerShell completes itself."""
        if item.type != "plain":
            return ""
        return f"{item.value}\t{' '.join((item.help or item.value).split())}"


class WholeBashComplete(BashComplete):
    """bash; click's script takes TLP:AMBER and 2026-12-16T08:00 for three words each."""

    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor as they are written, and the one that is begun."""
        *words, last = split_arg_string(os.environ.get("COMP_LINE", "") + "_")
        return words[1:], last[:-1]

    def format_completion(self, item: "CompletionItem[str]") -> str:
        """A value as far as bash replaces it."""
        piece = os.environ.get("COMP_PIECE", "")
        _, begun = self.get_completion_args()
        kept = 0
        if not piece.startswith(("'", '"')):
            breaks = [one for one in ":=" if one in os.environ.get("COMP_WORDBREAKS", "")]
            kept = max((begun.rfind(one) + 1 for one in breaks), default=0)
        return f"{item.type},{item.value.removeprefix(begun[:kept])}"


class WholeFishComplete(FishComplete):
    """fish; click's script cuts a list and a name at its first comma."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


def register() -> None:
    """Make them known to click."""
    for made in (WholeBashComplete, PowerShellComplete, WholeFishComplete):
        add_completion_class(made)
