"""The list of what answers leave to take up: what actors do not agree to, and what they know that nobody knows.

None of it changes the model, so it is kept beside it, one list for the answers of all. What people have written in the list
stays, and an answer that is there already is not put in again; what is asked of a need that goes, or that the actor's own later
answer settles, is decided by that. Its words are the same in every language, as in the form.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from beroenden.errors import UsageError
from beroenden.interop.delimited import divided, guarded, text_of
from beroenden.interop.questionnaire.change import (
    WHO,
    Answers,
    Change,
    Claimed,
    Likeness,
    Objection,
    Outrun,
    Unknown,
    ids_of,
)
from beroenden.interop.questionnaire.columns import RESOURCES
from beroenden.interop.questionnaire.content import EVERY, form_of, is_stand_in, stand_in
from beroenden.interop.questionnaire.matters import (
    ABSENT,
    AGREES,
    ALIKE,
    CLAIMED,
    COMMENTS,
    DISAGREES,
    NO_LONGER,
    OUTRUN,
    REMARKS,
    SAME_PLACE,
    UNKNOWN,
    UNSEEN,
    UNSURE,
    Entry,
    contradictions,
    same_places,
    whom,
    whom_of_actors,
)
from beroenden.interop.questionnaire.outrun import shown
from beroenden.interop.questionnaire.plainly import in_plain_words, may_be_named
from beroenden.interop.questionnaire.settled import SETTLED
from beroenden.interop.sheets import Faulty, Sheet, Value
from beroenden.language import say, writing_in
from beroenden.model.network import Network

PLAINLY = "i klartext"
"""What `gäller` and `uppgift` say, with names for ids."""
COLUMNS = (
    "datum", "aktör", "ärende", "gäller", "uppgift", PLAINLY, "kommentar", "ta upp med", "kontakt", "beslut", "märkning",
)  # fmt: skip
"""`beslut` is for people to fill in; `märkning` is the label of the form, for the comment is others' words."""
SHOWN = ("ärende", "gäller", "uppgift", "kommentar", "ta upp med")
"""What of it fits a terminal."""
_TELLING = ("aktör", "ärende", "gäller", "uppgift", "kommentar")
_COMPARED = ("typ", "mtpd", "rto", "rta", "rta_testad", "mbco", "rpo", "verifierad", "säkerhet")
"""The columns of what is claimed that both have to answer."""
_ONE_OF_SEVERAL = ": ett av flera behov"
_PROMISED = "förväntad_återställning"
"""The column of a need that those who deliver it know: the others are for the one that needs."""


def entries(answers: Answers, network: Network, today: date) -> list[Entry]:
    """What answers leave to take up, and with whom."""
    return [one | {PLAINLY: in_plain_words(network, answers, one)} for one in _entries(answers, network, today)]


def _entries(answers: Answers, network: Network, today: date) -> Iterator[Entry]:
    start = {"datum": today.isoformat(), "aktör": answers.actor, "märkning": answers.label}
    for one in answers.on_others:
        if one.agrees and not one.comment and one.is_there:
            continue
        about = {
            "ärende": {True: COMMENTS, False: DISAGREES, None: UNKNOWN}[one.agrees],
            "gäller": one.who,
            "uppgift": f"behöver {one.needs}" + (AGREES if one.agrees is None else ""),
        }
        yield start | about | {"kommentar": _comment(one)} | _whom_of(network, one)
    for unknown in answers.unknown:
        about = {"ärende": UNKNOWN, "gäller": unknown.id, "uppgift": _asked(network, unknown, answers), "kommentar": ""}
        yield start | about | _who_knows(network, unknown, answers)
    yield from (start | one for one in _gone(network, answers))
    for absent in answers.absent:
        about = {"ärende": ABSENT, "gäller": absent.id, "uppgift": _asked(network, absent, answers), "kommentar": ""}
        yield start | about | whom(network, answers.actor)
    for outrun in answers.outrun:
        about = {"ärende": OUTRUN, "gäller": outrun.id, "uppgift": _asked(network, outrun, answers)}
        yield start | about | {"kommentar": _against(outrun)} | whom(network, answers.actor)
    for unsure in answers.unsure:
        about = {"ärende": UNSURE, "gäller": unsure.id, "uppgift": _asked(network, unsure, answers), "kommentar": ""}
        yield start | about | whom(network, answers.actor)
    for unseen in answers.unseen:
        told = f"{answers.actor} läser {unseen.reads}: annan märkning, ägare eller läsrätt?"
        about = {"ärende": UNSEEN, "gäller": unseen.id, "uppgift": f"{unseen.name}: {unseen.label}", "kommentar": told}
        yield start | about | {"ta upp med": "arbetsgruppen", "kontakt": ""}
    for likeness in answers.likenesses:
        about = {"ärende": ALIKE, "gäller": likeness.id, "uppgift": likeness.name}
        yield start | about | _the_other(network, likeness, answers)
    for claimed in answers.claimed:
        about = {"ärende": CLAIMED, "gäller": claimed.id, "uppgift": claimed.name}
        yield start | about | _both(network, claimed, answers, today)
    yield from (start | one for one in contradictions(network, answers.actor))
    placed = {one.id for one in answers.changes if one.key == "priority"}
    yield from (start | one for one in same_places(network, answers.actor, placed))
    for remark in answers.remarks:
        about = {"ärende": REMARKS, "gäller": remark.about, "uppgift": remark.where, "kommentar": remark.text}
        yield start | about | whom(network, answers.actor)


def _asked(network: Network, one: Unknown | Outrun, answers: Answers) -> str:
    """The columns that are asked about; of a need with who delivers it, as far as the label of the answers lets that be named.

    What it is for tells it from another of the same, else its number; of one that the actor may not know of, its nr in the form
    too, for that is what the actor sees.
    """
    columns = one.column or "raden"
    if not one.providers:
        return columns
    named = " / ".join(_shown(network, provider, answers) for provider in one.providers)
    needs = network.entity[one.id].needs if one.id in network.entity else ()
    is_one_of_several = sum(set(need.providers) == set(one.providers) for need in needs) > 1
    told = one.purpose if one.purpose or one.need is None or one.number else f"behov {one.need + 1}"
    is_told = is_one_of_several or one.number is not None or any(map(is_stand_in, named.split(" / ")))
    return f"behovet av {named}{_which(one.number, told if is_told else '')}: {columns}"


def _which(number: int | None, told: str = "") -> str:
    """What tells a need from others."""
    parts = [*([f"nr {number} i formuläret"] if number is not None else []), *([told] if told else [])]
    return f" ({', '.join(parts)})" if parts else ""


def _shown(network: Network, provider: str, answers: Answers) -> str:
    """Who delivers, as far as the label of the answers lets that be named; one that the model has not stands as it is answered."""
    if not is_stand_in(provider) and (provider not in network.entity or may_be_named(network, provider, answers)):
        return provider
    with writing_in("sv"):
        return stand_in()


def _gone(network: Network, answers: Answers) -> Iterator[Entry]:
    """What the actor no longer needs of others: they are to know; and what is said of that it no longer needs."""
    for consumer, comment, what, number, lost in _lost(answers):
        for provider in lost:
            others = _others(network, [provider], answers)
            if others or comment:
                is_needed = any(provider in need.providers for need in network.entity[consumer].needs)
                shown_as = _shown(network, provider, answers)
                which = _which(number) if is_stand_in(shown_as) else ""
                told = f"behöver {shown_as}{which}" + (_ONE_OF_SEVERAL if is_needed else "")
                about = {"ärende": NO_LONGER, "gäller": consumer, "uppgift": told}
                said = "; ".join(filter(None, (comment, what)))
                yield about | {"kommentar": said} | whom_of_actors(network, others or [answers.actor])


def _lost(answers: Answers) -> Iterator[tuple[str, str, str, int | None, list[str]]]:
    """Of each need that loses providers: whose it is, what is said of that, what a whole need was for, its nr, and those providers."""
    replaced: dict[tuple[str, int | None], list[Change]] = {}
    for change in answers.changes:
        if change.kind == "removed":
            providers = next(change.before[key] for key in WHO if key in change.before)
            what = f"behovet gällde: {change.before['what']}" if "what" in change.before else ""
            yield change.id, change.comment, what, change.number, ids_of(providers)
        elif change.kind == "changed" and change.key in WHO:
            replaced.setdefault((change.id, change.need), []).append(change)
    for (consumer, _), changes in replaced.items():
        after = {one for change in changes for one in ids_of(change.after)}
        said = "; ".join(change.comment for change in changes if change.comment)
        yield consumer, said, "", None, [one for change in changes for one in ids_of(change.before) if one not in after]


def _the_other(network: Network, one: Likeness, answers: Answers) -> Entry:
    """What something new may be, as far as the label of the answers lets that be named."""
    group, known = {"ta upp med": "arbetsgruppen", "kontakt": ""}, network.entity.get(one.other)
    if known is not None and not may_be_named(network, one.other, answers):
        return {"kommentar": "liknar något i modellen med strängare märkning: är det en ny?"} | group
    is_answered_for = known is not None and (known.owner is not None or known.kind != "supplier")
    asked = f"liknar {one.other_name} ({one.other}): är det en ny?"
    if is_answered_for and (owner := network.actor_of(one.other)) != answers.actor:
        asked = f"liknar {one.other_name} ({one.other}), som {network.entity[owner].name} svarar för: är det en ny?"
    return {"kommentar": asked} | (whom(network, one.other) if is_answered_for else group)


def _both(network: Network, one: Claimed, answers: Answers, today: date) -> Entry:
    """What both say of what is claimed, and with whom it is decided, as far as the label of the answers lets that be named."""
    answer = f"{answers.actor} svarar: {one.answer}" if one.answer else f"{answers.actor} svarar inget mer"
    if not may_be_named(network, one.id, answers):
        return {"kommentar": f"{answer}; raden är inte inläst", "ta upp med": "arbetsgruppen", "kontakt": ""}
    owner = network.entity[one.owner].name
    cells = form_of(network, one.owner, today).by_key[RESOURCES.name, (one.id,)].cells
    stands = [
        f"{column.name} {shown(cells[column.name], column)}"
        for column in RESOURCES.columns
        if column.name in _COMPARED and cells[column.name] is not None
    ]
    told = f"i modellen svarar {owner} för den: {', '.join(stands)}"
    return {"kommentar": f"{answer}; raden är inte inläst, {told}"} | whom(network, one.id)


def _comment(one: Objection) -> str:
    """What is said beside an answer, and that the need is not there, where it is not."""
    if one.is_there:
        return one.comment
    stated = "svarar att det stämmer" if one.agrees else ""
    return "; ".join(filter(None, (stated, one.comment, "modellen har inte längre det behovet")))


def _against(outrun: Outrun) -> str:
    """What is answered and what the model has, and which of them it has now."""
    answer = f"svaret {outrun.answer}" if outrun.answer else "svaret"
    day = f", verifierad {outrun.verified}" if outrun.verified and outrun.column != "verifierad" else ""
    became = "är inläst" if outrun.is_read else "är inte inläst"
    return f"{answer} {became}; modellen hade {outrun.now}{day}"


def _whom_of(network: Network, one: Objection) -> Entry:
    """Whom to ask about what another needs: of what many payments need, all who pay them."""
    who, _, stage = one.who.partition("/")
    if who != EVERY:
        is_known = who in network.entity or who in network.payment
        return whom(network, who) if is_known else {"ta upp med": "arbetsgruppen", "kontakt": ""}
    payments = (
        payment
        for payment in network.payments
        for step in payment.stages
        if step.id == stage and any(one.needs in need.providers for need in step.needs)
    )
    actors = dict.fromkeys(network.entity[network.actor_of(payment.payer)].name for payment in payments)
    return {"ta upp med": ", ".join(actors) or "arbetsgruppen", "kontakt": ""}


def _who_knows(network: Network, unknown: Unknown, answers: Answers) -> Entry:
    """Who is to find out what an actor does not know: it itself, and of what it may expect of others, those who deliver."""
    others = _others(network, unknown.providers, answers) if unknown.column == _PROMISED else []
    return whom_of_actors(network, others or [answers.actor])


def _others(network: Network, providers: Iterable[str], answers: Answers) -> list[str]:
    """The other actors that answer for providers, as far as the label of the answers lets them be named."""
    shown = (one for one in providers if one in network.entity and may_be_named(network, one, answers))
    return list(dict.fromkeys(actor for one in shown if (actor := network.actor_of(one)) != answers.actor))


def agenda_csv(new: Iterable[Entry], before: bytes | None, settled: Callable[[Entry], str]) -> bytes:
    """The list as a Swedish Excel opens it, with what is new last.

    Args:
        before: The list as it is; None where there is none yet.
        settled: What is decided of a row by the answers that leave what is new; empty where it still stands.

    Raises:
        UsageError: when that is no such list.
    """
    heads, rows = _read(before) if before is not None else (list(COLUMNS), [])
    known, asked = {_key(row) for row in rows}, {_key(one): one for one in new}
    added = [one for key, one in asked.items() if key not in known]
    rows = [_asked_again(row) if _key(row) in asked else _decided(row, added, settled) for row in rows] + added
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(head) for head in heads])
    writer.writerows([guarded(row.get(head, "")) for head in heads] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def decided(before: bytes) -> frozenset[tuple[str, str]]:
    """What a list tells that forms have added and people have decided of: the actor, and the id.

    Raises:
        UsageError: when it is no such list.
    """
    _, rows = _read(before)
    added = [row for row in rows if row.get("ärende") in (ALIKE, UNSEEN) and row.get("beslut", "").strip()]
    return frozenset((row.get("aktör", ""), row["gäller"]) for row in added)


def _decided(row: Entry, added: list[Entry], settled: Callable[[Entry], str]) -> Entry:
    """A row that nothing has been decided of, as decided where its need is gone or its question no longer stands."""
    if row.get("beslut", "").strip():
        return row
    decided = _why_gone(row, added) or settled(row)
    return row | {"beslut": decided} if decided else row


def _why_gone(row: Entry, added: list[Entry]) -> str:
    """That the need that a row asks of is gone; empty where it is not."""
    if row.get("ärende") not in (DISAGREES, COMMENTS, UNKNOWN):
        return ""
    asked = (row["gäller"], row["uppgift"].removesuffix(AGREES))
    gone = [one for one in added if one["ärende"] == NO_LONGER and (one["gäller"], one["uppgift"]) == asked]
    return f"behovet är borttaget ({gone[0]['aktör']} {gone[0]['datum']})" if gone else ""


def _asked_again(row: Entry) -> Entry:
    """A row whose question stands again, though it was settled by an answer between."""
    return row | {"beslut": ""} if SETTLED.fullmatch(row.get("beslut", "")) else row


def _key(entry: Entry) -> tuple[str, ...]:
    """What tells a row from others; of what the model shows, not whose answers it was read with."""
    names = _TELLING[1:] if entry.get("ärende") == SAME_PLACE else _TELLING
    return tuple(" ".join(entry.get(name, "").split()) for name in names)


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
