"""beroenden risk"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.cluster import cluster_at, dask_option
from beroenden.cli.common import command, json_option, load_network, model_argument, write_file, write_json, wrote
from beroenden.cli.figures import year_of
from beroenden.cli.printable import clean
from beroenden.cli.progress import progress_bar
from beroenden.errors import UsageError
from beroenden.language import Language, say, writing_in

if TYPE_CHECKING:
    from beroenden.analysis.risk.result import Risk


@command(
    "Räkna risken över år av slumpade fel: väntade förseningar, hur illa ett år kan bli, riskmatris och riskkedjor.",
    "Compute the risk over years of random failures: expected delays, how bad a year can be, risk matrix and chains.",
    "beroenden risk models/soes --years 10000 --window 2026",
)
@model_argument
@click.option(
    "--years",
    type=click.IntRange(2),
    default=10_000,
    show_default=True,
    metavar="N",
    help=say("Antal år som simuleras.", "Number of years simulated."),
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    metavar="N",
    help=say(
        "Slumpens frö; samma frö ger samma siffror.",
        "Seed of the random numbers; the same seed gives the same figures.",
    ),
)
@click.option(
    "--window",
    "year",
    callback=year_of,
    metavar=say("ÅR", "YEAR"),
    help=say(
        "Kalenderår som alla simulerade år har [innevarande].", "Calendar year of all simulated years [this year]."
    ),
)
@click.option(
    "--steps",
    type=click.Path(path_type=Path),
    metavar=say("FIL.toml", "FILE.toml"),
    help=say(
        "Riskmatrisens steg, i stället för de inbyggda.", "The steps of the risk matrix, instead of the built-in ones."
    ),
)
@click.option(
    "--order",
    type=click.IntRange(0, 10),
    default=4,
    show_default=True,
    metavar="N",
    help=say("Högsta antal beroenden i en riskkedja.", "Largest number of dependencies in a chain."),
)
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help=say("Antal processer att räkna på.", "Number of processes to compute on."),
)
@dask_option
@click.option(
    "--top",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="N",
    help=say("Antal rader i varje tabell.", "Number of rows in each table."),
)
@click.option(
    "--charts",
    type=click.Path(path_type=Path),
    metavar=say("MAPP", "DIR"),
    help=say("Skriv diagrammen som SVG och PNG i en mapp.", "Write the charts as SVG and PNG into a folder."),
)
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help=say("Diagrammens språk.", "The language of the charts."),
)
@json_option
def risk(
    model: Path,
    years: int,
    seed: int,
    year: int | None,
    steps: Path | None,
    order: int,
    processes: int,
    dask: str | None,
    top: int,
    charts: Path | None,
    lang: Language,
    json_path: str | None,
) -> None:
    """Print what a year costs on average and at worst, who causes it, who suffers it, and how sure that is."""
    from datetime import date

    from beroenden.analysis.risk.risk import risk as simulated
    from beroenden.analysis.risk.scale import load_scale
    from beroenden.cli.risk_tables import print_risk

    if charts is not None and charts.exists() and not charts.is_dir():
        raise UsageError(say(f"--charts {charts}: är ingen mapp.", f"--charts {charts}: is no folder."))
    network = load_network(model)
    scale = load_scale(steps) if steps else None
    with cluster_at(dask, processes) as cluster, progress_bar(say("Simulerar år", "Simulating years")) as progress:
        found = simulated(
            network,
            years=years,
            seed=seed,
            year=year if year is not None else date.today().year,
            scale=scale,
            order=order,
            processes=processes,
            progress=progress,
            cluster=cluster,
        )
    if charts is not None:  # before anything is printed: whoever reads that may stop reading
        _write_charts(found, charts, lang)
    if not write_json(json_path, found.to_dict()):
        print_risk(found, top)


def _write_charts(found: "Risk", folder: Path, lang: Language) -> None:
    from beroenden.views.risk import risk_charts

    with writing_in(lang):
        drawn = [(chart.name, chart.svg(), chart.png()) for chart in risk_charts(found)]
    for name, svg, png in drawn:
        for suffix, content in ((".svg", svg.encode()), (".png", png)):
            write_file(folder / f"{name}{suffix}", content)
            wrote(folder / f"{name}{suffix}")
    if found.bad["payouts"].sum.values and "overskridande" not in [name for name, _, _ in drawn]:
        message = say(
            "Kurvan över hur illa ett år kan bli är inte ritad: för få simulerade år hade några förseningar. Pröva fler (--years).",
            "The curve of how bad a year can be is not drawn: too few simulated years had any delays. Try more (--years).",
        )
        click.echo(clean(message), err=True)
