"""beroenden cutsets"""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import command, heading, json_option, line, load_network, model_argument, table, write_json
from beroenden.cli.cutsets_timed import timed_cutsets
from beroenden.cli.moments import moment_options
from beroenden.cli.progress import yes_option
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.analysis.cutsets.cutsets import CutSets


@command(
    "Visa minimala snittmängder: vilka varaktiga bortfall som tillsammans slår ut en entitet eller betalning.",
    "Show minimal cut sets: which lasting failures together bring an entity or a payment down.",
    "beroenden cutsets models/soes --target swish",
)
@model_argument
@click.option(
    "--target",
    required=True,
    metavar="ID",
    shell_complete=ids.of_all,
    help=say("Entitet eller betalning.", "Entity or payment."),
)
@click.option(
    "--max-order",
    type=click.IntRange(min=1),
    metavar="N",
    help=say("Bara mängder av högst så många entiteter.", "Only sets of at most so many entities."),
)
@click.option(
    "--level",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.0,
    metavar=say("NIVÅ", "LEVEL"),
    help=say(
        "Målet är nere när nivån för alltid är högst denna [0]; för en betalning: något stegs kapacitet.",
        "The target is down when its level is at most this for ever [0]; of a payment: some stage's capacity.",
    ),
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help=say("Antal mängder och entiteter som visas.", "Number of sets and entities shown."),
)
@click.option(
    "--timed",
    is_flag=True,
    help=say(
        "I stället: vilka samtidiga avbrott av längden --for gör betalningen senare än det tolerabla (ordning högst 3 om inget annat anges).",
        "Instead: which simultaneous outages of length --for make the payment later than is tolerable (order at most 3 unless given).",
    ),
)
@moment_options
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help=say("Antal processer att räkna på, med --timed.", "Number of processes to compute on, with --timed."),
)
@yes_option
@json_option
def cutsets(
    model: Path,
    target: str,
    max_order: int | None,
    level: float,
    limit: int,
    timed: bool,
    json_path: str | None,
    **options: Any,
) -> None:
    """Print counts, the smallest sets, unavailability and importance."""
    from beroenden.analysis.cutsets.cutsets import cut_sets

    if timed:
        if level:
            raise UsageError(say("--level gäller varaktiga bortfall.", "--level is for lasting failures."))
        timed_cutsets(load_network(model), target, max_order, limit, options, json_path)
        return
    if any(options[name] for name in ("length", "start", "window", "every", "horizon")):
        raise UsageError(
            say(
                "--for, --start, --window, --every och --horizon hör till --timed.",
                "--for, --start, --window, --every and --horizon go with --timed.",
            )
        )
    found = cut_sets(load_network(model), target, level)
    if not write_json(json_path, found.to_dict(limit, max_order)):
        _print(found, limit, max_order)


def _print(found: "CutSets", limit: int, max_order: int | None) -> None:
    from beroenden.units.numbers import number, percent

    network, target = found.network, found.target
    name = network.called[target]
    level = say(f", högst {percent(found.level)} kvar", f", at most {percent(found.level)} left") if found.level else ""
    heading(say(f"Minimala snittmängder: {name}{level}", f"Minimal cut sets: {name}{level}"))
    if not found.count:
        line(say("Inga bortfall slår ut målet.", "No failures bring the target down."))
        return
    counts = [(order, number(count)) for order, count in found.by_order.items()]
    table((say("Ordning", "Order"), say("Antal", "Number")), counts, right=(0, 1))
    _print_sets(found, limit, max_order)
    _print_unavailability(found)
    _print_importance(found, limit)


def _print_sets(found: "CutSets", limit: int, max_order: int | None) -> None:
    from beroenden.units.numbers import number

    counted = sum(count for order, count in found.by_order.items() if max_order is None or order <= max_order)
    shown = min(limit, counted)
    if shown:
        heading(say("De minsta", "The smallest"))
        names = ([found.network.called[one] for one in each] for each in islice(found.smallest_first(), shown))
        columns = (say("Ordning", "Order"), say("Faller tillsammans", "Fail together"))
        table(columns, ((len(each), " + ".join(each)) for each in names), right=(0,))
    if shown < found.count:
        line(
            say(
                f"Visar {number(shown)} av {number(found.count)} mängder; resten är inte listade.",
                f"Shows {number(shown)} of {number(found.count)} sets; the rest are not listed.",
            )
        )


def _print_unavailability(found: "CutSets") -> None:
    from beroenden.analysis.words import entities_in_words

    heading(say("Otillgänglighet", "Unavailability"))
    if found.unavailability is not None:
        line(_share(found.unavailability))
        return
    names = [found.network.called[one] for one in found.without_data]
    lacking, low, high = entities_in_words(len(names)), *map(_share, found.bounds)
    line(
        say(
            f"Okänd: feldata (failure) saknas för {lacking}. Den ligger från {low}, om inget av det någonsin faller, "
            f"till {high}, om allt alltid är nere.",
            f"Unknown: there are no failure data of {lacking}. It lies from {low}, if none of it ever fails, "
            f"to {high}, if all of it is always down.",
        )
    )
    line(say("Utan feldata: ", "Without failure data: ") + ", ".join(names))


def _print_importance(found: "CutSets", limit: int) -> None:
    from beroenden.units.numbers import number

    shown = found.importance[:limit]
    if not shown:
        return
    heading(say("Betydelse", "Importance"))
    columns = [say("Entitet", "Entity"), say("Mängder", "Sets"), say("Minsta", "Smallest")]
    rows = [[found.network.called[one.entity], number(one.sets), str(one.lowest_order)] for one in shown]
    if found.unavailability is not None:
        columns += ["Birnbaum", "Fussell-Vesely", "RAW"]
        measures = ((one.birnbaum, one.fussell_vesely, one.risk_achievement_worth) for one in shown)
        rows = [row + [_share(value) for value in each] for row, each in zip(rows, measures, strict=True)]
    table(columns, rows, right=range(1, len(columns)))
    if len(shown) < len(found.importance):
        line(
            say(
                f"Visar {len(shown)} av {len(found.importance)} entiteter.",
                f"Shows {len(shown)} of {len(found.importance)} entities.",
            )
        )


def _share(value: float | None) -> str:
    """Three significant digits, small ones with an exponent."""
    if value is None:
        return "–"
    return say(f"{value:.3g}".replace(".", ","), f"{value:.3g}")
