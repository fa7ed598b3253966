"""The requests of a follow-up: what the own house has asked without an answer, and what others have asked of it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from beroenden.documents.document import Block, Paragraph, Table
from beroenden.incident.asked import AskedOfUs
from beroenden.incident.followup import FollowUp
from beroenden.incident.log.entries import Request
from beroenden.language import say
from beroenden.units.durations import duration_in_words
from beroenden.units.times import short_time, table_time


def request_blocks(follow_up: FollowUp, zone: ZoneInfo) -> Iterator[Block]:
    """Own requests for help or information that nobody has answered, then others' requests, answered or not."""
    if follow_up.requests:
        yield _own_table(follow_up, zone)
    else:
        yield Paragraph(_none(follow_up))
    if follow_up.asked:
        yield _asked_table(follow_up, zone)


def due_in_words(due: int, at: int, zone: ZoneInfo) -> str:
    """When something is due, and how long ago that was."""
    when = table_time(due, zone)
    if due >= at:
        return when
    span = duration_in_words(at - due)
    return f"{when} ({say(f'passerad sedan {span}', f'passed {span} ago')})"


def _none(follow_up: FollowUp) -> str:
    own = say("egen ", "of its own ") if follow_up.asked else ""
    if follow_up.to:
        return say(
            f"Bland det som delas finns ingen {own}obesvarad begäran om hjälp eller information.",
            f"There is no unanswered request {own}for help or information in what is shared.",
        )
    return say(
        f"Loggen har ingen {own}obesvarad begäran om hjälp eller information.",
        f"The log has no unanswered request {own}for help or information.",
    )


def _own_table(follow_up: FollowUp, zone: ZoneInfo) -> Table:
    headings = (
        say("Begäran", "Request"),
        say("Ställd till", "Made to"),
        say("När", "When"),
        say("Svar senast", "Answer no later than"),
    )
    return Table(headings, tuple(_own_row(follow_up, one, zone) for one in follow_up.requests))


def _own_row(follow_up: FollowUp, one: Request, zone: ZoneInfo) -> tuple[str, ...]:
    kind = say("hjälp", "help") if one.type == "help" else say("information", "information")
    due = "–" if one.due is None else due_in_words(one.due, follow_up.at, zone)
    return f"{one.text} ({kind})", follow_up.names.get(one.to or "", "–"), table_time(one.time, zone), due


def _asked_table(follow_up: FollowUp, zone: ZoneInfo) -> Table:
    headings = (
        say("Begäran", "Request"),
        say("Ställd av", "Made by"),
        say("När", "When"),
        say("Svar senast", "Answer no later than"),
        say("Svar", "Answer"),
    )
    name = follow_up.actor_name
    caption = say(f"Ställda till {name} av andra:", f"Made to {name} by others:")
    return Table(headings, tuple(_asked_row(one, zone) for one in follow_up.asked), caption)


def _asked_row(one: AskedOfUs, zone: ZoneInfo) -> tuple[str, ...]:
    when = "–" if one.time is None else table_time(one.time, zone)
    text = f"{one.text} ({one.kind})" if one.kind else one.text
    return text, one.name, when, one.due or "–", _answered(one, zone)


def _answered(one: AskedOfUs, zone: ZoneInfo) -> str:
    """The answer of the own log with its time, else what the sender says of one."""
    if one.answered is None:
        return f"{_answer(one)} ({_according_to(one, zone)})"
    when = table_time(one.answered, zone)
    return f"{when}: {one.answer}" if one.answer else when


def _answer(one: AskedOfUs) -> str:
    if one.is_answered is None:
        return say("framgår inte", "not stated")
    return one.answer if one.is_answered else say("obesvarad", "not answered")


def _according_to(one: AskedOfUs, zone: ZoneInfo) -> str:
    if one.is_entered:
        return say("enligt loggen", "according to the log")
    when = short_time(one.at, zone)
    if one.number is None:
        return say(f"läget per {when}", f"as of {when}")
    return say(f"delgivning nr {one.number}, läget per {when}", f"situation report no. {one.number}, as of {when}")
