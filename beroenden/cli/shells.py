"""How the shells ask for completions and are answered, where click's own way falls short."""

import os
from typing import TYPE_CHECKING

from click.shell_completion import FishComplete, ShellComplete, add_completion_class

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

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


class WholeFishComplete(FishComplete):
    """fish; click's script cuts a list and a name at its first comma."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


def register() -> None:
    """Make them known to click."""
    for made in (PowerShellComplete, WholeFishComplete):
        add_completion_class(made)
