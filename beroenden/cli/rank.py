"""beroenden rank"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.cluster import cluster_at, dask_option
from beroenden.cli.common import command, json_option, load_network, model_argument, write_file, write_json, wrote
from beroenden.cli.moments import Moments, moment_options, moments_of
from beroenden.cli.printable import clean
from beroenden.cli.progress import announce, compiling, progress_bar, yes_option
from beroenden.cli.rank_tables import print_ranking
from beroenden.errors import UsageError
from beroenden.language import Language, say, writing_in

if TYPE_CHECKING:
    from beroenden.analysis.ranking.question import Question
    from beroenden.analysis.ranking.ranking import Ranking
    from beroenden.model.network import Network

_MEASURES = ("recipient_hours", "amount", "payouts", "over_max_delay", "level_hours")


@command(
    "Rangordna entiteter efter vad deras avbrott ställer till med, och när det är som värst.",
    "Rank entities by what their outage does, and when it is at its worst.",
    "beroenden rank models/soes --for 24h --window 2026-12",
)
@model_argument
@moment_options
@click.option(
    "--k",
    type=click.IntRange(1, 3),
    metavar="N",
    default=1,
    show_default=True,
    help=say(
        "Högsta antal som faller samtidigt: 2 ger även par, 3 även tripplar.",
        "Largest number that fail together: 2 also gives pairs, 3 also threes.",
    ),
)
@click.option(
    "--by",
    type=click.Choice(_MEASURES),
    help=say("Det som följderna mäts i [recipient_hours].", "What the consequences are measured by [recipient_hours]."),
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="ID",
    shell_complete=ids.of_all,
    help=say(
        "Bara följder för denna betalning eller entitet räknas; kan upprepas.",
        "Only harm to this payment or entity counts; can be repeated.",
    ),
)
@click.option(
    "--with-events",
    is_flag=True,
    help=say(
        "De planerade händelserna inträffar också; det de själva ställer till med räknas inte.",
        "The planned events happen too; what they do by themselves does not count.",
    ),
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help=say("Antal rader i varje lista.", "Number of rows in each list."),
)
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help=say("Antal processer att räkna på.", "Number of processes to compute on."),
)
@dask_option
@yes_option
@click.option(
    "--chart",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say("Rita rangordningen: .png eller .svg.", "Draw the ranking: .png or .svg."),
)
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help=say("Bildens språk.", "The language of the picture."),
)
@json_option
def rank(model: Path, top: int, chart: Path | None, lang: Language, json_path: str | None, **options: Any) -> None:
    """Print the most critical entities, single points of failure, and what fails worst together."""
    from beroenden.analysis.ranking.ranking import ranked
    from beroenden.analysis.ranking.trials import Trials

    _check_chart(chart)
    network = load_network(model)
    moments, asked = _question(network, options)
    with cluster_at(options["dask"], options["processes"]) as cluster:
        compiling()
        trials = Trials(network, asked, options["processes"], cluster=cluster)
        announce(asked.scenarios, trials.seconds(), options["yes"])
        with progress_bar(say("Prövar avbrott", "Trying outages")) as trials.progress:
            found = ranked(trials, top)
    is_drawn = chart is None or _draw(found, chart, lang, top)  # before printing: its reader may stop reading
    if not write_json(json_path, found.to_dict()):
        print_ranking(found, moments, top)
    if not is_drawn:
        click.get_current_context().exit(1)


def _question(network: "Network", options: dict[str, Any]) -> tuple[Moments, "Question"]:
    """The moments, and the question about them."""
    from beroenden.analysis.ranking.question import question

    named = {key: options[key] for key in ("by", "targets", "k", "with_events")}
    a_start = question(network, 1, (0,), **named).scenarios
    moments = moments_of(network, options, a_start)
    return moments, question(
        network, moments.length, moments.starts, every=moments.every, horizon=moments.horizon, **named
    )


def _check_chart(path: Path | None) -> None:
    if path is not None and path.suffix.lower() not in (".png", ".svg"):
        raise UsageError(say(f"--chart {path}: ange .png eller .svg.", f"--chart {path}: give .png or .svg."))


def _draw(found: "Ranking", path: Path, lang: Language, top: int) -> bool:
    """Write the picture; False where there is nothing to draw, which is said."""
    from beroenden.analysis.ranking.words import measure_words
    from beroenden.views.rankings import ranking_chart

    with writing_in(lang):
        drawn = ranking_chart(found, top)
        is_png = path.suffix.lower() == ".png"
        content = None if drawn is None else drawn.png() if is_png else drawn.svg()
    if content is None:
        measure = measure_words(found.question.by)
        message = say(
            f"Inget att rita, så {path} är inte skriven: inget av avbrotten ger något i måttet {measure}. Pröva ett längre "
            "(--for), andra starttider eller ett annat mått (--by).",
            f"Nothing to draw, so {path} is not written: none of the outages gives anything by {measure}. Try a longer one "
            "(--for), other starts or another measure (--by).",
        )
        click.echo(clean(message), err=True)
        return False
    write_file(path, content)
    wrote(path)
    return True
