"""The rows of Behov put together: the rows of one need, and which need of the model they are."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from beroenden.interop.inject_list.columns import folded
from beroenden.interop.questionnaire.columns import GONE, NEEDS, SYNONYMS
from beroenden.interop.questionnaire.content import Row as Written
from beroenden.interop.questionnaire.content import is_stand_in, stand_in
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.table import Row, Table, nothing_is_computed
from beroenden.interop.questionnaire.things import is_new
from beroenden.language import say
from beroenden.model.entities import Need
from beroenden.model.labels import TLP, strictest


@dataclass(slots=True)
class Bundle:
    """The rows of one need.

    Attributes:
        entity: Who needs.
        rows: In the order of the file, those that are taken away included.
        providers: What each row names: an id, or the stand-in.
        index: Of the need of the model that it is; None: a new one.
        written: How the questionnaire has that need now.
    """

    entity: str
    rows: list[Row] = field(default_factory=list)
    providers: list[str] = field(default_factory=list)
    index: int | None = None
    written: tuple[Written, ...] = ()

    @property
    def kept(self) -> list[tuple[Row, str]]:
        """The rows that are not taken away, with their providers."""
        return [(row, one) for row, one in zip(self.rows, self.providers, strict=True) if not is_gone(row)]

    @property
    def number(self) -> int | None:
        """The nr of its rows; None where none has one."""
        numbers = [row.text("nr") for row in self.rows if row.has("nr")]
        return int(numbers[0]) if numbers and numbers[0].isdigit() else None


def is_gone(row: Row) -> bool:
    """Whether a row is marked as taken away."""
    text = row.text("ändring")
    words = {folded(GONE), *(folded(word) for word, meant in SYNONYMS["ändring"].items() if meant == GONE)}
    return folded(text) in words


def bundles_of(session: Session, table: Table) -> list[Bundle]:
    """The needs that the rows are, matched with those of the model; faulty rows are told and left out."""
    found: dict[tuple[str, ...], Bundle] = {}
    for row in table.rows():
        is_sound = nothing_is_computed(row) and _mark_is_known(row)
        entity, provider = _consumer(session, row), _provider(session, row)
        if entity is None or provider is None or not is_sound:
            continue
        group = folded(row.text("alternativ_grupp"))
        key = (entity, group) if group else (entity, "", str(row.number))
        bundle = found.setdefault(key, Bundle(entity))
        bundle.rows.append(row)
        bundle.providers.append(provider)
    return _matched(session, [bundle for bundle in found.values() if _is_one(bundle)])


def _mark_is_known(row: Row) -> bool:
    text = row.text("ändring")
    if not text or is_new(row) or is_gone(row):
        return True
    message = say(f"”{text[:40]}” går inte i kolumnen; där står ny eller bort", f'"{text[:40]}" cannot stand here; ny or bort can')  # fmt: skip
    row.at("ändring").error("B843", message)
    return False


def _consumer(session: Session, row: Row) -> str | None:
    """Who needs: one of the actor's own."""
    text = row.text("från")
    if not text:
        row.at("från").error("B847", say("från är tom: vem är det som behöver?", "från is empty: who needs this?"))
        return None
    found = session.resolved(text, row.at("från"))
    if found is None or session.is_own(found):
        return found
    owner = session.network.actor_of(found)
    message = say(
        f"vad {found} behöver ändras inte här: det är {owner} som svarar för den, inte {session.actor}",
        f"what {found} needs is not changed here: {owner} answers for it, not {session.actor}",
    )
    row.at("från").error("B845", message)
    return None


def _provider(session: Session, row: Row) -> str | None:
    """Who delivers: an id, the stand-in, or something new that is marked so."""
    text = row.text("till")
    if not text:
        row.at("till").error("B847", say("till är tom: vem levererar?", "till is empty: who delivers?"))
        return None
    if is_stand_in(text):
        return stand_in()
    found = session.entity_of(text)
    if found is not None:
        return found
    if is_new(row):
        return _new_provider(session, row, text)
    message = say(
        f"modellen har ingen ”{text[:40]}”; är leverantören ny, skriv ny i kolumnen ändring",
        f'the model has no "{text[:40]}"; if the provider is new, write ny in the column ändring',
    )
    row.at("till").error("B844", message, session.nearest(text))
    return None


def _new_provider(session: Session, row: Row, name: str) -> str:
    """A supplier that the model did not know: nobody answers for it yet, and who needs it told of it in confidence."""
    made, label = session.new_id(name), _label_of_new(session, row)
    told = {"id": made, "name": name, "kind": "supplier", "tlp": label, "source": session.source}
    session.add(told, row.at("till"))
    message = say(
        f"{name[:40]} läggs till som leverantör, med id {made}, märkningen {label} och utan ägare",
        f"{name[:40]} is added as a supplier, with id {made}, the label {label} and without an owner",
    )
    row.at("till").info("B847", message)
    return made


def _label_of_new(session: Session, row: Row) -> str:
    """The label of a supplier that only one actor has named: the strictest of the need's, the consumer's and TLP:AMBER."""
    given, consumer = row.text("delning").upper(), session.entity_of(row.text("från"))
    known = [given] if given in TLP else []
    known += [session.network.label_of(consumer)] if consumer in session.network.entity else []
    return strictest("TLP:AMBER", session.network.tlp, *known)


def _is_one(bundle: Bundle) -> bool:
    """Whether the rows are of one nr, and name each provider once."""
    seen: dict[str, Row] = {}
    is_sound = True
    for row, provider in zip(bundle.rows, bundle.providers, strict=True):
        text = row.text("nr")
        if text and not text.isdigit():
            row.at("nr").error("B844", say(f"”{text[:20]}” är inget nr", f'"{text[:20]}" is no nr'))
            is_sound = False
        elif text and bundle.number is not None and int(text) != bundle.number:
            message = say(
                f"raderna i gruppen har olika nr: {bundle.number} och {text}",
                f"the rows of the group have different nr: {bundle.number} and {text}",
            )
            row.at("nr").error("B848", message)
            is_sound = False
        there = seen.setdefault(provider, row)
        if there is not row:
            row.at("till").error(
                "B846", say(f"{provider} står redan på {there}", f"{provider} is there already, in {there}")
            )
            is_sound = False
    return is_sound


def _matched(session: Session, bundles: list[Bundle]) -> list[Bundle]:
    """Each bundle with its need of the model: by nr and providers, by providers alone, then by nr alone."""
    views = _views(session)
    taken: dict[tuple[str, int], Bundle] = {}
    for rule in (_by_both, _by_providers, _by_number):
        for bundle in bundles:
            if bundle.index is None:
                index = rule(bundle, views, taken)
                if index is not None:
                    bundle.index, bundle.written = index, views[bundle.entity, index]
                    taken[bundle.entity, index] = bundle
    return [bundle for bundle in bundles if bundle.index is not None or _is_new_need(session, bundle, views, taken)]


Views = dict[tuple[str, int], tuple[Written, ...]]
Taken = dict[tuple[str, int], Bundle]


def _views(session: Session) -> Views:
    found: dict[tuple[str, int], list[Written]] = {}
    for row in session.form.rows[NEEDS.name]:
        found.setdefault((str(row.key[0]), int(row.key[1])), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _named(written: tuple[Written, ...]) -> set[str]:
    return {str(row.cells["till"]) for row in written}


def _by_both(bundle: Bundle, views: Views, taken: Taken) -> int | None:
    index = (bundle.number or 0) - 1
    is_there = (bundle.entity, index) in views and (bundle.entity, index) not in taken
    return index if is_there and _named(views[bundle.entity, index]) == set(bundle.providers) else None


def _by_providers(bundle: Bundle, views: Views, taken: Taken) -> int | None:
    """The only need that names the same, not taken; of a row marked as new, none."""
    if bundle.rows[0].table.columns.get("ändring") and is_new(bundle.rows[0]):
        return None
    found = [
        index
        for (entity, index), written in views.items()
        if entity == bundle.entity and (entity, index) not in taken and _named(written) == set(bundle.providers)
    ]
    same = [index for index in found if _says_the_same(bundle, views[bundle.entity, index])]
    return same[0] if len(same) == 1 else found[0] if len(found) == 1 else None


def _by_number(bundle: Bundle, views: Views, taken: Taken) -> int | None:
    """The need of the nr, when it names one of the same or is for the same."""
    index = (bundle.number or 0) - 1
    written = views.get((bundle.entity, index))
    if written is None or (bundle.entity, index) in taken:
        return None
    is_like = bool(_named(written) & set(bundle.providers)) or _says_the_same(bundle, written)
    return index if is_like else None


def _says_the_same(bundle: Bundle, written: tuple[Written, ...]) -> bool:
    """Whether the need is for the same: its vad is as written, or not told."""
    told = [row.text("vad") for row in bundle.rows if row.has("vad")]
    return (told[0] if told else "").split() == str(written[0].cells["vad"] or "").split()


def _is_new_need(session: Session, bundle: Bundle, views: Views, taken: Taken) -> bool:
    """Whether a bundle that is no need of the model may be a new one; else it is told why not."""
    row = bundle.rows[0]
    if bundle.number is not None:
        row.at("nr").error("B844", _why_no_such(bundle, views, taken))
        return False
    twins = [one for (entity, _), one in taken.items() if entity == bundle.entity and set(one.providers) == set(bundle.providers)]  # fmt: skip
    if twins and not is_new(row):
        message = say(
            f"{bundle.entity} har redan ett behov av {', '.join(bundle.providers)}, på {twins[0].rows[0]}; är det ett "
            "till, skriv ny i kolumnen ändring",
            f"{bundle.entity} has a need of {', '.join(bundle.providers)} already, in {twins[0].rows[0]}; if it is another, "
            "write ny in the column ändring",
        )
        row.at("till").error("B846", message)
        return False
    return True


def _why_no_such(bundle: Bundle, views: Views, taken: Taken) -> str:
    key = (bundle.entity, (bundle.number or 0) - 1)
    if key in taken:
        there = taken[key].rows[0]
        return say(
            f"nr {bundle.number} hos {bundle.entity} står redan på {there}",
            f"nr {bundle.number} of {bundle.entity} is there already, in {there}",
        )
    known = sorted(_named(views[key])) if key in views else []
    is_other = say(f"är {', '.join(known)}", f"is {', '.join(known)}") if known else say("finns inte", "is not there")
    return say(
        f"nr {bundle.number} hos {bundle.entity} {is_other} i modellen nu; töm nr om det är ett nytt behov",
        f"nr {bundle.number} of {bundle.entity} {is_other} in the model now; empty nr if it is a new need",
    )


def absent(session: Session, bundles: list[Bundle]) -> Iterator[tuple[str, int]]:
    """The needs of the model that no bundle is."""
    there = {(bundle.entity, bundle.index) for bundle in bundles}
    return (key for key in _views(session) if key not in there)


def need_of(session: Session, bundle: Bundle) -> Need | None:
    """The need of the model that a bundle is."""
    return None if bundle.index is None else session.network.entity[bundle.entity].needs[bundle.index]
