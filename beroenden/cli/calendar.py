"""beroenden calendar"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from beroenden.cli.common import command, json_option, line, load_network, model_argument, table, write_json
from beroenden.cli.days import first_and_last_day
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.analysis.calendar import Entry


@command(
    "Visa betalnings- och händelsekalendern.",
    "Show the payment and event calendar.",
    "beroenden calendar models/soes --from 2026-12-01 --to 2026-12-31",
)
@model_argument
@first_and_last_day
@json_option
def calendar(model: Path, first: datetime, last: datetime, json_path: str | None) -> None:
    """Print payment runs with their times, and planned events, in order of time."""
    from beroenden.analysis.calendar import calendar_between, to_dict

    if last < first:
        raise UsageError(say("--to ligger före --from.", "--to lies before --from."))
    network = load_network(model)
    entries = calendar_between(network, first.date(), last.date())
    if write_json(json_path, to_dict(network, entries)):
        return
    if not entries:
        line(say("Inga betalningar eller händelser i perioden.", "No payments or events in the period."))
        return
    rows = [
        (
            entry.day_text,
            entry.name,
            entry.time_text,
            *_size(entry),
            entry.remark,
        )
        for entry in entries
    ]
    headings = (
        say("Dag", "Day"),
        say("Betalning eller händelse", "Payment or event"),
        say("Klar", "Done"),
        say("Antal", "Number"),
        say("Belopp", "Amount"),
        say("Anmärkning", "Remark"),
    )
    table(headings, rows, right=(3, 4))


def _size(entry: "Entry") -> tuple[str, str]:
    """How many payouts a run has and how much money; an event has neither."""
    from beroenden.units.numbers import money, number

    if entry.kind == "event":
        return "", ""
    unknown = say("okänt", "unknown")
    count = unknown if entry.count is None else number(entry.count)
    return count, unknown if entry.amount is None else money(entry.amount)
