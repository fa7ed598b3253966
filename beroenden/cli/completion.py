"""beroenden completion"""

import click

from beroenden.cli.common import command, json_option, write_json
from beroenden.language import say

ASKED = "_BEROENDEN_COMPLETE"
"""The environment variable by which a shell's script asks for completions; click derives it from the program's name."""
_PLACES = {
    "bash": ("~/.bashrc", 'eval "$(beroenden completion bash)"'),
    "zsh": ("~/.zshrc", 'eval "$(beroenden completion zsh)"'),
    "fish": ("~/.config/fish/config.fish", "beroenden completion fish | source"),
    "powershell": ("$PROFILE", "beroenden completion powershell | Out-String | Invoke-Expression"),
}
"""For each shell the file that it reads when it starts, and the line that belongs there."""


def _where() -> str:
    """Each shell with its file and line, not wrapped."""
    return "\n\n".join(f"\b\n{shell}: {file}\n  {line}" for shell, (file, line) in _PLACES.items())


@command(
    "Skriv ut det som låter skalet fylla i kommandon, val, filer och modellens id med tabbtangenten. "
    "Lägg raden för ditt skal sist i filen som skalet läser när det startar:\n\n" + _where() + "\n\n"
    "zsh: efter raden med compinit. bash: 4.4 eller senare. PowerShell: notepad $PROFILE öppnar filen; får datorn inte köra den, "
    "skriv raden i fönstret, så gäller den tills det stängs. Kommandotolken (cmd.exe) kan inte fylla i.",
    "Print what lets the shell complete commands, options, files and the model's ids with the tab key. "
    "Put the line for your shell last in the file that the shell reads when it starts:\n\n" + _where() + "\n\n"
    "zsh: after the line with compinit. bash: 4.4 or later. PowerShell: notepad $PROFILE opens the file; if the computer may "
    "not run it, type the line in the window, and it holds until that is closed. The Command Prompt (cmd.exe) cannot complete.",
    "beroenden completion bash",
)
@click.argument("shell", type=click.Choice(tuple(_PLACES)), metavar=say("SKAL", "SHELL"))
@json_option
def completion(shell: str, json_path: str | None) -> None:
    """Print a shell's script."""
    script = _script(shell)
    file, line = _PLACES[shell]
    content = {"schema": "beroenden/completion/1", "shell": shell, "file": file, "line": line, "script": script}
    if not write_json(json_path, content):
        click.echo(script.encode(), nl=False)  # bytes: bash takes no \r\n, not even on Windows


def register_shells() -> None:
    """Make our own ways of talking to shells known to click; they are loaded only when a shell asks."""
    from beroenden.cli.shells import register

    register()


def _script(shell: str) -> str:
    from click.shell_completion import get_completion_class

    register_shells()
    way = get_completion_class(shell)
    assert way is not None
    root = click.get_current_context().find_root()
    return way(root.command, {}, "beroenden", ASKED).source()
