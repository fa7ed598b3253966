"""The rows of Behov: what the actor's entities need, from whom, and how long they manage without."""

from math import isclose
from typing import Any

from beroenden.interop.questionnaire.bundles import Bundle, before_of, bundles_of, need_of, said_of_gone
from beroenden.interop.questionnaire.cells import NEAR, Answer, Said, Silence, answer, means_the_same
from beroenden.interop.questionnaire.change import Change, Unknown
from beroenden.interop.questionnaire.columns import NEEDS
from beroenden.interop.questionnaire.content import is_stand_in, stand_in
from beroenden.interop.questionnaire.deleted import deleted, deleted_are_told
from beroenden.interop.questionnaire.emptied import added_since_is_told, emptied_cells_are_told
from beroenden.interop.questionnaire.endurance import Endurance
from beroenden.interop.questionnaire.left import hidden_number, purpose_in
from beroenden.interop.questionnaire.matching import absent, matched, was_sent
from beroenden.interop.questionnaire.outrun import (
    certainty_is_of_the_answer,
    changed_since,
    newer_is_told,
    newer_than_added_is_told,
)
from beroenden.interop.questionnaire.prefilled import whole
from beroenden.interop.questionnaire.session import (
    Session,
    Target,
    changes_of,
    day_is_kept,
    keep_label,
    new_table,
    read_answers,
    stamp,
)
from beroenden.interop.questionnaire.table import Table
from beroenden.interop.questionnaire.things import is_new
from beroenden.interop.sheets import CellPlace
from beroenden.language import say
from beroenden.model.entities import Need
from beroenden.units.numbers import number

Told = dict[str, tuple[Answer, CellPlace]]

_COLUMNS = tuple(column for column in NEEDS.columns if column.attribute)
_ALMOST = 1e-6
"""By how much shares may miss 1: people write them in whole per cent."""


def read_needs(session: Session, table: Table) -> None:
    """The needs that the actor's entities have, new ones, and those that are taken away."""
    bundles = matched(session, bundles_of(session, table))
    for bundle in bundles:
        number = hidden_number(bundle.rows)
        if number is not None:
            session.numbers[bundle.entity, bundle.index] = number
        need = need_of(session, bundle)
        if not bundle.kept and not deleted(session, bundle):
            if need is not None:
                _newer_goes_is_told(session, bundle)
                gone, place = toml_need(need), bundle.rows[0].at("ändring")
                said = said_of_gone(session, bundle)
                session.changes.append(
                    Change("removed", "need", bundle.entity, bundle.index, "", gone, None, place, said, number)
                )
            continue
        _read_bundle(session, bundle, need)
        deleted_are_told(session, bundle)
    for entity, index in absent(session, table, bundles):
        if not was_sent(session, table, entity, index):
            added_since_is_told(table.at(table.below), str(Unknown(entity, index, "")))
            continue
        message = say(
            f"behov {index + 1} hos {entity} finns inte i formuläret och behålls; skriv bort i ändring om det inte finns",
            f"need {index + 1} of {entity} is not in the form and is kept; write bort in ändring if it is no more",
        )
        table.at(table.below).info("B850", message)
        session.absent.append(Unknown(entity, index, "", *session.need_named(entity, index)))


def _read_bundle(session: Session, bundle: Bundle, need: Need | None) -> None:
    is_as_it_was = need is not None and _providers_are_as_sent(session, bundle, need)
    providers = (need.form, toml_need(need)[need.form]) if need and is_as_it_was else _providers(session, bundle, need)
    told = _told(session, bundle)
    _floor_of_endurance(told)
    delivers = tuple(providers[1] if isinstance(providers[1], (list, dict)) else [providers[1]]) if providers else ()
    target = Target("need", bundle.entity, bundle.index, need, delivers, _purpose(bundle))
    if need is not None:
        rows, written = [row for row, _ in bundle.kept] or bundle.rows, bundle.written[0].cells
        before = whole(before_of(session, bundle))
        is_added = before is None and is_new(rows[0])
        day_is_kept(session, target, before, told, NEEDS.column("verifierad"), is_added=is_added)
        certainty_is_of_the_answer(rows, _COLUMNS, written, before, told)
        newer_is_told(session, rows, _COLUMNS, written, before, told)
        if is_added:
            newer_than_added_is_told(session, rows, _COLUMNS, written, told)
        sent = before_of(session, bundle)
        emptied_cells_are_told(
            session, target, [(row, sent.get(row.text("till"))) for row in rows], _COLUMNS, written, told
        )
    if providers is None or any(said is None for said, _ in told.values()):
        return
    form, value = providers
    if not _at_least_is_right(bundle, need, told, form, value):
        return
    if need is None:
        _add(session, bundle, target, {form: value}, told)
        return
    changed = _change_of_form(session, bundle, need, form, value)
    found = changes_of(session, target, _COLUMNS, told)
    if changed and not found:
        found = list(stamp(session, target, ["till"], changed[0].cell))
    session.changes += [*changed, *found]


def _purpose(bundle: Bundle) -> str:
    """What a need is for, as its rows say, or as the questionnaire has it."""
    return purpose_in(bundle.rows) or (str(bundle.written[0].cells["vad"] or "") if bundle.written else "")


def _newer_goes_is_told(session: Session, bundle: Bundle) -> None:
    """Tell of a need that is to go, where the model has changed it since the form was written."""
    before = whole(before_of(session, bundle))
    target = Target("need", bundle.entity, bundle.index)
    day_is_kept(session, target, before, {}, NEEDS.column("verifierad"))
    if before is not None and changed_since(_COLUMNS, bundle.written[0].cells, before):
        message = say(
            "modellen har ändrat behovet sedan formuläret skrevs: ska det bort ändå?",
            "the model has changed the need since the form was written: is it still to go?",
        )
        session.outrun.append((bundle.rows[0].at("ändring"), message))


def _providers_are_as_sent(session: Session, bundle: Bundle, need: Need) -> bool:
    """Whether nobody has touched who delivers; where the model has others now, that is told."""
    before = before_of(session, bundle)
    told = {row.text("till"): row for row, _ in bundle.kept}
    if not before or told.keys() != before.keys() or len(bundle.kept) != len(bundle.rows):
        return False
    by_row = [NEEDS.column(name) for name in ("andel", "alternativ_grupp")]
    for provider, row in told.items():
        for column in by_row:
            value, was = row.value(column.name), before[provider].get(column.name)
            is_silent = value is None and column.name == "andel"
            if not is_silent and not means_the_same(value, was, column, row.table.units.get(column.name, "")):
                return False
    if {str(row.cells["till"]) for row in bundle.written} != {
        stand_in() if is_stand_in(one) else one for one in before
    }:
        now = ", ".join(need.providers)
        message = say(
            f"modellen har andra leverantörer än när formuläret skrevs: {now}. Cellen är orörd, och de står kvar",
            f"the model has other providers than when the form was written: {now}. The cell is untouched; they stay",
        )
        bundle.rows[0].at("till").info("B852", message)
    return True


def _told(session: Session, bundle: Bundle) -> Told:
    """What the rows of a need say of it; where two of them say it, they must agree."""
    before = whole(before_of(session, bundle)) if bundle.written else None
    written = bundle.written[0].cells if bundle.written else {}
    found: Told = {}
    for row, _ in bundle.kept:
        for name, (said, place) in read_answers(session, row, _COLUMNS, written, before).items():
            if name in found and found[name][0] != said:
                message = say(
                    f"raderna i gruppen säger olika om {name}; skriv det på en av dem",
                    f"the rows of the group say different things of {name}; write it in one of them",
                )
                place.error("B848", message)
            found.setdefault(name, (said, place))
    return found


def _floor_of_endurance(told: Told) -> None:
    """What is told of the endurance: its steps, and a floor that was told with them."""
    said, place = told.get("uthållighet", (None, None))
    if not isinstance(said, Said) or place is None or not isinstance(said.value, Endurance):
        return
    told["uthållighet"] = (Said(said.value.steps), place)
    if said.value.floor is None:
        return
    golv = told.get("golv")
    if golv is not None and golv[0] != Said(said.value.floor):
        message = say(
            "uthållighetens ”därefter” och golv säger olika; skriv det på ett ställe",
            'the "därefter" of uthållighet and golv differ; write it in one place',
        )
        place.error("B848", message)
    told["golv"] = (Said(said.value.floor), place)


def _providers(session: Session, bundle: Bundle, need: Need | None) -> tuple[str, Any] | None:
    """The form of the need and what it is of: an id, ids, or shares by id; None where a fault has been told."""
    shares = _shares(session, bundle)
    if shares is None:
        return None
    is_grouped = any(row.has("alternativ_grupp") for row in bundle.rows) or len(bundle.kept) > 1
    form = "shares" if shares or (need and need.form == "shares") else "any_of" if is_grouped else "provider"
    if form == "provider" and need is not None and need.form == "any_of":
        form = "any_of"
    if form == "provider":
        only = bundle.kept[0][1]
        if only != stand_in():
            return form, only
        return _hidden_as_it_is(bundle, need)
    if form == "shares":
        made = _whole_shares(session, bundle, need, shares)
        return None if made is None else (form, made)
    return form, _members(session, bundle, need)


def _hidden_as_it_is(bundle: Bundle, need: Need | None) -> tuple[str, Any] | None:
    """The provider that the actor may not know of, as the model has it."""
    if need is not None and need.form == "provider":
        return "provider", need.providers[0]
    row = bundle.rows[0]
    message = say(
        "vilken leverantör? Det som inte delas kan bara stå kvar", "which provider? What is not shared can only stay"
    )
    row.at("till").error("B844", message)
    return None


def _hidden(session: Session, need: Need | None) -> list[str]:
    """The providers of a need that the actor may not know of."""
    seen = {one for one, _, _ in session.form.choices}
    return [] if need is None else [one for one in need.providers if one not in seen]


def _members(session: Session, bundle: Bundle, need: Need | None) -> list[str]:
    """The providers in the order of the model, new ones last; those that are not shared, or whose rows are deleted, stay."""
    told = [provider for _, provider in bundle.kept if provider != stand_in()]
    stay = {*_hidden(session, need), *deleted(session, bundle)}
    before = list(need.providers) if need else []
    sent = [session.entity_of(one) or one for one in before_of(session, bundle)]
    since = [one for one in before if sent and one not in sent]
    return [one for one in before if one in told or one in stay or one in since] + [
        one for one in told if one not in before and one not in sent
    ]


def _shares(session: Session, bundle: Bundle) -> dict[str, tuple[Answer, CellPlace]] | None:
    """What is told of shares, by provider; None where one is faulty."""
    column = NEEDS.column("andel")
    written = {str(row.cells["till"]): row.cells["andel"] for row in bundle.written}
    sent = before_of(session, bundle) if bundle.written else {}
    found: dict[str, tuple[Answer, CellPlace]] = {}
    for row, provider in bundle.kept:
        said = answer(row, column, written.get(provider), sent.get(row.text("till"), {}).get("andel"))
        if said is None:
            return None
        if said is not Silence.UNCHANGED:
            found[provider] = (said, row.at("andel"))
    return found


def _whole_shares(
    session: Session, bundle: Bundle, need: Need | None, told: dict[str, tuple[Answer, CellPlace]]
) -> dict[str, float] | None:
    """The share of every provider, which together are the whole."""
    before = dict(zip(need.providers, need.shares, strict=True)) if need and need.shares else {}
    made: dict[str, float] = {}
    for one in _members(session, bundle, need):
        said = told.get(one, (None, None))[0]
        share = said.value if isinstance(said, Said) else before.get(one)
        if share is None:
            row = next((row for row, provider in bundle.kept if provider == one), bundle.rows[0])
            row.at("andel").error("B848", say("andelen saknas", "the share is missing"))
            return None
        made[one] = share
    if stand_in() in told:
        message = say(
            "andelen av det som inte delas kan bara stå kvar", "the share of what is not shared can only stay"
        )
        told[stand_in()][1].error("B848", message)
        return None
    total = sum(made.values())
    if (told or made.keys() != before.keys()) and not isclose(total, 1, abs_tol=_ALMOST):
        message = say(
            f"andelarna blir {number(total, 4)}, inte 1 (100 %)", f"the shares make {number(total, 4)}, not 1 (100 %)"
        )
        bundle.rows[0].at("andel").error("B848", message)
        return None
    return made


def _at_least_is_right(bundle: Bundle, need: Need | None, told: Told, form: str, value: Any) -> bool:
    """Whether as many of the alternatives must work as there are, at most."""
    said, place = told.get("minst_antal", (None, bundle.rows[0].at("minst_antal")))
    stays = need.at_least if need and said is None else 1
    wanted = said.value if isinstance(said, Said) else stays
    if form != "any_of" and isinstance(said, Said):
        message = say(
            "minst_antal hör till alternativ: rader med samma alternativ_grupp",
            "minst_antal goes with alternatives: rows with the same alternativ_grupp",
        )
    elif form == "any_of" and wanted > len(value):
        message = say(
            f"{wanted} ska fungera, men gruppen har bara {len(value)} alternativ",
            f"{wanted} must work, but the group has only {len(value)} alternatives",
        )
    else:
        return True
    place.error("B848", message)
    return False


def _change_of_form(session: Session, bundle: Bundle, need: Need, form: str, value: Any) -> list[Change]:
    """The changes of who delivers; what is said of those that go stands with the first."""
    before = toml_need(need)[need.form]
    if form == need.form and (_same_shares(before, value) if form == "shares" else before == value):
        return []
    place = bundle.rows[0].at("till")

    def change(key: str, old: Any, new: Any, said: str = "") -> Change:
        return Change("changed", "need", bundle.entity, bundle.index, key, old, new, place, said)

    said = said_of_gone(session, bundle)
    if form == need.form:
        return [change(form, before, value, said)]
    found = [change(need.form, before, None, said), change(form, None, value)]
    return [*found, change("at_least", need.at_least, None)] if need.at_least != 1 else found


def _same_shares(one: dict[str, float], other: dict[str, float]) -> bool:
    return one.keys() == other.keys() and all(isclose(one[key], other[key], abs_tol=NEAR) for key in one)


def _add(session: Session, bundle: Bundle, target: Target, providers: dict[str, Any], told: Told) -> None:
    """A new need, of an entity of the model or a new one."""
    changes = changes_of(session, target, _COLUMNS, told)
    table = {**providers, **new_table(session, changes)}
    table.setdefault("source", session.source)
    keep_label(session, table, session.label_of(bundle.entity))
    place = bundle.rows[0].at("till")
    if bundle.entity in session.added:
        session.added[bundle.entity][0].setdefault("needs", []).append(table)
    else:
        session.changes.append(Change("added", "need", bundle.entity, None, "", None, table, place))


def toml_need(need: Need) -> dict[str, Any]:
    """A need as the model files have it, as far as people read it in a difference."""
    providers: Any = {
        "provider": need.providers[0],
        "any_of": list(need.providers),
        "shares": dict(zip(need.providers, need.shares, strict=False)),
    }[need.form]
    return {need.form: providers} | ({"what": need.what} if need.what else {})
