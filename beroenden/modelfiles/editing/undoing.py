"""The way back from the last edit: what its files said before, kept in one hidden file with the model."""

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from beroenden.errors import UsageError, why_unreadable
from beroenden.language import say
from beroenden.modelfiles.editing import committing
from beroenden.modelfiles.editing.unified import unified
from beroenden.modelfiles.findings import Report
from beroenden.modelfiles.read import model_files
from beroenden.modelfiles.write import write_bytes

_SCHEMA = "beroenden/undo/2"


@dataclass(frozen=True, slots=True)
class Undo:
    """An edit that can be taken back.

    Attributes:
        what: The edit in words.
        files: What each file that it changed said before; None: it was not there.
    """

    model: Path
    what: str
    files: Mapping[Path, str | None]

    def diff(self) -> str:
        """What taking it back changes, as a unified difference."""
        pairs = ((file, _text(file) or "", old or "") for file, old in self.files.items())
        return "".join(line for file, new, old in pairs for line in unified(_name(self.model, file), new, old))

    def commit(self) -> list[Path]:
        """Take it back in all files or none; then there is nothing more to take back.

        Raises:
            UsageError: when a file is locked, or cannot be written.
        """
        there = {file: text for file in _files(self.model) if (text := _text(file)) is not None}
        beside = {file for file in self.files if file not in there}
        before = there | {file: text for file in beside if (text := _text(file)) is not None}
        committing.commit(self.model, before, self.files, beside)
        kept_in(self.model).unlink(missing_ok=True)
        return list(self.files)


def kept_in(model: Path) -> Path:
    """Where the way back is kept: hidden, with the model, where no command reads it as part of it."""
    return model / ".model.undo" if model.is_dir() else model.with_name(f".{model.name}.undo")


def keep(model: Path, what: str, before: Mapping[Path, str], after: Mapping[Path, str]) -> None:
    """Keep what files said before an edit that has been written; what was kept of an earlier edit goes.

    Of the model's other files only a digest is kept: a later change of any of them builds on the edit.
    """
    files = [
        {"file": _name(model, file), "before": before.get(file), "after": _digest(text)} for file, text in after.items()
    ]
    others = {_name(model, file): _digest(before[file]) for file in _files(model) if file in before.keys() - after}
    path, content = kept_in(model), {"schema": _SCHEMA, "what": what, "files": files, "others": others}
    mode = min(stat.S_IMODE(file.stat().st_mode) & 0o666 for file in after)
    try:
        write_bytes(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
        path.chmod(mode)
    except OSError as error:
        raise UsageError(
            say(
                f"Ändringen är skriven, men går inte att ångra: {path} går inte att skriva ({error.strerror}).",
                f"The edit is written, but cannot be undone: {path} cannot be written ({error.strerror}).",
            )
        ) from error


def last_edit(model: Path) -> Undo:
    """The last edit of a model.

    Raises:
        UsageError: when none is kept, or any file of the model has been changed, has come or has gone since.
    """
    path = kept_in(model)
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise UsageError(
            say(
                f"Det finns ingen ändring att ångra i {model}: bara den sista med edit set, add, remove eller rename sparas.",
                f"There is no edit to undo in {model}: only the last with edit set, add, remove or rename is kept.",
            )
        ) from None
    except OSError as error:
        reason = why_unreadable(path, error)
        raise UsageError(say(f"{path} går inte att läsa: {reason}.", f"{path} cannot be read: {reason}.")) from error
    except ValueError:
        content = {}
    try:
        made = Undo(model, content["what"], {_place(model, one["file"]): one["before"] for one in content["files"]})
        after = {one["file"]: one["after"] for one in content["files"]} | content["others"]
    except (KeyError, TypeError):
        raise UsageError(say(f"{path} är skadad och kan inte användas.", f"{path} is damaged and of no use.")) from None
    _refuse_changed(made, after)
    return made


def _refuse_changed(made: Undo, after: Mapping[str, str]) -> None:
    """Refuse when the last change of the model is another than the edit: it may build on it, or be the one that is meant."""
    there = {_name(made.model, file): file for file in _files(made.model)}
    for name, file in sorted(({name: _place(made.model, name) for name in after} | there).items()):
        text = _text(file)
        if name not in after or text is None or _digest(text) != after[name]:
            raise UsageError(
                say(
                    f"{file} har ändrats efter den sista edit ({made.what}), till exempel av import form; inget ångras. "
                    "Rätta i stället det som är fel med edit set.",
                    f"{file} was changed after the last edit ({made.what}), for instance by import form; nothing is undone. "
                    "Correct what is wrong with edit set instead.",
                )
            )


def _files(model: Path) -> list[Path]:
    return model_files(model, Report())


def _name(model: Path, file: Path) -> str:
    """A file as seen from the model's folder, where there is a way."""
    folder = model if model.is_dir() else model.parent
    try:
        return Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return file.resolve().as_posix()


def _place(model: Path, name: str) -> Path:
    return (model if model.is_dir() else model.parent) / name


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
