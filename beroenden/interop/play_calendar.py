"""The play plan (spelplan) of an exercise as a calendar, RFC 5545: when each stage and each inject is played."""

from collections.abc import Iterator

from icalendar import Event

from beroenden.exercise.exercise import CONTROL, Exercise, Inject, Stage
from beroenden.interop.calendars import calendar_of, moment, new_event
from beroenden.interop.stable_ids import stable_id
from beroenden.language import say, writing_in
from beroenden.model.network import Network
from beroenden.modelfiles.findings import visible
from beroenden.units.times import short_time, time_zone

_LENGTH = 10
"""Minutes that an inject takes in the calendar, if the next does not come before."""
_FIRST = 946_684_800 // 60
"""The stamp of an exercise as first planned, from which each time that it is changed counts on: no clock is read, so that
the same exercise gives the same bytes, and a later calendar is never stamped earlier."""
_STATUS = {"reservinspel": "TENTATIVE", "överhoppat": "CANCELLED"}


def calendar(exercise: Exercise, network: Network, actor: str | None = None) -> bytes:
    """The calendar of the game control, or of a player.

    What an inject says, and who is responsible for it, stays in the list: calendars end up in telephones. A reserve
    inject is tentative, one that is skipped cancelled.

    Args:
        actor: A player organisation: it gets the stages and nothing of the injects; None: the game control, which gets all.

    Returns:
        The content of an .ics file; the same for the same exercise.
    """
    with writing_in(exercise.language):
        # The exercise's own label is for the game control's papers; a player's names nothing but that player.
        label = network.label_of(actor) if actor else exercise.tlp or network.tlp
        name = _summary(label, visible(exercise.name))
        span = (exercise.play_start, exercise.stages[-1].play_until)
        events = _events(exercise, network, label, actor)
        return calendar_of("spelplan", name, network.timezone, span, events)


def _events(exercise: Exercise, network: Network, label: str, actor: str | None) -> Iterator[Event]:
    for stage in exercise.stages:
        yield _stage(exercise, network, label, stage, actor)
    if actor is None:
        for inject in exercise.injects:
            yield _inject(exercise, network, label, inject)


def _stage(exercise: Exercise, network: Network, label: str, stage: Stage, actor: str | None) -> Event:
    count = len(exercise.stages)
    about = say(f"Skede {stage.number} av {count}", f"Stage {stage.number} of {count}")
    if actor is not None:  # how much is left is no player's to know
        about = visible(exercise.name) + say(f", skede {stage.number}", f", stage {stage.number}")
    description = [_no_real_event(), visible(exercise.name)]
    if actor is None:
        zone = time_zone(network.timezone)
        span = " – ".join(short_time(one, zone) for one in dict.fromkeys((stage.since, stage.until)))
        description.append(say(f"Scenariotid: {span}", f"Scenario time: {span}"))
    uid = stable_id(exercise, "calendar", actor or CONTROL, "stage", stage.number)
    made = _event(exercise, uid, _summary(label, about), description)
    _span(made, stage.play, stage.play_until, network.timezone)
    return made


def _inject(exercise: Exercise, network: Network, label: str, inject: Inject) -> Event:
    to = say(CONTROL, "the game control") if inject.to == CONTROL else network.entity[inject.to].name
    number, title = inject.number, visible(inject.title)
    about = say(f"Inspel {number} till {to}: {title}", f"Inject {number} to {to}: {title}")
    if inject.kind == "reservinspel":
        about = say("RESERV ", "RESERVE ") + about
    if inject.status == "överhoppat":  # many programs show a cancelled event as any other
        about = say("ÖVERHOPPAT ", "SKIPPED ") + about
    time = short_time(inject.time, time_zone(network.timezone))
    description = [
        _no_real_event(),
        say(f"Typ: {inject.kind}. Form: {inject.form}.", f"Kind: {inject.kind}. Form: {inject.form}."),
        say(f"Från: {visible(inject.sender)}", f"From: {visible(inject.sender)}"),
        say(f"Scenariotid: {time}", f"Scenario time: {time}"),
        say(f"Texten finns i inspelslistan, nr {number}.", f"The text is in the inject list, no. {number}."),
    ]
    uid = stable_id(exercise, "calendar", CONTROL, "inject", number)
    made = _event(exercise, uid, _summary(label, about), description)
    _span(made, inject.play, _until(exercise, inject), network.timezone)
    status = _STATUS.get(inject.status) or _STATUS.get(inject.kind)
    if status:
        made.add("status", status)
    return made


def _until(exercise: Exercise, inject: Inject) -> int:
    """When an inject ends in the calendar: so that none hides behind the one before."""
    later = [one.play for one in exercise.injects if one.play > inject.play]
    return min([inject.play + _LENGTH, *later])


def _summary(label: str, about: str) -> str:
    """The label and that it is an exercise stand first: a calendar cuts what stands last."""
    return f"{label} {say('ÖVNING', 'EXERCISE')} {about}"


def _no_real_event() -> str:
    return say("ÖVNING: detta har inte hänt.", "EXERCISE: this has not happened.")


def _event(exercise: Exercise, uid: str, summary: str, description: list[str]) -> Event:
    made = new_event(uid, _FIRST + exercise.revision, summary, description, "CONFIDENTIAL")
    made.add("sequence", exercise.revision)
    return made


def _span(event: Event, start: int, end: int, timezone: str) -> None:
    event.add("dtstart", moment(start, timezone))
    event.add("dtend", moment(end, timezone))
