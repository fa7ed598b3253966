"""Needs that who delivers does not tell apart: which of them each row was sent with, by what it was filled in with.

Of all who are not shared the actor sees the same words; so only what is told of such a need shows which it is, never its place
alone. What cannot be told is no need's, and its answers are not read. Rows that were filled in alike can be told apart by nobody:
their answers are read where all have the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from beroenden.interop.questionnaire.bundles import Bundle
from beroenden.interop.questionnaire.columns import NEEDS
from beroenden.interop.questionnaire.content import Form, is_stand_in, stand_in
from beroenden.interop.questionnaire.content import Row as Written
from beroenden.interop.questionnaire.outrun import answered, changed_since, is_stamped, says_beside
from beroenden.interop.questionnaire.prefilled import Cells, Prefilled, filled_in, whole
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.values import Cell

_COLUMNS = tuple(column for column in NEEDS.columns if column.attribute)
_GROUP = "alternativ_grupp"
_BY_ROW = ("andel", _GROUP)
_SHARE = (NEEDS.column("andel"),)
_SAID = ("vad", "källa", "verifierad", "säkerhet", "delning", "minst_antal")
"""What is told of a need beside what it is like: by that alone it is not known again."""


@dataclass(frozen=True, slots=True)
class View:
    """A need of the model: as the questionnaire has it now, and whom it is really of, also those not shared."""

    written: tuple[Written, ...]
    providers: frozenset[str]

    @property
    def named(self) -> frozenset[str]:
        """Whom it is of as the actor sees it."""
        return frozenset(str(row.cells["till"]) for row in self.written)

    @property
    def cells(self) -> Mapping[str, Cell]:
        """What is told of it once."""
        return self.written[0].cells

    def is_of(self, providers: Iterable[str]) -> bool:
        """Whether it is of just these."""
        return frozenset(providers) in (self.named, self.providers)


Views = dict[tuple[str, int], View]
_Rows = Mapping[str, Cells]


@dataclass(frozen=True, slots=True)
class Alike:
    """Needs of one entity that are of the same, as far as the actor may know.

    Attributes:
        sent: What the rows of each nr were filled in with.
        views: Those that the model has now, by index.
        shown: Needs of those who were not known of when the form was written and may be so now.
        bundles: The rows of each nr that are there.
    """

    entity: str
    sent: Mapping[int, _Rows]
    views: Mapping[int, View]
    shown: Mapping[int, View]
    bundles: Mapping[int, Bundle]

    def needs(self) -> dict[int, int]:
        """The index of the need that each nr is, where that can be told."""
        found: dict[int, int] = {}
        for is_it, is_harmless in ((self._is_as_sent, self._is_untouched), (self._is_as_answered, lambda _: True)):
            found |= self._of_equals(found, is_it, is_harmless)
        return found | self._of_likely(found)

    def has_twin(self, number: int) -> bool:
        """Whether other rows were filled in as those of a nr."""
        own = _seen(self.sent[number])
        return any(one != number and _seen(rows) == own for one, rows in self.sent.items())

    def _of_equals(
        self, found: Mapping[int, int], is_it: Callable[[int, int], bool], is_harmless: Callable[[int], bool]
    ) -> dict[int, int]:
        """Those that are just so, where it does not matter which is which: as many needs as rows, and one answer.

        Else only what changes nothing.
        """
        taken = set(found.values())
        indices = [one for one in (*sorted(self.views), *sorted(self.shown)) if one not in taken]
        equals: dict[tuple[int, ...], list[int]] = {}
        for one in sorted(self.sent.keys() - found.keys()):
            equals.setdefault(tuple(at for at in indices if is_it(one, at)), []).append(one)
        made: dict[int, int] = {}
        for ats, ones in equals.items():
            free = [at for at in ats if at not in made.values()]
            is_for_each = len(ones) == len(free) and all(self._says(one) == self._says(ones[0]) for one in ones)
            told = ones if is_for_each else [one for one in ones if is_harmless(one)]
            made |= dict(zip(told, free, strict=False))
        return made

    def _of_likely(self, found: Mapping[int, int]) -> dict[int, int]:
        """Those in the same place that can be no other, where no need has come or gone."""
        numbers = sorted(one for one in self.sent if found.get(one) not in self.shown)
        if len(numbers) != len(self.views):
            return {}
        taken, placed = set(found.values()), zip(numbers, sorted(self.views), strict=True)
        left = [one for one in numbers if one not in found], [one for one in self.views if one not in taken]
        may = {(one, at) for one, at in product(*left) if self._may_be(one, at)}
        only = {
            pair for pair in may if all(pair == other for other in may if pair[0] == other[0] or pair[1] == other[1])
        }
        return {one: at for one, at in only & set(placed) if not self.has_twin(one)}

    def _view(self, index: int) -> View:
        return self.views.get(index) or self.shown[index]

    def _now(self, index: int) -> Mapping[str, Cell]:
        return self._view(index).cells

    def _is_as_sent(self, number: int, index: int) -> bool:
        sent = self.sent[number]
        rows = zip(self._view(index).written, sent.values(), strict=False)
        if any(changed_since(_SHARE, row.cells, before) for row, before in rows):
            return False
        return not changed_since(_COLUMNS, self._now(index), whole(sent) or {})

    def _says(self, number: int) -> dict[tuple[str, str], object]:
        """What rows say beside what they were filled in with, by who delivers and the column."""
        bundle, sent = self.bundles.get(number), self.sent[number]
        rows = bundle.rows if bundle else []
        return {
            (row.text("till"), name): said
            for row in rows
            for name, said in says_beside(row, sent.get(row.text("till"), {})).items()
        }

    def _is_untouched(self, number: int) -> bool:
        return not self._says(number)

    def _is_as_answered(self, number: int, index: int) -> bool:
        """Whether a need is what its rows say, as when they have been read before."""
        bundle, sent = self.bundles.get(number), self.sent[number]
        if bundle is None or not bundle.kept:
            return False
        if {row.text("till") for row in bundle.rows} != set(sent) and not self._view(index).is_of(bundle.providers):
            return False
        now, before = self._now(index), whole(sent) or {}
        told = {name for row in bundle.rows for name in answered(row, sent.get(row.text("till"), {}))}
        stands = told - {name for row in bundle.rows for name in answered(row, sent.get(row.text("till"), {}), now)}
        if "uthållighet" in stands:
            stands.add("golv")  # may be told with it
        changed = changed_since(_COLUMNS, now, before)
        is_read = all(name in stands for name in told if name in _BY_ROW or NEEDS.column(name).attribute)
        return is_read and all(one.name in stands or _is_stamped(one.name, before, now) for one in changed)

    def _may_be(self, number: int, index: int) -> bool:
        """Whether a need is for the same, from the same source, and like it in something."""
        before, now = whole(self.sent[number]) or {}, self._now(index)
        changed = {one.name for one in changed_since(_COLUMNS, now, before)}
        if "vad" in changed or ("källa" in changed and not _is_stamped("källa", before, now)):
            return False
        kept = {name for name in before if name not in changed}
        return "vad" in kept or bool(kept.difference(_SAID))


def _is_stamped(name: str, before: Cells, now: Mapping[str, Cell]) -> bool:
    return is_stamped(NEEDS.column(name), before.get(name), now.get(name))


def views_of(session: Session) -> Views:
    """The needs of the actor's own, by entity and index."""
    found: dict[tuple[str, int], list[Written]] = {}
    for row in session.form.rows[NEEDS.name]:
        found.setdefault((str(row.key[0]), int(row.key[1])), []).append(row)
    needs = {one: session.network.entity[one].needs for one, _ in found}
    return {(one, at): View(tuple(rows), frozenset(needs[one][at].providers)) for (one, at), rows in found.items()}


def named_in(sent: Iterable[str]) -> frozenset[str]:
    """Who delivered a need when the form was written, as the actor would see it now."""
    return frozenset(stand_in() if is_stand_in(one) else one for one in sent)


def alike(session: Session, views: Views, bundles: list[Bundle]) -> Iterator[Alike]:
    """The needs that a form was sent with and that who delivers does not tell apart.

    A form that does not tell what it was filled in with is taken to have been sent with what the model has, where needs of it
    look the same.
    """
    rows: dict[tuple[str, int], Bundle] = {}
    for bundle in sorted(bundles, key=lambda one: not one.kept):
        if bundle.number is not None:
            rows.setdefault((bundle.entity, bundle.number), bundle)
    is_told = bool(session.prefilled.rows)
    all_sent = _sent(session.prefilled if is_told else filled_in(session.form))
    for (entity, providers), sent in all_sent.items():
        own = {at: view for (one, at), view in views.items() if one == entity}
        there = {at: view for at, view in own.items() if view.is_of(providers)}
        if stand_in() in providers or max(len(sent), len(there)) > 1:
            known = [those for one, those in all_sent if one == entity and stand_in() in providers]
            shown = {at: view for at, view in own.items() if known and not any(map(view.is_of, known))}
            answers = {number: rows[entity, number] for number in sent if (entity, number) in rows}
            found = Alike(entity, sent, there, shown, answers)
            if is_told or any(map(found.has_twin, sent)):
                yield found


def twins(form: Form) -> Iterator[tuple[str, list[int]]]:
    """The needs of one entity that a form shows alike in all, by nr."""
    for (entity, _), sent in _sent(filled_in(form)).items():
        found: dict[str, list[int]] = {}
        for number, rows in sent.items():
            found.setdefault(repr(_seen(rows)), []).append(number)
        yield from ((entity, numbers) for numbers in found.values() if len(numbers) > 1)


def _seen(sent: _Rows) -> dict[str, dict[str, object]]:
    """What the actor saw of a need; of alternatives that they are such, for their letter follows the place."""
    return {one: {**cells, _GROUP: _GROUP in cells} for one, cells in sent.items()}


def _sent(prefilled: Prefilled) -> dict[tuple[str, frozenset[str]], dict[int, _Rows]]:
    """What the rows of each nr were filled in with, by who needs and who delivers."""
    found: dict[tuple[str, frozenset[str]], dict[int, _Rows]] = {}
    for (part, entity, number), rows in prefilled.rows.items():
        if part == NEEDS.name and number.isdigit():
            found.setdefault((entity, named_in(rows)), {})[int(number)] = rows
    return found
