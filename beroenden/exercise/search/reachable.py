"""Whether each actor can be engaged at all, and if not, why."""

from bisect import bisect_left
from collections.abc import Iterator

from beroenden.consequences.runs import timetable
from beroenden.errors import UsageError
from beroenden.exercise.search.engagement import Engagement
from beroenden.exercise.search.space import Space, may_fail
from beroenden.incident.lagesbild.writer import listed
from beroenden.language import say
from beroenden.model.entities import Need
from beroenden.model.network import Network
from beroenden.units.durations import HOUR, duration_in_words

_LISTED = 5


def check_reachable(engagement: Engagement) -> None:
    """Refuse a search that cannot find anything, as far as that is known beforehand.

    Raises:
        UsageError: for an actor that no outage of others engages, or a payment without a run, with the reason.
    """
    space = engagement.space
    for payment in space.wishes.must_hit:
        if not _has_run(space, payment):
            raise UsageError(
                say(
                    f"{_payment(space, payment)} har ingen körning i perioden; välj en annan --window.",
                    f"{_payment(space, payment)} has no run in the period; choose another --window.",
                )
            )
    for place, actor in enumerate(space.wishes.actors):
        if (reason := _reason(engagement, place)) is not None:
            name = space.network.entity[actor].name
            raise UsageError(say(f"{name} kan inte övas: {reason}", f"{name} cannot be engaged: {reason}"))


def nothing_found(engagement: Engagement, engaging: int) -> UsageError:
    """The error for a search in which no set does the job, with what comes nearest.

    Args:
        engaging: Scenarios that engaged all actors, without hitting what they must.
    """
    space = engagement.space
    k = space.wishes.k
    if engaging:
        payments = listed(_payment(space, payment) for payment in space.wishes.must_hit)
        return UsageError(
            say(
                f"Inget avbrott av högst {k} samtidigt berör alla aktörer och gör dessutom {payments} sen. "
                "Välj en annan --window, längre --for, högre --k eller färre --must-hit.",
                f"No outage of at most {k} together engages all actors and makes {payments} late as well. "
                "Choose another --window, a longer --for, a higher --k or fewer --must-hit.",
            )
        )
    reached, best, engaged = engagement.most_engaged()
    actors = space.wishes.actors
    if not reached.all():
        names = _names(space, [actor for actor, is_reached in zip(actors, reached, strict=True) if not is_reached])
        return UsageError(
            say(
                f"Inget avbrott av högst {k} samtidigt berör {names}: det krävs fler på en gång. Välj högre --k eller längre --for.",
                f"No outage of at most {k} together engages {names}: it takes more at once. Choose a higher --k or a longer --for.",
            )
        )
    left = _names(space, [actor for actor, is_engaged in zip(actors, engaged, strict=True) if not is_engaged])
    out = _names(space, [space.candidates[place] for place in best])
    return UsageError(
        say(
            f"Varje aktör kan beröras, men inte alla av samma avbrott, vid samma starttid, av högst {k} samtidigt. "
            f"Närmast kommer {out}, som när den berör de andra inte berör {left}: betalar de på andra dagar? "
            "Välj en annan --window, högre --k eller färre aktörer.",
            f"Each actor can be engaged, but not all by one outage, at one start, of at most {k} together. "
            f"Nearest comes {out}, which when it engages the others does not engage {left}: do they pay on other days? "
            "Choose another --window, a higher --k or fewer actors.",
        )
    )


def _reason(engagement: Engagement, place: int) -> str | None:
    """Why the outage of everything that others answer for does not engage an actor; None where it does."""
    space, network = engagement.space, engagement.space.network
    own, concerns = space.own[place], space.concerns[place]
    if not concerns and len(own) == 1 and not network.entity[own[0]].needs:
        return say("den äger inget och betalar inget i modellen.", "it owns nothing and pays nothing in the model.")
    others = _others(space, place, [one.id for one in network.entities])
    can_fail = [one for one in others if network.entity[one].kind not in ("citizens", "authority")]
    if not can_fail:
        return say("bara dess eget avbrott når den.", "only its own outage reaches it.")
    wanted = [one for one in can_fail if one in may_fail(network, space.wishes)]
    if not wanted:
        return say(
            f"allt som når den står i --avoid ({_names(space, can_fail)}).",
            f"everything that reaches it is in --avoid ({_names(space, can_fail)}).",
        )
    if engagement.engaged_by(wanted, space.wishes.lengths[-1])[:, place].any():
        return None
    if not any(_has_run(space, payment) for payment in concerns) and not _rests(network, own, wanted):
        return say(
            "dess betalningar har ingen körning i perioden; välj en annan --window.",
            "its payments have no run in the period; choose another --window.",
        )
    return _holds_out(engagement, place, wanted)


def _others(space: Space, place: int, ids: list[str]) -> list[str]:
    """Those of some entities that an actor depends on and does not answer for."""
    upstream, own = space.upstream[place], space.own[place]
    return [one for one in ids if one in upstream and one not in own]


def _rests(network: Network, own: tuple[str, ...], wanted: list[str]) -> bool:
    return not network.upstream(own).isdisjoint(wanted)


def _has_run(space: Space, payment: str) -> bool:
    network = space.network
    until = space.starts[-1] + space.wishes.horizon
    return bool(timetable(network).runs(network.payment[payment], space.starts[0], until))


def _holds_out(engagement: Engagement, place: int, wanted: list[str]) -> str:
    """That an actor goes on through the longest outage, by which endurance, and how long an outage would have to be."""
    space = engagement.space
    longest = duration_in_words(space.wishes.lengths[-1])
    text = say(
        f"den klarar sig genom avbrott på {longest}, det längsta i --for.",
        f"it goes on through outages of {longest}, the longest in --for.",
    )
    lasting = sorted(_endurances(space, place, wanted), key=lambda one: one[0])
    if lasting:
        minutes, whose, need = lasting[0]
        providers, lasts = _names(space, need.providers), duration_in_words(minutes)
        text += say(
            f" Kortast är uthålligheten för {whose} utan {providers}: {lasts}.",
            f" The shortest endurance is that of {whose} without {providers}: {lasts}.",
        )
    enough = _enough(engagement, place, wanted)
    if enough is None:
        return text + say(" Inte heller längre avbrott berör den.", " Nor do longer outages engage it.")
    words = duration_in_words(enough)
    return text + say(f" Ett avbrott på {words} skulle beröra den.", f" An outage of {words} would engage it.")


def _endurances(space: Space, place: int, wanted: list[str]) -> Iterator[tuple[int, str, Need]]:
    """(minutes, whose, need) of the endurances that no outage outlasts."""
    network, longest = space.network, space.wishes.lengths[-1]
    needs = [(network.entity[one].name, need) for one in space.own[place] for need in network.entity[one].needs]
    for payment in space.concerns[place]:
        for stage in network.payment[payment].stages:
            needs += [(f"{_payment(space, payment)}, {stage.name}", need) for need in stage.needs]
    for whose, need in needs:
        full = max((step.minutes for step in need.endurance or () if step.level >= 1), default=0)
        if full >= longest and not network.upstream(need.providers).isdisjoint(wanted):
            yield full, whose, need


def _enough(engagement: Engagement, place: int, wanted: list[str]) -> int | None:
    """The shortest outage in whole hours that engages an actor, by bisection; None: none as far as one looks."""

    def engages(hours: int) -> bool:
        return bool(engagement.engaged_by(wanted, hours * HOUR)[:, place].any())

    wishes = engagement.space.wishes
    hours = range(wishes.lengths[-1] // HOUR, wishes.horizon // HOUR + 1)
    first = bisect_left(hours, True, key=engages)
    return hours[first] * HOUR if first < len(hours) else None


def _payment(space: Space, payment: str) -> str:
    return space.network.payment[payment].name


def _names(space: Space, ids: "list[str] | tuple[str, ...]") -> str:
    """Names in a sentence; of many, the first and how many more."""
    names = [space.network.entity[one].name for one in ids[:_LISTED]]
    more = len(ids) - _LISTED
    return listed([*names, say(f"{more} till", f"{more} more")] if more > 0 else names)
