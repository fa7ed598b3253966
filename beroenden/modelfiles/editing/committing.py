"""Writing several files, all or none, alone under a lock."""

import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.modelfiles.findings import Report
from beroenden.modelfiles.read import model_files
from beroenden.modelfiles.write import put_in_place, write_bytes

PATIENCE = 20
"""Seconds to wait for another writer."""


def commit(model: Path, before: Mapping[Path, str], changed: Mapping[Path, str | None], beside: set[Path]) -> None:
    """Write the changed files of a model, all or none.

    Args:
        model: The folder or file of the model.
        before: The text of each file as it was read.
        changed: The new text of those that change; None: the file goes.
        beside: Files among them that are not the model's.

    Raises:
        UsageError: when a file is not as it was read, is locked or cannot be written; all are then as they were.
    """
    if not changed:
        return
    with _locked(model):
        _refuse_changed(model, before, beside)
        targets = {file.resolve(): None if text is None else text.encode() for file, text in changed.items()}
        for target in targets:
            _refuse_read_only(target)
        _write_all(targets)


def _refuse_changed(model: Path, before: Mapping[Path, str], beside: set[Path]) -> None:
    there = {*model_files(model, Report()), *beside}
    for file in sorted({*before, *there}):
        try:
            is_same = file in before and file.read_bytes() == before[file].encode()
        except OSError:
            is_same = False
        if not is_same:
            raise UsageError(
                say(
                    f"{file} har ändrats av någon annan sedan modellen lästes. Inget är skrivet; gör om ändringen.",
                    f"{file} was changed by someone else after the model was read. Nothing is written; try again.",
                )
            )


def _refuse_read_only(path: Path) -> None:
    """A rename would replace even a file that is marked read-only."""
    if path.exists() and (not path.stat().st_mode & stat.S_IWUSR or not os.access(path, os.W_OK)):
        raise UsageError(
            say(f"{path} går inte att skriva: filen är skrivskyddad.", f"{path} cannot be written: it is read-only.")
        )


def _write_all(targets: Mapping[Path, bytes | None]) -> None:
    """Write every new text beside its file first, then rename; what was renamed or went is put back when one fails."""
    old = {path: path.read_bytes() if path.exists() else None for path in targets}
    beside: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for path, content in targets.items():
            if content is not None:
                beside[path] = _written_beside(path, content)
        for path in targets:
            done.append(path)
            if path in beside:
                put_in_place(beside[path], path)
            else:
                path.unlink()
    except BaseException as error:
        _restore({path: old[path] for path in done})
        if isinstance(error, OSError):
            raise _cannot_write(path, error) from error
        raise
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)


def _written_beside(path: Path, content: bytes) -> Path:
    """A temporary file with the content, with the permissions of the file that it will replace."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(path: Path) -> int:
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _restore(old: Mapping[Path, bytes | None]) -> None:
    for path, content in old.items():
        if content is None:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_bytes() != content:
            mode = _mode(path)
            write_bytes(path, content)
            path.chmod(mode)


@contextmanager
def _locked(model: Path) -> Iterator[None]:
    """Alone in writing the model, within; the lock is a hidden file in its folder and harmless when left."""
    from filelock import FileLock, Timeout

    beside = model / ".model.lock" if model.is_dir() else model.with_name(f".{model.name}.lock")
    lock = FileLock(beside, timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise UsageError(
            say(
                f"Modellen är upptagen: någon annan har {beside} sedan minst {PATIENCE} s. Inget är skrivet; försök igen.",
                f"The model is busy: someone else has held {beside} for {PATIENCE} s. Nothing is written; try again.",
            )
        ) from error
    except (OSError, NotImplementedError) as error:
        raise _cannot_write(model, error) from error
    try:
        yield
    finally:
        lock.release()


def _cannot_write(path: Path, error: BaseException) -> UsageError:
    reason = getattr(error, "strerror", None) or str(error)
    return UsageError(
        say(
            f"{path} går inte att skriva: {reason}. Inget är ändrat.",
            f"{path} cannot be written: {reason}. Nothing is changed.",
        )
    )
