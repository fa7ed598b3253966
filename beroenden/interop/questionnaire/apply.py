"""The changes of a questionnaire made in the model files, where comments and order are kept."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from beroenden.errors import UsageError
from beroenden.interop.questionnaire.change import Change
from beroenden.interop.sheets import CellPlace
from beroenden.language import say
from beroenden.modelfiles.editing.editable import Editable
from beroenden.modelfiles.findings import Finding, Report, visible

Steps = tuple[str | int, ...]


def apply(model: Editable, changes: Iterable[Change]) -> tuple[Finding, ...]:
    """Make changes in an open model; nothing is written until it is committed.

    Keys first, then needs that go, then what is new, so that indices hold until they have been used.

    Returns:
        What the changed model has of findings that it had not; one of a value that the questionnaire told stands where it
        told it, once though several values of a row give the same.
    """
    before = {_identity(one) for one in model.findings}
    made = sorted(changes, key=_order)
    for change in made:
        _apply(model, change)
    told = _cells(model, made)
    new = (one for one in model.findings if _identity(one) not in before)
    return tuple(dict.fromkeys(_moved(one, told) for one in new))


def doubts(model: Editable, changes: Iterable[Change]) -> tuple[Finding, ...]:
    """What can be said already of changes that are read together with faults: all but errors, which those may be the cause of."""
    try:
        return tuple(one for one in apply(model, changes) if one.severity != "error")
    except UsageError:  # what is faulty is not there to be changed
        return ()


def _identity(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def _order(change: Change) -> tuple[int, int]:
    """Sets, then removals from the last, then entities before needs: a need may be of a new one."""
    if change.kind == "changed":
        return 0, 0
    if change.kind == "removed":
        return 1, -(change.need or 0)
    return (2, 0) if change.what == "entity" else (3, 0)


def _apply(model: Editable, change: Change) -> None:
    target = _target(change)
    if change.kind == "changed":
        key = _steps(change)
        if change.after is None and model.get(target, key) is None:
            return  # a default that was never written
        model.set(target, key, change.after)
    elif change.kind == "removed":
        model.remove_need(target, change.need or 0)
    elif change.what == "entity":
        model.add("entity", change.after)
    else:
        model.add_need(target, change.after)


def _target(change: Change) -> str:
    return f"{'payment' if change.what == 'payment' else 'entity'}:{change.id}"


def _steps(change: Change) -> Steps:
    inside = tuple(change.key.split("."))
    return inside if change.need is None else ("needs", change.need, *inside)


def _cells(model: Editable, changes: Iterable[Change]) -> dict[tuple[str, str], CellPlace]:
    """Where the questionnaire tells the value at a place of the model, by file and path."""
    found = {}
    for change in changes:
        if change.cell is not None and change.kind != "removed":
            file, place = model.find(_target(change))
            inside = _steps(change) if change.kind == "changed" else ()
            found[visible(str(file)), _dotted((*place, *inside))] = change.cell
    return found


def _dotted(steps: Iterable[Any]) -> str:
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in steps).removeprefix(".")


def _moved(finding: Finding, told: dict[tuple[str, str], CellPlace]) -> Finding:
    """A finding where the questionnaire told what it is about; else as it is."""
    where, file = finding.where, finding.file or ""
    while where:
        if cell := told.get((file, where)):
            heard = Report()
            replace(cell, report=heard).add(finding.code, finding.severity, finding.message, finding.suggestion)
            return heard.findings[0]
        where = where[: max(where.rfind("."), where.rfind("["), 0)]
    reason = say("det följer av det som svaret ändrar", "that follows from what the answer changes")
    return replace(finding, message=f"{finding.message.removesuffix('.')}; {reason}")
