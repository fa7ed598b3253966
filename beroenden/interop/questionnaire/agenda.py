"""The list of what answers leave to take up: what actors do not agree to, and what they know that nobody knows.

None of it changes the model, so it is kept beside it, one list for the answers of all. What people have written in the list
stays, and an answer that is there already is not put in again; what is asked of a need that goes is decided by that. Its words
are the same in every language, as in the form.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from beroenden.errors import UsageError
from beroenden.interop.delimited import divided, guarded, text_of
from beroenden.interop.questionnaire.change import WHO, Answers, Change, Likeness, Objection, Outrun, Unknown
from beroenden.interop.questionnaire.content import EVERY
from beroenden.interop.questionnaire.values import duration_text
from beroenden.interop.sheets import Faulty, Sheet, Value
from beroenden.language import say
from beroenden.model.labels import TLP
from beroenden.model.network import Network
from beroenden.model.payments import Payment

COLUMNS = ("datum", "aktör", "ärende", "gäller", "uppgift", "kommentar", "ta upp med", "kontakt", "beslut", "märkning")
"""`beslut` is for people to fill in; `märkning` is the label of the form, for the comment is others' words."""
SHOWN = COLUMNS[2:7]
"""What of it fits a terminal."""
_TELLING = ("aktör", "ärende", "gäller", "uppgift", "kommentar")
_DISAGREES, _COMMENTS, _UNKNOWN, _REMARKS = "håller inte med", "kommenterar", "känt som okänt", "anteckning"
_UNSURE = "står som låg säkerhet"
_OUTRUN = "svar mot nyare uppgift"
_UNSEEN = "syns inte för den som uppgav det"
_ABSENT = "borttaget ur formuläret"
_CONTRADICTS = "svaren säger emot varandra"
_SAME_PLACE = "samma plats i ordningen"
_ALIKE = "kan vara samma"
_NO_LONGER = "behöver inte längre"
_ONE_OF_SEVERAL = ": ett av flera behov"
_AGREES = ": stämmer"
_PROMISED = "förväntad_återställning"
"""The column of a need that those who deliver it know: the others are for the one that needs."""

Entry = dict[str, str]


def entries(answers: Answers, network: Network, today: date) -> list[Entry]:
    """What answers leave to take up, and with whom."""
    return list(_entries(answers, network, today))


def _entries(answers: Answers, network: Network, today: date) -> Iterator[Entry]:
    start = {"datum": today.isoformat(), "aktör": answers.actor, "märkning": answers.label}
    for one in answers.on_others:
        if one.agrees and not one.comment:
            continue
        about = {
            "ärende": {True: _COMMENTS, False: _DISAGREES, None: _UNKNOWN}[one.agrees],
            "gäller": one.who,
            "uppgift": f"behöver {one.needs}" + (_AGREES if one.agrees is None else ""),
        }
        yield start | about | {"kommentar": one.comment} | _whom_of(network, one)
    for unknown in answers.unknown:
        at = "" if unknown.need is None else f"behov {unknown.need + 1}: "
        about = {"ärende": _UNKNOWN, "gäller": unknown.id, "uppgift": f"{at}{unknown.column}", "kommentar": ""}
        yield start | about | _who_knows(network, unknown, answers)
    yield from (start | one for one in _gone(network, answers))
    for absent in answers.absent:
        at = "" if absent.need is None else f"behov {absent.need + 1}: "
        about = {"ärende": _ABSENT, "gäller": absent.id, "uppgift": f"{at}{absent.column or 'raden'}", "kommentar": ""}
        yield start | about | _whom(network, answers.actor)
    for outrun in answers.outrun:
        at = "" if outrun.need is None else f"behov {outrun.need + 1}: "
        about = {"ärende": _OUTRUN, "gäller": outrun.id, "uppgift": f"{at}{outrun.column}"}
        yield start | about | {"kommentar": _against(outrun)} | _whom(network, answers.actor)
    for unsure in answers.unsure:
        at = "" if unsure.need is None else f"behov {unsure.need + 1}: "
        about = {"ärende": _UNSURE, "gäller": unsure.id, "uppgift": f"{at}{unsure.column}", "kommentar": ""}
        yield start | about | _whom(network, answers.actor)
    for unseen in answers.unseen:
        told = f"{answers.actor} läser {unseen.reads}: annan märkning, ägare eller läsrätt?"
        about = {"ärende": _UNSEEN, "gäller": unseen.id, "uppgift": f"{unseen.name}: {unseen.label}", "kommentar": told}
        yield start | about | {"ta upp med": "arbetsgruppen", "kontakt": ""}
    for likeness in answers.likenesses:
        about = {"ärende": _ALIKE, "gäller": likeness.id, "uppgift": likeness.name}
        yield start | about | _the_other(network, likeness, answers)
    yield from (start | one for one in _contradictions(network, answers.actor))
    yield from (start | one for one in _same_places(network, answers.actor))
    for remark in answers.remarks:
        about = {"ärende": _REMARKS, "gäller": remark.about, "uppgift": remark.where, "kommentar": remark.text}
        yield start | about | _whom(network, answers.actor)


def _gone(network: Network, answers: Answers) -> Iterator[Entry]:
    """What the actor no longer needs of others: they are to know."""
    for consumer, what, lost in _lost(answers):
        for provider in lost:
            others = _others(network, [provider], answers)
            if others:
                is_needed = any(provider in need.providers for need in network.entity[consumer].needs)
                told = f"behöver {provider}" + (_ONE_OF_SEVERAL if is_needed else "")
                about = {"ärende": _NO_LONGER, "gäller": consumer, "uppgift": told, "kommentar": what}
                yield about | _whom_of_actors(network, others)


def _lost(answers: Answers) -> Iterator[tuple[str, str, list[str]]]:
    """Of each need that loses providers: whose it is, what it is for where the whole need goes, and those providers."""
    replaced: dict[tuple[str, int | None], list[Change]] = {}
    for change in answers.changes:
        if change.kind == "removed":
            providers = next(change.before[key] for key in WHO if key in change.before)
            yield change.id, change.before.get("what", ""), _ids(providers)
        elif change.kind == "changed" and change.key in WHO:
            replaced.setdefault((change.id, change.need), []).append(change)
    for (consumer, _), changes in replaced.items():
        after = {one for change in changes for one in _ids(change.after)}
        yield consumer, "", [one for change in changes for one in _ids(change.before) if one not in after]


def _ids(providers: Any) -> list[str]:
    """The ids in what a need has of who delivers it."""
    return [] if providers is None else [providers] if isinstance(providers, str) else list(providers)


def _the_other(network: Network, one: Likeness, answers: Answers) -> Entry:
    """What something new may be, as far as the label of the answers lets that be named."""
    group, known = {"ta upp med": "arbetsgruppen", "kontakt": ""}, network.entity.get(one.other)
    if known is not None and not _may_be_named(network, one.other, answers):
        return {"kommentar": "liknar något i modellen med strängare märkning: är det en ny?"} | group
    is_answered_for = known is not None and (known.owner is not None or known.kind != "supplier")
    whom = _whom(network, one.other) if is_answered_for else group
    return {"kommentar": f"liknar {one.other_name} ({one.other}): är det en ny?"} | whom


def _contradictions(network: Network, actor: str) -> Iterator[Entry]:
    """What an actor says of its own parts that cannot all hold."""
    for one in network.entities:
        if network.actor_of(one.id) != actor:
            continue
        for longer, shorter in (("rto", "mtpd"), ("rta", "rto")):
            time, most = getattr(one, longer), getattr(one, shorter)
            if time is not None and most is not None and time > most:
                told = f"{longer} {duration_text(time)}, {shorter} {duration_text(most)}"
                why = f"{longer} är längre än {shorter}"
                about = {"ärende": _CONTRADICTS, "gäller": one.id, "uppgift": told, "kommentar": why}
                yield about | _whom(network, one.id)


def _same_places(network: Network, actor: str) -> Iterator[Entry]:
    """An actor's payments that have the same place in the common order as another: that is not decided."""
    first: dict[int, Payment] = {}
    for one in network.payments:
        there = one if one.priority is None else first.setdefault(one.priority, one)
        own, other = (one, there) if network.actor_of(one.payer) == actor else (there, one)
        if there is not one and network.actor_of(own.payer) == actor:
            told = f"prioritet {own.priority}, samma som {other.id}"
            about = {"ärende": _SAME_PLACE, "gäller": own.id, "uppgift": told, "kommentar": ""}
            yield about | _whom(network, other.id)


def _against(outrun: Outrun) -> str:
    """What is answered and what the model has, and which of them it has now."""
    answer = f"svaret {outrun.answer}" if outrun.answer else "svaret"
    day = f", verifierad {outrun.verified}" if outrun.verified else ""
    became = "är inläst" if outrun.is_read else "är inte inläst"
    return f"{answer} {became}; modellen hade {outrun.now}{day}"


def _whom_of(network: Network, one: Objection) -> Entry:
    """Whom to ask about what another needs: of what many payments need, all who pay them."""
    who, _, stage = one.who.partition("/")
    if who != EVERY:
        return _whom(network, who)
    payments = (
        payment
        for payment in network.payments
        for step in payment.stages
        if step.id == stage and any(one.needs in need.providers for need in step.needs)
    )
    actors = dict.fromkeys(network.entity[network.actor_of(payment.payer)].name for payment in payments)
    return {"ta upp med": ", ".join(actors), "kontakt": ""}


def _who_knows(network: Network, unknown: Unknown, answers: Answers) -> Entry:
    """Who is to find out what an actor does not know: it itself, and of what it may expect of others, those who deliver."""
    others = _others(network, unknown.providers, answers) if unknown.column == _PROMISED else []
    return _whom_of_actors(network, others or [answers.actor])


def _others(network: Network, providers: Iterable[str], answers: Answers) -> list[str]:
    """The other actors that answer for providers, as far as the label of the answers lets them be named."""
    shown = (one for one in providers if one in network.entity and _may_be_named(network, one, answers))
    return list(dict.fromkeys(actor for one in shown if (actor := network.actor_of(one)) != answers.actor))


def _may_be_named(network: Network, entity: str, answers: Answers) -> bool:
    return TLP.index(network.label_of(entity)) <= TLP.index(answers.label)


def _whom_of_actors(network: Network, actors: list[str]) -> Entry:
    """How one actor is reached; of several, their names."""
    if len(actors) == 1:
        return _whom(network, actors[0])
    return {"ta upp med": ", ".join(network.entity[one].name for one in actors), "kontakt": ""}


def _whom(network: Network, about: str) -> Entry:
    """The actor that answers for an entity or payment, and how it is reached."""
    payment = network.payment.get(about)
    actor = network.entity[network.actor_of(payment.payer if payment else about)]
    contact = actor.contact
    reached = [one for one in (contact.role, contact.channel) if one] if contact else []
    return {"ta upp med": actor.name, "kontakt": ", ".join(reached)}


def agenda_csv(new: Iterable[Entry], before: bytes | None) -> bytes:
    """The list as a Swedish Excel opens it, with what is new last.

    Args:
        before: The list as it is; None where there is none yet.

    Raises:
        UsageError: when that is no such list.
    """
    heads, rows = _read(before) if before is not None else (list(COLUMNS), [])
    known = {_key(row) for row in rows}
    added = [one for one in new if _key(one) not in known]
    rows = [_decided(row, added) for row in rows] + added
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(head) for head in heads])
    writer.writerows([guarded(row.get(head, "")) for head in heads] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _decided(row: Entry, added: list[Entry]) -> Entry:
    """A row that asks of a need, as decided where that need is gone and nothing else has been decided."""
    if row.get("ärende") not in (_DISAGREES, _COMMENTS, _UNKNOWN) or row.get("beslut", "").strip():
        return row
    asked = (row["gäller"], row["uppgift"].removesuffix(_AGREES))
    gone = [one for one in added if one["ärende"] == _NO_LONGER and (one["gäller"], one["uppgift"]) == asked]
    return row | {"beslut": f"behovet är borttaget ({gone[0]['aktör']} {gone[0]['datum']})"} if gone else row


def _key(entry: Entry) -> tuple[str, ...]:
    return tuple(" ".join(entry.get(name, "").split()) for name in _TELLING)


def _read(content: bytes) -> tuple[list[str], list[Entry]]:
    """The headings of a list, those of people's own included, and its rows."""
    sheet = divided(text_of(content), lambda text: text.strip().lower() in COLUMNS)
    head = next(
        (number for number, cells in sheet.rows.items() if set(_TELLING) <= set(map(_text, cells.values()))), None
    )
    if head is None:
        raise UsageError(
            say(
                f"filen är ingen lista över det som ska tas upp: den ska ha kolumnerna {', '.join(_TELLING)}. Ange en ny fil.",
                f"the file is no list of what to take up: it needs the columns {', '.join(_TELLING)}. Give a new file.",
            )
        )
    return _below(sheet, head)


def _below(sheet: Sheet, head: int) -> tuple[list[str], list[Entry]]:
    heads = {column: _text(value) for column, value in sheet.rows[head].items()}
    rows = [cells for number, cells in sorted(sheet.rows.items()) if number > head]
    found = [{name: _plain(cells[column]) for column, name in heads.items() if column in cells} for cells in rows]
    return [*heads.values(), *(name for name in COLUMNS if name not in heads.values())], found


def _plain(value: Value | Faulty) -> str:
    return value.text if isinstance(value, Faulty) else str(value)


def _text(value: Value | Faulty) -> str:
    return _plain(value).strip().lower()
