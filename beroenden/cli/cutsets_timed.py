"""beroenden cutsets --timed"""

from typing import TYPE_CHECKING, Any

from beroenden.cli.common import heading, line, table, write_json
from beroenden.cli.moments import Moments, moments_of, moments_words
from beroenden.cli.progress import announce, compiling, progress_bar
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.analysis.cutsets.timed import TimedCutSets
    from beroenden.model.network import Network


def timed_cutsets(
    network: "Network", target: str, max_order: int | None, limit: int, options: dict[str, Any], json_path: str | None
) -> None:
    """Search, and print the sets with the moments at which they hold."""
    from beroenden.analysis.cutsets.timed import MAX_ORDER, TimedSearch

    moments = moments_of(network, options, len(network.entities))
    search = TimedSearch(
        network,
        target,
        moments.length,
        moments.starts,
        every=moments.every,
        max_order=max_order or MAX_ORDER,
        horizon=moments.horizon,
        processes=options["processes"],
    )
    compiling()
    search.begin()
    announce(search.scenarios_left, search.seconds_left(), options["yes"])
    with progress_bar(say("Söker snittmängder", "Searching cut sets")) as search.progress:
        found = search.found()
    if not write_json(json_path, found.to_dict(limit)):
        _print(found, moments, limit)


def _print(found: "TimedCutSets", moments: Moments, limit: int) -> None:
    from beroenden.units.numbers import number

    _print_question(found, moments)
    if found.is_partial:
        done = number(found.scenarios)
        line(
            say(
                f"OFULLSTÄNDIGT: avbrutet efter {done} scenarier; alla mängder upp till ordning {found.searched} är prövade.",
                f"PARTIAL: stopped after {done} scenarios; all sets up to order {found.searched} were tried.",
            )
        )
    if not found.sets:
        line(_nothing(found))
        return
    counts = [(order, number(count)) for order, count in found.by_order.items()]
    table((say("Ordning", "Order"), say("Antal", "Number")), counts, right=(0, 1))
    _print_sets(found, limit)


def _print_question(found: "TimedCutSets", moments: Moments) -> None:
    from beroenden.analysis.words import entities_in_words
    from beroenden.units.durations import duration_in_words

    name, length = found.network.called[found.target], duration_in_words(found.length)
    heading(say(f"Minimala snittmängder i tiden: {name}", f"Minimal timed cut sets: {name}"))
    if found.max_delay is None:
        late = say("sen alls (tolerabel försening är okänd)", "late at all (its tolerable delay is unknown)")
    else:
        most = duration_in_words(found.max_delay)
        late = say(f"mer än {most} sen (det tolerabla)", f"more than {most} late (what is tolerable)")
    when = moments_words(moments, found.network.timezone)
    line(
        say(
            f"Samtidiga avbrott på {length}, {when}, som gör betalningen {late}. "
            f"Prövat: {entities_in_words(found.candidates)}, högst {found.max_order} åt gången.",
            f"Simultaneous outages of {length}, {when}, that make the payment {late}. "
            f"Tried: {entities_in_words(found.candidates)}, at most {found.max_order} at a time.",
        )
    )


def _nothing(found: "TimedCutSets") -> str:
    from beroenden.units.durations import duration_in_words

    horizon = duration_in_words(found.horizon)
    if not found.runs:
        return say(f"Betalningen ska inte bli klar inom {horizon}.", f"No run of the payment is due within {horizon}.")
    return say("Inga sådana avbrott gör den så sen.", "No such outages make it that late.")


def _print_sets(found: "TimedCutSets", limit: int) -> None:
    from beroenden.units.numbers import number, percent
    from beroenden.units.times import table_time, time_zone

    zone, names = time_zone(found.network.timezone), found.network.called
    shown = found.sets[:limit]
    rows = [
        (
            len(one.entities),
            " + ".join(names[each] for each in one.entities),
            table_time(one.first_start, zone),
            percent(one.starts / len(found.starts)),
        )
        for one in shown
    ]
    columns = (
        say("Ordning", "Order"),
        say("Faller tillsammans", "Fail together"),
        say("Först vid start", "First starting"),
        say("Vid", "At"),
    )
    is_window = len(found.starts) > 1
    if shown:
        table(
            columns if is_window else columns[:2],
            rows if is_window else [row[:2] for row in rows],
            right=(0, 3),
            whole=(2,),
        )
    if is_window and shown:
        line(say("Vid: andel av starttiderna då mängden räcker.", "At: share of the starts at which the set suffices."))
    if len(shown) < len(found.sets):
        count = number(len(found.sets))
        line(
            say(
                f"Visar {len(shown)} av {count} mängder; --limit N visar fler.",
                f"Shows {len(shown)} of {count} sets; --limit N shows more.",
            )
        )
