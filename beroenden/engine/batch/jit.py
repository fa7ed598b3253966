"""The kernel for numba: plain functions made known to it, and entries that it compiles once and keeps on disk.

With NUMBA_DISABLE_JIT=1 everything runs as plain Python on the same arrays: the reference.
"""

import inspect
import os
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import numba
from numba.extending import register_jitable

Function = TypeVar("Function", bound=Callable[..., Any])

_PACKAGE = Path(__file__).parents[2]
_config: Any = numba.config
# Without reference counts (no function here makes an array) and as one piece of code: ten times faster.
_OPTIONS: dict[str, Any] = {"_nrt": False, "forceinline": True}
_SOURCES = ("engine/*.py", "engine/batch/*.py", "consequences/batch/*.py")


def shared(function: Function) -> Function:
    """Let compiled functions call a function, which itself stays plain."""
    registered: Function = register_jitable(**_OPTIONS)(function)
    return registered


def share(module: ModuleType) -> None:
    """The same for every function that a module defines."""
    for function in list(vars(module).values()):
        if inspect.isfunction(function) and function.__module__ == module.__name__:
            shared(function)


def entry(function: Function) -> Function:
    """Compile a function when it is first called; what is compiled is kept on disk for the next process."""
    folder = cache_folder()
    asked = _config.CACHE_DIR
    _config.CACHE_DIR = str(folder or asked)
    try:
        compiled: Function = numba.njit(cache=folder is not None, **_OPTIONS)(function)
    finally:
        _config.CACHE_DIR = asked
    return compiled


def cache_folder() -> Path | None:
    """Where compiled code is kept: under NUMBA_CACHE_DIR or the user's cache; None when neither can be written to.

    numba notices a change only in the file of the entry itself, so the folder is named by all sources that go into it.
    """
    asked = _config.CACHE_DIR
    for base in [Path(asked)] if asked else []:
        if _is_writable(base / _fingerprint()):
            return base / _fingerprint()
    folder = _user_cache() / "beroenden" / _fingerprint()
    return folder if _is_writable(folder) else None


def _fingerprint() -> str:
    text = sha256()
    for pattern in _SOURCES:
        for file in sorted(_PACKAGE.glob(pattern)):
            text.update(file.name.encode() + file.read_bytes())
    return text.hexdigest()[:16]


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or "~/AppData/Local").expanduser()
    if sys.platform == "darwin":
        return Path("~/Library/Caches").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()


def _is_writable(folder: Path) -> bool:
    probe = folder / f".{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
