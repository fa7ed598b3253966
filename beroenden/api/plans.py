"""When a payment run is planned to pass each stage of its chain."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from beroenden.errors import UsageError, unknown_id
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.times import iso, time_zone

if TYPE_CHECKING:
    from beroenden.consequences.runs import Plan

_AROUND = timedelta(days=45)
"""Payment dates this near are named when a day is none."""


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A payment run without any outage."""

    network: Network
    run: "Plan"

    def to_dict(self) -> dict[str, Any]:
        """A row for each stage that the accounts in each bank pass, in order."""
        zone = time_zone(self.network.timezone)

        def written(at: int | None) -> str | None:
            return None if at is None else iso(at, zone)

        run = self.run
        return {
            "schema": "beroenden/plan/1",
            "payment": run.payment.id,
            "date": run.day.isoformat(),
            "planned": written(run.planned),
            "stages": [
                {
                    "bank": branch.bank,
                    "share": branch.share,
                    "stage": stage.id,
                    "name": stage.name,
                    "ready": written(times.ready),
                    "start": written(times.start),
                    "done": written(times.done),
                    "completed": written(times.completion),
                }
                for branch in run.branches
                for stage, times in zip(run.payment.stages, branch.stages, strict=True)
                if times is not None
            ],
        }


def plan(network: Network, payment: str, day: str | date) -> RunPlan:
    """When one run of a payment is planned to pass each stage, for the accounts in each bank.

    Args:
        network: The model.
        payment: Its id.
        day: A payment date, such as "2026-12-18".

    Raises:
        UsageError: for an unknown payment, or a day on which it is not paid.

    >>> import beroenden
    >>> network = beroenden.load_or_raise("models/soes")
    >>> beroenden.plan(network, "barnbidrag", "2026-12-18").to_dict()["planned"]
    '2026-12-18T07:50+01:00'
    """
    from beroenden.consequences.dates import payment_dates
    from beroenden.consequences.runs import timetable

    if payment not in network.payment:
        raise unknown_id(say("betalning", "payment"), payment, [*network.payment])
    asked, chosen = as_date("day", day), network.payment[payment]
    near = payment_dates(chosen, asked - _AROUND, asked + _AROUND)
    if asked not in near:
        raise UsageError(_not_paid(payment, asked, near))
    return RunPlan(network, timetable(network).plan(chosen, asked))


def as_date(name: str, given: str | date) -> date:
    """A day as people write it, "2026-12-18".

    Raises:
        UsageError: for a text that is no day.
    """
    try:
        return given if isinstance(given, date) else date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            say(f"{name}: ”{given}” är ingen dag; skriv 2026-12-18.", f'{name}: "{given}" is no day; write 2026-12-18.')
        ) from None


def _not_paid(payment: str, day: date, near: list[date]) -> str:
    dates = ", ".join(map(str, near))
    there = say(f"; nära den betalas {dates}", f"; it is paid on {dates}") if near else ""
    return say(f"{payment} betalas inte {day}{there}.", f"{payment} is not paid on {day}{there}.")
