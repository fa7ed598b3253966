"""The rows of Behov put together: the rows of one need."""

from dataclasses import dataclass, field

from beroenden.interop.inject_list.columns import folded
from beroenden.interop.questionnaire.cells import persons_are_told, read_text
from beroenden.interop.questionnaire.change import Unseen
from beroenden.interop.questionnaire.claimed import need_is_claimed
from beroenden.interop.questionnaire.columns import GONE, NEEDS, SYNONYMS
from beroenden.interop.questionnaire.content import Row as Written
from beroenden.interop.questionnaire.content import is_stand_in, stand_in
from beroenden.interop.questionnaire.decided import is_decided
from beroenden.interop.questionnaire.left import names_are_left
from beroenden.interop.questionnaire.likeness import alike, likeness_is_told
from beroenden.interop.questionnaire.outrun import gone_is_told, is_as_sent, touched
from beroenden.interop.questionnaire.replaced import need_is_replaced
from beroenden.interop.questionnaire.session import Session, rest_is_checked
from beroenden.interop.questionnaire.table import Row, Table, nothing_is_computed
from beroenden.interop.questionnaire.things import is_new
from beroenden.interop.sheets import Value
from beroenden.language import say
from beroenden.model.entities import Need
from beroenden.model.labels import TLP, strictest
from beroenden.sharing.viewer import viewer_for


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


def said_of_gone(session: Session, bundle: Bundle) -> str:
    """What the actor has written of the rows that it takes away."""
    said = []
    for row in filter(is_gone, bundle.rows):
        told, before = row.value("anmärkning"), before_of(session, bundle).get(row.text("till"), {})
        if told is not None and "anmärkning" in touched(row, before):
            said.append(read_text(told, row.at("anmärkning")))
            persons_are_told(said[-1], row.at("anmärkning"))
    return "; ".join(said)


def bundles_of(session: Session, table: Table) -> list[Bundle]:
    """The needs that the rows are; faulty rows are told and left out."""
    found: dict[tuple[str, ...], Bundle] = {}
    for row in table.rows():
        is_sound = nothing_is_computed(row) and _mark_is_known(row)
        if is_sound and not _is_gone(session, row, row.text("från")) and names_are_left(session, row):
            rest_is_checked(session, row, NEEDS.columns)
            continue
        if is_sound and (need_is_replaced(session, row) or is_decided(session, row, "från", "till")):
            rest_is_checked(session, row, NEEDS.columns)
            continue
        entity, provider = _consumer(session, row), _provider(session, row)
        if entity is None or provider is None or not is_sound:
            rest_is_checked(session, row, NEEDS.columns)
            continue
        group = folded(row.text("alternativ_grupp"))
        key = (entity, group) if group else (entity, "", str(row.number))
        bundle = found.setdefault(key, Bundle(entity))
        bundle.rows.append(row)
        bundle.providers.append(provider)
    return [bundle for bundle in found.values() if _is_one(session, bundle)]


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
    if _is_gone(session, row, text):
        gone_is_told(row.at("från"), NEEDS)
        return None
    found = session.resolved(text, row.at("från"))
    if found is None or session.is_own(found):
        return found
    if need_is_claimed(session, row, found):
        return None
    owner = found if found in session.added else session.network.actor_of(found)
    message = say(
        f"vad {found} behöver ändras inte här: det är {owner} som svarar för den, inte {session.actor}",
        f"what {found} needs is not changed here: {owner} answers for it, not {session.actor}",
    )
    row.at("från").error("B845", message)
    return None


def _is_gone(session: Session, row: Row, consumer: str) -> bool:
    """Whether a row is as it was sent, but who needs or who delivers is the actor's, or in the model, no more."""
    number, provider = row.text("nr"), row.text("till")
    before = session.prefilled.need(consumer, int(number) if number.isdigit() else None).get(provider)
    if not is_as_sent(row, before):
        return False
    has_provider = is_stand_in(provider) or session.entity_of(provider) is not None
    return not (has_provider and session.is_own(consumer))


def _provider(session: Session, row: Row) -> str | None:
    """Who delivers: an id, the stand-in, or something new that is marked so."""
    text = row.text("till")
    if not text:
        row.at("till").error("B847", say("till är tom: vem levererar?", "till is empty: who delivers?"))
        return None
    if is_stand_in(text):
        return stand_in()
    found = session.entity_of(text)
    if found is not None or _is_gone(session, row, row.text("från")):
        if found in session.network.entity and not session.is_seen(found):
            _hidden_is_told(session, row, found)
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
    near = alike(session, name, "supplier")
    made, label = session.new_id(name), _label_of_new(session, row)
    told = {"id": made, "name": name, "kind": "supplier", "tlp": label, "source": session.source}
    session.add(told, row.at("till"))
    message = say(
        f"{name[:40]} läggs till som leverantör, med id {made}, märkningen {label} och utan ägare",
        f"{name[:40]} is added as a supplier, with id {made}, the label {label} and without an owner",
    )
    row.at("till").info("B847", message)
    _unseen_is_told(session, row, made, name, label)
    likeness_is_told(session, made, name, near, row.at("till"))
    return made


def _unseen_is_told(session: Session, row: Row, made: str, name: str, label: str) -> None:
    """Tell of a new supplier that the actor itself may not read of; who may read what is for the working group to decide."""
    viewer = viewer_for(session.network, session.actor)
    if viewer.may_read(label):
        return
    message = say(
        f"{session.actor} kommer inte att se {name[:40]} i sitt nästa formulär och sina rapporter: märkningen är {label}, utan ägare, "
        f"och {session.actor} läser {viewer.label}. Arbetsgruppen beslutar: en annan märkning, en ägare, eller en [[audience]] "
        f"som låter {session.actor} läsa {label}",
        f"{session.actor} will not see {name[:40]} in its next form and its reports: the label is {label}, without an owner, and "
        f"{session.actor} reads {viewer.label}. The working group decides: another label, an owner, or an [[audience]] that lets "
        f"{session.actor} read {label}",
    )
    row.at("till").warning("B856", message)
    session.unseen.append(Unseen(made, name, label, viewer.label))


def _hidden_is_told(session: Session, row: Row, provider: str) -> None:
    """Tell of a supplier of the model that the actor names but may not read of: it will not see its own answer again."""
    if is_gone(row):
        return
    viewer, one = viewer_for(session.network, session.actor), session.network.entity[provider]
    label = session.network.label_of(provider)
    message = say(
        f"{session.actor} kommer inte att se {one.name} i sitt nästa formulär och sina rapporter, där behovet står som "
        f"”{stand_in()}”: märkningen är {label}, och {session.actor} läser {viewer.label}. Arbetsgruppen beslutar: en annan "
        f"märkning, eller en [[audience]] som låter {session.actor} läsa {label}",
        f"{session.actor} will not see {one.name} in its next form and its reports, where the need stands as "
        f'"{stand_in()}": the label is {label}, and {session.actor} reads {viewer.label}. The working group decides: another '
        f"label, or an [[audience]] that lets {session.actor} read {label}",
    )
    row.at("till").warning("B856", message)
    told = Unseen(provider, one.name, label, viewer.label)
    if told not in session.unseen:
        session.unseen.append(told)


def _label_of_new(session: Session, row: Row) -> str:
    """The label of a supplier that only one actor has named: the strictest of the need's, the consumer's and TLP:AMBER."""
    given, consumer = row.text("delning").upper(), session.entity_of(row.text("från"))
    known = [given if given in TLP else session.label]
    known += [session.label_of(consumer)] if consumer else []
    return strictest("TLP:AMBER", session.network.tlp, *known)


def _is_one(session: Session, bundle: Bundle) -> bool:
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
    if not is_sound:
        for row in bundle.rows:
            rest_is_checked(session, row, NEEDS.columns)
    return is_sound


def before_of(session: Session, bundle: Bundle) -> dict[str, dict[str, Value]]:
    """What the rows of a need were filled in with, by provider; none of a new one, or where that is not known."""
    return session.prefilled.need(bundle.entity, bundle.number)


def need_of(session: Session, bundle: Bundle) -> Need | None:
    """The need of the model that a bundle is."""
    return None if bundle.index is None else session.network.entity[bundle.entity].needs[bundle.index]
