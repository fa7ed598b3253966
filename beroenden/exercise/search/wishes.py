"""What is asked of an exercise's scenario."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from beroenden.analysis.ranking.question import HORIZON
from beroenden.errors import UsageError, unknown_id
from beroenden.incident.lagesbild.actors import check_actor
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.durations import DAY, HOUR

Goal = Literal["spread", "depth", "surprise"]
GOALS: tuple[Goal, ...] = get_args(Goal)
MOST_TOGETHER = 3
WANTED = 5
_LENGTHS = 4


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for.

    Attributes:
        actors: Ids of those who are all to be engaged.
        days: First and last day on which an outage may begin.
        lengths: Minutes that the outages may last, rising.
        k: Up to how many fail together.
        must_hit: Ids of payments that are to come late.
        include: Ids of entities that are to fail, whatever else does.
        avoid: Ids of entities that are not to fail.
        goal: What makes one scenario better than another.
        every: Minutes between the starts that are tried; None: as few as the time allows.
        count: How many proposals are wanted.
        horizon: Minutes that are looked at from each start.
    """

    actors: tuple[str, ...]
    days: tuple[date, date]
    lengths: tuple[int, ...]
    k: int = 2
    must_hit: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    goal: Goal = "spread"
    every: int | None = None
    count: int = WANTED
    horizon: int = HORIZON


def check_wishes(wishes: Wishes, network: Network) -> None:
    """Refuse what makes no sense in a network.

    Raises:
        UsageError: for an id that the model does not have, no actors, or a number that is out of bounds.
    """
    if not wishes.actors:
        raise UsageError(say("Ange minst en aktör.", "Give at least one actor."))
    for actor in wishes.actors:
        check_actor(network, actor)
    _check_known(say("betalning", "payment"), wishes.must_hit, network.payment)
    _check_known(say("entitet", "entity"), (*wishes.include, *wishes.avoid), network.entity)
    _check_included(wishes, network)
    if not 1 <= wishes.k <= MOST_TOGETHER:
        raise UsageError(say(f"k är 1 till {MOST_TOGETHER}.", f"k is 1 to {MOST_TOGETHER}."))
    if not wishes.lengths or wishes.lengths[0] <= 0 or wishes.lengths[-1] > wishes.horizon:
        most = wishes.horizon // DAY
        raise UsageError(
            say(
                f"Avbrotten ska vara längre än 0 och högst {most} dygn, så långt fram som man ser.",
                f"The outages should last more than 0 and at most {most} days, which is how far ahead one looks.",
            )
        )


def _check_known(what: str, ids: Iterable[str], known: Mapping[str, object]) -> None:
    for one in ids:
        if one not in known:
            raise unknown_id(what, one, known)


def _check_included(wishes: Wishes, network: Network) -> None:
    """What is to fail can, all of it together, and is not to be avoided as well."""
    for one in wishes.include:
        if one in wishes.avoid:
            raise UsageError(
                say(f"{one} står i både --include och --avoid.", f"{one} is in both --include and --avoid.")
            )
        if network.entity[one].kind in ("citizens", "authority"):
            raise UsageError(
                say(
                    f"{one} slås inte ut i en övning: det är en myndighet eller en grupp av mottagare. Välj ett system eller en leverantör.",
                    f"{one} is not failed in an exercise: it is an authority or a group of recipients. Choose a system or a supplier.",
                )
            )
    if len(wishes.include) > wishes.k:
        raise UsageError(
            say(
                f"--include har {len(wishes.include)} entiteter och --k är {wishes.k}; välj högre --k.",
                f"--include has {len(wishes.include)} entities and --k is {wishes.k}; choose a higher --k.",
            )
        )


def lengths_between(shortest: int, longest: int) -> tuple[int, ...]:
    """Up to four lengths, each as many times the one before, in whole hours where there are several.

    >>> lengths_between(360, 2880), lengths_between(1440, 1440), lengths_between(60, 180)
    ((360, 720, 1440, 2880), (1440,), (60, 120, 180))
    """
    factor = (longest / shortest) ** (1 / (_LENGTHS - 1))
    between = [HOUR * round(shortest * factor**step / HOUR) for step in range(1, _LENGTHS - 1)]
    return tuple(sorted({shortest, *(one for one in between if shortest < one < longest), longest}))


def listed_ids(ids: Sequence[str]) -> tuple[str, ...]:
    """Ids that may be given several at a time, with commas between; each once."""
    return tuple(dict.fromkeys(one for given in ids for one in map(str.strip, given.split(",")) if one))
