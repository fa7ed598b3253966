"""A model whose files can be changed by id: open, change, look at the difference, commit."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from beroenden.errors import FaultyFilesError, UsageError, unknown_id
from beroenden.language import say
from beroenden.model.names import id_named
from beroenden.model.network import Network
from beroenden.modelfiles.editing import committing, undoing
from beroenden.modelfiles.editing.concrete import Path as Place
from beroenden.modelfiles.editing.document import Document
from beroenden.modelfiles.editing.fields import check_key, dotted, raw_table, states_source, value_of
from beroenden.modelfiles.editing.homes import index_among, likeness
from beroenden.modelfiles.editing.keys import Steps, Table, index_of, steps_of
from beroenden.modelfiles.editing.meaning import Taken, Words
from beroenden.modelfiles.editing.reading import Reading, read_parsed, read_texts
from beroenden.modelfiles.editing.references import Reference, drop, entity_references, refusal, window_references
from beroenden.modelfiles.editing.renaming import Renamed, rename
from beroenden.modelfiles.editing.unified import unified
from beroenden.modelfiles.findings import Finding, Key, Report, visible
from beroenden.modelfiles.merging.credited import told_anew
from beroenden.modelfiles.read import model_files, parse

KINDS = ("entity", "payment", "window", "event", "audience")
"""The lists of tables of a model."""


def open_model(path: str | Path) -> "Editable":
    """Open a model to change it.

    Args:
        path: A folder of TOML files, or one file.

    Raises:
        FaultyFilesError: with all findings, when the model has errors: what cannot be read cannot be changed safely.
    """
    report = Report()
    files = model_files(Path(path), report)
    parsed = [found for file in files if (found := parse(file, report)) is not None]
    if report.findings:
        raise FaultyFilesError(report.in_order())
    model = Editable(Path(path), {file: file.read_bytes().decode() for file in files}, read_parsed(parsed, report))
    if model.reading.network is None:
        raise FaultyFilesError([one for one in model.reading.findings if one.severity == "error"])
    model.warnings_before = [one for one in model.reading.findings if one.severity == "warning"]
    return model


class Editable:
    """A model whose files can be changed.

    Ids name entities and payments, then windows, events and audiences (by actor); "window:hours", "event:x",
    "audience:x", "entity:x" or "payment:x" say which is meant, "model" is [model]. Values are Python values as TOML has
    them, or Written as a person writes them; `taken` tells which of these were not in the form of the files. A method
    that raises leaves everything as it was. Whether the model as a whole is sound is looked at by `network`, `changed`
    and `commit`, so that several changes may belong together.
    """

    def __init__(self, path: Path, texts: Mapping[Path, str], reading: Reading | None = None) -> None:
        self.path = path
        self.before: dict[Path, str] = dict(texts)
        self.warnings_before: list[Finding] = []
        self.taken: list[Taken] = []
        self._documents = {file: Document(text) for file, text in texts.items()}
        self._beside: set[Path] = set()
        self._reading = reading
        self._is_within = False
        self._index: dict[str, tuple[Path, Place]] | None = None

    # What there is

    @property
    def reading(self) -> Reading:
        """The model as it is with the changes: network or None, and all findings; line numbers are those to be."""
        if self._reading is None:
            self._reading = read_texts(
                {file: one.text for file, one in self._documents.items() if file not in self._beside}
            )
        return self._reading

    @property
    def network(self) -> Network:
        """The network with the changes.

        Raises:
            FaultyFilesError: when they leave a model with errors.
        """
        if self.reading.network is None:
            raise FaultyFilesError([one for one in self.reading.findings if one.severity == "error"])
        return self.reading.network

    @property
    def findings(self) -> list[Finding]:
        """All findings of the model with the changes."""
        return self.reading.findings

    def get(self, target: str, key: Steps = (), default: Any = None) -> Any:
        """The raw value of a key, or the whole raw table, as tomllib reads it."""
        file, place = self._resolve(target, key)
        return self._documents[file].get(place, default)

    def steps(self, target: str, key: Steps) -> tuple[Key, ...]:
        """The steps of a key with needs and stages by index: they lead there also when what a need provides changes."""
        return self._resolve(target, key)[1][len(self.find(target)[1]) :]

    def references(self, target: str) -> list[Reference]:
        """Every place outside its own table that names an entity or window."""
        file, place = self.find(target)
        name = visible(str(file))
        return [one for one in self.all_references(target) if one.file != name or one.path[: len(place)] != place]

    def all_references(self, target: str) -> list[Reference]:
        """Every place that names an entity or window, those in its own table included."""
        file, place = self.find(target)
        name = str(self._documents[file].get((*place, "id"), ""))
        if place[0] == "entity":
            return entity_references(self.reading.draft, name)
        return window_references(self.reading.draft, name) if place[0] == "window" else []

    def has(self, target: str) -> bool:
        """Whether there is something with this id."""
        return target in self._ids()

    def find(self, target: str) -> tuple[Path, Place]:
        """The file and path of the table of an id.

        Raises:
            UsageError: for an id that the model does not have, with the nearest that it has.
        """
        found = self._ids().get(target)
        if found is None:
            known = [name for name in self._ids() if (":" in name) == (":" in target)]
            raise unknown_id(say("entitet, betalning eller annat med id", "thing with the id"), target, known)
        return found

    def has_source(self, target: str) -> bool:
        """Whether the table of an id can say who says so: all but [model], windows and audiences can."""
        return states_source(self.find(target)[1])

    def document(self, file: Path | str) -> Document:
        """A file's text in pieces; by its path, or its name as findings say it."""
        return next(one for path, one in self._documents.items() if file in (path, visible(str(path))))

    def beside(self, file: Path) -> Document:
        """A file that is not the model's but changes with it."""
        if file not in self._documents:
            self.before[file] = file.read_bytes().decode()
            self._documents[file] = Document(self.before[file])
            self._beside.add(file)
        return self._documents[file]

    # Keys

    def set(self, target: str, key: Steps, value: Any) -> None:
        """Give a key a value; None removes it.

        Raises:
            UsageError: for an id, key, need or stage that is not there, or a Written that makes no value.
        """
        file, place = self._resolve(target, key)
        if place[-1] == "id" and self._documents[file].get(place) is not None:
            raise UsageError(
                say(
                    "Ett id byts med rename, så att hänvisningarna följer med.",
                    "Change an id with rename, and references follow.",
                )
            )
        if value is None:
            self.unset(target, key)
            return
        check_key(place)
        raw = value_of(place, value, self._words())
        with self._whole(file):
            self._documents[file].set(place, raw)

    def unset(self, target: str, key: Steps) -> None:
        """Remove a key, or an element of a list.

        Raises:
            UsageError: when it is not there.
        """
        file, place = self._resolve(target, key)
        if self._documents[file].get(place) is None:
            raise UsageError(say(f"{target} har inget {_text(key)}.", f"{target} has no {_text(key)}."))
        with self._whole(file):
            self._documents[file].unset(place)

    def stamp(
        self, target: str, key: Steps = (), *, source: Any = None, verified: Any = None, about: str = ""
    ) -> str | None:
        """Say who says so and when, on the need, stage or table around a key; what is None stays as it is.

        A source that was there still holds for the rest, and is kept behind the new one as the form does.

        Args:
            about: The key that the new source says something of; put behind it where an earlier one is kept.

        Returns:
            The sources as they now stand, where an earlier one is kept.
        """
        file, place = self._stated(target, key)
        before, kept = self._documents[file].get((*place, "source")), None
        for name, value in (("source", source), ("verified", verified)):
            if value is not None:
                raw = value_of((*place, name), value, self._words())
                if name == "source" and before and before != raw:
                    anew = [one for one, told in ((about, about), ("verified", verified)) if told]
                    raw = kept = told_anew(f"{raw} ({about})" if about else raw, anew, before)
                with self._whole(file):
                    self._documents[file].set((*place, name), raw)
        return kept

    def verified(self, target: str, key: Steps = ()) -> date | None:
        """The day on which the need, stage or table around a key was verified; None where it has none."""
        if not self.has_source(target):
            return None
        file, place = self._stated(target, key)
        day: date | None = self._documents[file].get((*place, "verified"))
        return day

    def _stated(self, target: str, key: Steps) -> tuple[Path, Place]:
        """The file and path of the need, stage or table around a key: what says who says so and when."""
        file, place = self._resolve(target, key)
        while not states_source(place) or (isinstance(place[-1], str) and len(place) > 1):
            place = place[:-1]
            if not place:
                raise UsageError(say(f"{target} har ingen source.", f"{target} has no source."))
        return file, place

    # Tables

    def add(self, kind: str, table: Table, *, file: str | None = None) -> Path:
        """Add an entity, payment, window, audience or event, with its needs and stages.

        Args:
            kind: One of KINDS.
            table: Its keys as in the files.
            file: The name of a file in the model's folder, there already or not; by default where its kind (of an
                entity: those of the same kind, else of the same owner) mostly is, after the last of them.

        Returns:
            The file that it was put in.
        """
        if kind not in KINDS:
            raise UsageError(say(f"Lägg till något av {', '.join(KINDS)}.", f"Add one of {', '.join(KINDS)}."))
        raw = raw_table((kind,), table, self._words())
        if not raw.get("actor" if kind == "audience" else "id"):
            raise UsageError(say("Det som läggs till ska ha ett id.", "What is added needs an id."))
        with self._whole():
            target = self._named(file) if file is not None else self._home(kind, raw)
            index = index_among(self._documents[target], kind, raw)
            self._documents[target].insert((kind,), index, raw)
        return target

    def add_need(self, owner: str, need: Table, *, stage: str | int | None = None, index: int | None = None) -> None:
        """Add a need to an entity, or to a stage of a payment; last unless an index is given."""
        self._insert(owner, (*_of_stage(stage), "needs"), need, index)

    def replace_need(self, owner: str, which: str | int, need: Table, *, stage: str | int | None = None) -> None:
        """Make a need (by index, or by what it provides) what a table says; keys that the table lacks go."""
        self._replace(owner, (*_of_stage(stage), "needs", which), need)

    def remove_need(self, owner: str, which: str | int, *, stage: str | int | None = None) -> None:
        """Remove a need, by index or by what it provides."""
        self.unset(owner, (*_of_stage(stage), "needs", which))

    def add_stage(self, payment: str, stage: Table, *, index: int | None = None) -> None:
        """Add a stage to a payment; last unless an index is given."""
        self._insert(payment, ("stage",), stage, index)

    def replace_stage(self, payment: str, which: str | int, stage: Table) -> None:
        """Make a stage (by index or id) what a table says; keys that the table lacks go."""
        self._replace(payment, ("stage", which), stage)

    def remove(self, target: str, *, cascade: bool = False) -> list[Reference]:
        """Remove a table with everything in it.

        Args:
            target: The id of an entity, payment, window, event or audience.
            cascade: Also remove what refers to it: needs, members of any_of, shares, accounts, owners, audiences, members
                of events. Where that leaves no sound model (shares that no longer make 1, a payment without payer),
                `commit` refuses.

        Returns:
            The references that went with it.

        Raises:
            UsageError: while something refers to it, naming every place; [model] cannot be removed.
        """
        file, place = self.find(target)
        if place == ("model",):
            raise UsageError(say("[model] kan inte tas bort.", "[model] cannot be removed."))
        found = self.references(target)
        if found and not cascade:
            raise UsageError(refusal(target, found))
        with self._whole():
            for one in sorted(found, key=lambda one: (one.file, one.path), reverse=True):
                drop(self.document(one.file), one)
            self._documents[file].unset(self.find(target)[1])
        return found

    def rename(self, old: str, new: str, *, also: Iterable[Path] = ()) -> Renamed:
        """Give an entity, payment, window or event another id, wherever it is referred to.

        Args:
            old: The id.
            new: Another that is not taken.
            also: Files of scenarios or checks, which follow, and incident logs, which are never changed but reported.

        Returns:
            How many references changed, and the places in logs that still say the old id.
        """
        with self._whole():
            return rename(self, old, new, also)

    def format(self) -> None:
        """Give every file its canonical layout; the network stays the same."""
        from beroenden.modelfiles.editing.formatting import formatted

        before = self.network
        with self._whole():
            self._documents = {file: Document(formatted(one.text)) for file, one in self._documents.items()}
            self._reading = None
            if self.network != before:
                raise AssertionError("formatting changed the model")

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several changes as one: all of them, or none when any is refused."""
        with self._whole():
            self._is_within = True
            try:
                yield
            finally:
                self._is_within = False

    # What becomes of it

    def changed(self) -> dict[Path, str]:
        """The new text of each file that differs, when the model as a whole is sound.

        Raises:
            FaultyFilesError: when it is not.
        """
        _ = self.network
        return self._differing()

    def diff(self) -> str:
        """The changes as a unified difference."""
        changed = self.changed().items()
        return "".join(
            line for file, new in changed for line in unified(self._name(file), self.before.get(file, ""), new)
        )

    def commit(self, what: str = "") -> list[Path]:
        """Write the changed files, all or none, alone under a lock.

        Args:
            what: What the change is, in words, where it is to be kept so that it can be undone.

        Returns:
            The files that were written.

        Raises:
            FaultyFilesError: when the changes leave a model with errors; nothing is written.
            UsageError: when the files have been changed by others meanwhile, are locked or cannot be written; all are then
                as they were.
        """
        changed = self.changed()
        committing.commit(self.path, self.before, changed, self._beside)
        if what and changed:
            undoing.keep(self.path, what, self.before, changed)
        self.before |= changed
        return list(changed)

    # Within

    def _differing(self) -> dict[Path, str]:
        texts = {file: one.text for file, one in self._documents.items()}
        return {file: text for file, text in texts.items() if self.before.get(file) != text}

    def _name(self, file: Path) -> str:
        return file.name if file.parent == self.path else str(file)

    @contextmanager
    def _whole(self, *files: Path) -> Iterator[None]:
        """All of a change of some files or nothing of it; ids are looked up anew unless the change is within tables."""
        if self._is_within:
            self._reading = None
            yield
            self._index = self._index if files else None
            return
        before = {file: one.text for file, one in self._documents.items() if file in files or not files}
        there, beside = set(self._documents), set(self._beside)
        self._reading = None
        try:
            yield
        except BaseException:
            kept = {file: one for file, one in self._documents.items() if file in there}
            self._documents = kept | {file: Document(text) for file, text in before.items()}
            self._beside = beside
            raise
        finally:
            self._reading = None
            if not files:
                self._index = None

    def _ids(self) -> dict[str, tuple[Path, Place]]:
        """Each table by its id with its kind, and by its id alone where that is said first."""
        if self._index is None:
            self._index = {}
            for kind in KINDS:
                for file, one in self._documents.items():
                    key = "actor" if kind == "audience" else "id"
                    for number, name in enumerate(head.get(key) for head in one.heads(kind, key)):
                        if file not in self._beside and name is not None:
                            self._index[f"{kind}:{name}"] = self._index.get(f"{kind}:{name}", (file, (kind, number)))
            for name, found in list(self._index.items()):
                self._index.setdefault(name.partition(":")[2], found)
            for file, one in self._documents.items():
                if file not in self._beside and one.get(("model",)) is not None:
                    self._index.setdefault("model", (file, ("model",)))
        return self._index

    def _resolve(self, target: str, key: Steps) -> tuple[Path, Place]:
        """The file and path of a key; needs by what they provide and stages by id become indices."""
        file, place = self.find(target)
        document = self._documents[file]
        for step in steps_of(key):
            if place[-1] == "needs" and isinstance(step, str) and not self.has(f"entity:{step}"):
                step = id_named(step, self._names()) or step
            if place[-1] in ("needs", "stage"):
                step = index_of(document.get(place, []), str(place[-1]), step, target)
            place = (*place, step)
        return file, place

    def _words(self) -> Words:
        return Words(self._names, self.taken)

    def _names(self) -> dict[str, str]:
        """The names of the entities by id, as they now are."""
        heads = (head for one in self._documents.values() for head in one.heads("entity", "id", "name"))
        return {head["id"]: head.get("name", "") for head in heads if "id" in head}

    def _insert(self, target: str, key: tuple[Key, ...], table: Table, index: int | None) -> None:
        file, place = self._resolve(target, key)
        check_key(place)
        raw = raw_table(place, table, self._words())
        count = self._documents[file].count(place)
        with self._whole(file):
            self._documents[file].insert(place, count if index is None else min(index, count), raw)

    def _replace(self, target: str, key: tuple[Key, ...], table: Table) -> None:
        file, place = self._resolve(target, key)
        raw = raw_table(place, table, self._words())
        with self._whole(file):
            self._documents[file].set(place, raw)

    def _home(self, kind: str, raw: Table) -> Path:
        models = {file: one for file, one in self._documents.items() if file not in self._beside}
        return (
            max(models, key=lambda file: likeness(models[file], kind, raw)) if len(models) > 1 else next(iter(models))
        )

    def _named(self, name: str) -> Path:
        file = self.path / name if self.path.is_dir() else self.path.with_name(name)
        # Payments.toml is payments.toml on Windows and macOS: a new file would take its place
        if file not in self._documents:
            file = next((one for one in self._documents if str(one).casefold() == str(file).casefold()), file)
        is_new = file not in self._documents
        if Path(name).name != name or not name.endswith(".toml") or name.startswith("."):
            raise UsageError(
                say(
                    f"{name}: ange namnet på en .toml-fil i modellens mapp.",
                    f"{name}: name a .toml file of the model's folder.",
                )
            )
        if is_new and not self.path.is_dir():
            raise UsageError(say(f"Modellen är en enda fil, {self.path}.", f"The model is a single file, {self.path}."))
        if is_new:
            self._documents[file] = Document("")
        return file


def _text(key: Steps) -> str:
    return key if isinstance(key, str) else dotted(key)


def _of_stage(stage: str | int | None) -> tuple[Key, ...]:
    return () if stage is None else ("stage", stage)
