"""A merged model, looked at before it is written, and written into the files of the first side."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from beroenden.errors import FaultyFilesError, UsageError
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.editing import committing
from beroenden.modelfiles.editing.concrete import Path as Steps
from beroenden.modelfiles.editing.editable import Editable
from beroenden.modelfiles.findings import Finding, Place, Report, visible
from beroenden.modelfiles.merging.conflicts import place_text, where
from beroenden.modelfiles.merging.merging import Merged
from beroenden.modelfiles.merging.records import LISTS, Key, Record, records_of, tables_of
from beroenden.modelfiles.merging.sides import Side
from beroenden.modelfiles.read import build, model_files
from beroenden.modelfiles.write import save

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def network_of(merged: Merged, known: Iterable[Finding] = ()) -> tuple[Network | None, list[Finding]]:
    """The merged model as a network, with what there is to say of it where the sides have what causes that.

    Args:
        known: Findings of the sides by themselves, which are not repeated.

    Returns:
        The network, or None when any finding is an error; errors, and what else comes of the merge.
    """
    tables, keys = tables_of(merged.records)
    network, findings = build(tables)
    old = {(one.code, one.message) for one in known}
    told = [one for one in findings if (one.code, one.message) not in old]
    return network, [_placed(one, keys, merged.sides) for one in told]


def _placed(finding: Finding, keys: Mapping[Steps, Key], sides: Sequence[Side]) -> Finding:
    """A finding in the merged model at its place in the first side that has it, naming those of the others."""
    steps: Steps = tuple(name or int(number) for name, number in _STEP.findall(finding.where))
    size = next((size for size in range(len(steps), 0, -1) if steps[:size] in keys), None)
    if size is None:
        return finding
    key = keys[steps[:size]]
    places = [_place(side.records[key], steps[size:]) for side in sides if key in side.records]
    file, line, column = where(places[0])
    others = ", ".join(map(place_text, places[1:]))
    message = f"{finding.message} ({say('även', 'also')} {others})" if others else finding.message
    return replace(finding, message=visible(message), file=file, line=line, column=column)


def _place(record: Record, steps: Steps) -> Place | None:
    """A value in a record's table, else what is around it."""
    place = record.place
    for step in steps:
        place = place and place / step
    return place


def put_into(opened: Editable, merged: Merged) -> None:
    """Make the opened first side say what the merged model says; what is the same stays as it is written.

    Raises:
        FaultyFilesError: when the files would not be read back.
    """
    for one in merged.renamed:
        target = f"{one.old[0]}:{one.old[1]}"
        if len(one.old) == 2 and opened.has(target):
            opened.rename(target, one.new[1])
    records = records_of(opened.network, opened.reading.draft)
    old, new = _by_target(tables_of(records)[0]), _by_target(tables_of(merged.records)[0])
    with opened.together():
        for target in (one for one in new if one in old):
            for name in dict.fromkeys((*old[target], *new[target])):
                if new[target].get(name) != old[target].get(name):
                    opened.set(target, (name,), new[target].get(name))
        for target, table in new.items():
            if target not in old:
                opened.add(target.partition(":")[0], table)
        for target in old:
            if target not in new and opened.has(target):  # an audience goes with its actor
                opened.remove(target, cascade=True)


def _by_target(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of a model by what the editor calls them."""
    found = {"model": tables["model"]}
    for kind in LISTS:
        for table in tables.get(kind, []):
            found[f"{kind}:{table['actor' if kind == 'audience' else 'id']}"] = table
    return found


def write_to(opened: Editable, path: Path) -> list[Path]:
    """Write the opened model, as it now is, to where it was read, to another folder, or as one file.

    Returns:
        The files that were written.

    Raises:
        FaultyFilesError: when it does not read back; nothing is written.
        UsageError: when it cannot be written there.
    """
    if path.resolve() == opened.path.resolve():
        return opened.commit()
    texts = {**opened.before, **opened.changed()}
    is_folder = path.is_dir() or path.suffix.lower() != ".toml"
    try:
        (path if is_folder else path.parent).mkdir(parents=True, exist_ok=True)
        if not is_folder and (len(texts) > 1 or opened.path.is_dir()):
            save(opened.network, path)
            return [path]
        targets = {path / file.name if is_folder else path: text for file, text in texts.items()}
        before = {file: file.read_bytes().decode() for file in _there(path)}
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            say(f"{path} går inte att skriva: {reason}.", f"{path} cannot be written: {reason}.")
        ) from error
    _refuse_others(path, before, targets)
    committing.commit(path, before, targets, set())
    return list(targets)


def _there(path: Path) -> list[Path]:
    return [file for file in model_files(path, Report()) if file.is_file()] if path.exists() else []


def _refuse_others(path: Path, before: Mapping[Path, str], targets: Mapping[Path, str]) -> None:
    """Files that are there and not written would be read as part of the model."""
    others = sorted(file.name for file in before.keys() - targets.keys())
    if others:
        named = ", ".join(others)
        raise UsageError(
            say(
                f"I {path} finns redan {named}, som skulle läsas som en del av modellen. Ange en annan mapp.",
                f"{path} already holds {named}, which would be read as part of the model. Give another folder.",
            )
        )


def check_alike(written: Network, meant: Network) -> None:
    """Refuse files that do not say what was merged.

    Raises:
        FaultyFilesError: when they do not.
    """
    if written.hash != meant.hash:
        told = say(
            "filerna skulle inte säga det som slogs ihop; inget är skrivet",
            "the files would not say what was merged; nothing is written",
        )
        raise FaultyFilesError([Finding("B727", "error", told)])
