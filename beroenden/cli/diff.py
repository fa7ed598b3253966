"""beroenden diff"""

import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli.common import command, heading, json_option, line, load_network, table, write_json
from beroenden.cli.moments import moment_options, moments_of, moments_words
from beroenden.cli.printable import clean
from beroenden.cli.progress import announce, compiling, progress_bar, yes_option
from beroenden.errors import FaultyFilesError, UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.analysis.difference.consequences import Compared, Consequences, Late, Move, Standing
    from beroenden.analysis.difference.difference import Difference
    from beroenden.analysis.ranking.question import Question
    from beroenden.analysis.ranking.ranking import Ranking
    from beroenden.cli.moments import Moments
    from beroenden.model.network import Network

_ONLY_WITH = ("length", "start", "window", "every", "horizon", "by", "scenarios", "with_events")


@command(
    "Visa vad som skiljer två modeller: entiteter, behov, betalningar, steg, öppettider, delning och händelser, och med "
    "--consequences vad det ändrar i följder. 0 även när de skiljer sig, om inte --exit-code anges. En tidigare version i "
    "git: git worktree add ../innan HEAD~1, sedan beroenden diff ../innan/models/soes models/soes.",
    "Show what differs between two models: entities, needs, payments, stages, opening hours, audiences and events, and with "
    "--consequences what it changes in consequences. 0 also when they differ, unless --exit-code is given. An earlier "
    "version in git: git worktree add ../before HEAD~1, then beroenden diff ../before/models/soes models/soes.",
    "beroenden diff ../innan/models/soes models/soes --consequences --for 24h --window 2026-12",
)
@click.argument("old", type=click.Path(path_type=Path), metavar=say("GAMMAL", "OLD"))
@click.argument("new", type=click.Path(path_type=Path), metavar=say("NY", "NEW"))
@click.option(
    "--consequences",
    "with_consequences",
    is_flag=True,
    help=say(
        "Rangordna båda modellerna med samma avbrott (--for och --window eller --start) och visa vem som flyttar sig.",
        "Rank both models by the same outages (--for and --window or --start) and show who moves.",
    ),
)
@moment_options
@click.option(
    "--by",
    type=click.Choice(("recipient_hours", "amount", "payouts", "over_max_delay", "level_hours")),
    help=say("Det som följderna mäts i [recipient_hours].", "What the consequences are measured by [recipient_hours]."),
)
@click.option(
    "--scenario",
    "scenarios",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say(
        "Simulera även detta scenario på båda; kan upprepas.", "Also simulate this scenario on both; can be repeated."
    ),
)
@click.option(
    "--with-events",
    is_flag=True,
    help=say("De planerade händelserna inträffar också.", "The planned events happen too."),
)
@click.option(
    "--top",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="N",
    help=say("Antal rader i varje lista av följder.", "Number of rows in each list of consequences."),
)
@yes_option
@click.option(
    "--exit-code",
    is_flag=True,
    help=say("Avsluta med 1 när modellerna skiljer sig.", "Exit with 1 when the models differ."),
)
@json_option
@click.pass_context
def diff(
    ctx: click.Context, /, old: Path, new: Path, top: int, exit_code: bool, json_path: str | None, **options: Any
) -> None:
    """Print what differs and what it changes.

    git shows single-file models so: `git difftool --no-prompt --extcmd "beroenden diff" HEAD~1 -- model.toml`, or for good
    with `git config difftool.beroenden.cmd 'beroenden diff "$LOCAL" "$REMOTE"'` and `git difftool -t beroenden`.
    """
    from beroenden.analysis.difference.difference import difference

    _check_options(options)
    networks = _both(old, new)
    found = difference(*networks)
    moments, changed = _consequences(networks, found, options) if options["with_consequences"] else (None, None)
    content = {**found.to_dict(), "consequences": None if changed is None else changed.to_dict()}
    if not write_json(json_path, content):
        print_difference(found)
        if moments is not None and changed is not None:
            _print_consequences(changed, moments, top)
    if exit_code and not found.is_empty:
        ctx.exit(1)


def print_difference(found: "Difference") -> None:
    """The difference as a person reads it, within the width of the terminal."""
    from beroenden.analysis.difference.words import difference_words

    if found.is_empty:
        click.echo(say("Modellerna säger samma sak.", "The models say the same."))
        return
    for title, lines in difference_words(found):
        heading(title)
        for head, below in lines:
            _wrapped(head, "  ")
            for one in below:
                _wrapped(one, "      ")
    click.echo()
    counts = (len(found.added), len(found.removed), len(found.changed), len(found.renamed))
    _wrapped(
        say(
            "{} tillagda, {} borttagna, {} ändrade och {} omdöpta tabeller.",
            "{} tables added, {} removed, {} changed and {} renamed.",
        ).format(*counts),
        "",
    )


def _wrapped(text: str, indent: str) -> None:
    width = max(40, shutil.get_terminal_size().columns)
    shown = clean(" ".join(text.split("\n")))
    click.echo(textwrap.fill(shown, width, initial_indent=indent, subsequent_indent=f"{indent}  "))


def _check_options(options: dict[str, Any]) -> None:
    given = [name for name in _ONLY_WITH if options[name]]
    if given and not options["with_consequences"]:
        names = {"length": "--for", "scenarios": "--scenario", "with_events": "--with-events"}
        named = ", ".join(names.get(name, f"--{name}") for name in given)
        raise UsageError(say(f"{named} hör till --consequences.", f"{named} goes with --consequences."))


def _both(old: Path, new: Path) -> "tuple[Network, Network]":
    """Both models; the errors of both when there are any."""
    networks: list[Network] = []
    findings: list[object] = []
    for path in (old, new):
        try:
            networks.append(load_network(path))
        except FaultyFilesError as error:
            findings += error.findings
    if findings:
        raise FaultyFilesError(findings)
    return networks[0], networks[1]


def _consequences(
    networks: "tuple[Network, Network]", found: "Difference", options: dict[str, Any]
) -> "tuple[Moments, Consequences]":
    from beroenden.analysis.difference.consequences import consequences
    from beroenden.analysis.ranking.question import question

    named = {key: options[key] for key in ("by", "with_events")}
    a_start = sum(question(one, 1, (0,), **named).scenarios for one in networks)
    moments = moments_of(networks[1], options, a_start)
    asked = [
        question(one, moments.length, moments.starts, every=moments.every, horizon=moments.horizon, **named)
        for one in networks
    ]
    scenarios = [_scenario(path, networks, options["with_events"]) for path in options["scenarios"]]
    compiling()
    before, after = (_ranked(*pair, options["yes"]) for pair in zip(networks, asked, strict=True))
    return moments, consequences(before, after, found.new_id, scenarios)


def _ranked(network: "Network", asked: "Question", yes: bool) -> "Ranking":
    from beroenden.analysis.ranking.ranking import ranked
    from beroenden.analysis.ranking.trials import Trials

    trials = Trials(network, asked)
    announce(asked.scenarios, trials.seconds(), yes)
    with progress_bar(say("Prövar avbrott", "Trying outages")) as trials.progress:
        return ranked(trials, 1)


def _scenario(path: Path, networks: "tuple[Network, Network]", with_events: bool) -> "Compared":
    from beroenden.analysis.difference.consequences import compared
    from beroenden.modelfiles.scenario import load_scenario

    pairs = []
    for network in networks:
        scenario, findings = load_scenario(path, network)
        if scenario is None:
            raise FaultyFilesError(findings)
        pairs.append((network, scenario))
    return compared(pairs[1][1].name or str(path), pairs[0], pairs[1], with_events)


def _print_consequences(found: "Consequences", moments: "Moments", top: int) -> None:
    from beroenden.analysis.ranking.words import measure_words
    from beroenden.units.durations import duration_in_words

    asked, network = found.after.question, found.after.network
    length, measure = duration_in_words(asked.length), measure_words(asked.by)
    heading(say(f"Följder av avbrott på {length}: {measure}", f"Consequences of outages of {length}: {measure}"))
    line(
        say(
            f"Samma avbrott i båda modellerna, en entitet i taget, {moments_words(moments, network.timezone)}.",
            f"The same outages in both models, one entity at a time, {moments_words(moments, network.timezone)}.",
        )
    )
    if found.before.is_partial or found.after.is_partial:
        line(say("OFULLSTÄNDIGT: avbrutet.", "PARTIAL: stopped."))
    if not found.moves:
        line(say("Ingen entitet ändrar plats eller skada.", "No entity changes its place or its harm."))
    else:
        _print_moves(found, top)
    _print_uncounted(found)
    _print_lateness(found, top)
    _print_scenarios(found)


def _print_uncounted(found: "Consequences") -> None:
    """The payments that come late and add nothing to the harm, in either model."""
    in_words = (say("i den gamla modellen", "in the old model"), say("i den nya", "in the new"))
    lacking = [
        f"{', '.join(ranking.network.called[one] for one in ranking.uncounted)} {where}"
        for ranking, where in zip((found.before, found.after), in_words, strict=True)
        if ranking.uncounted
    ]
    if lacking:
        line(
            say("Räknas inte med, för att uppgiften saknas: ", "Not counted, since the figure is lacking: ")
            + "; ".join(lacking)
            + "."
        )


def _print_moves(found: "Consequences", top: int) -> None:
    columns = (
        say("Entitet", "Entity"),
        say("Plats", "Place"),
        say("Flytt", "Move"),
        say("Som värst före", "At worst before"),
        say("efter", "after"),
    )
    table(columns, [_move_row(found, one) for one in found.moves[:top]], right=(2, 3, 4), whole=(1,))
    if any(one.by and not one.more for one in found.moves[:top]):
        line(say("Vid lika skada som värst avgör skadan i medel.", "Of those equal at worst, the mean decides."))
    _rest(len(found.moves), top, say("entiteter med ändrad plats eller skada", "entities whose place or harm changes"))


def _move_row(found: "Consequences", one: "Move") -> tuple[str, ...]:
    by = "" if not one.by else f"+{one.by}" if one.by > 0 else f"−{-one.by}"
    return (
        found.called(one.entity),
        f"{_place(one.before)} → {_place(one.after)}",
        by,
        _harm(found, one.before),
        _harm(found, one.after),
    )


def _place(standing: "Standing | None") -> str:
    """A place in the ranking; that it is in none, in no model, or nobody knows which."""
    if standing is None:
        return say("finns ej", "absent")
    if standing.worst is None:
        return say("okänt", "unknown")
    return "–" if standing.rank is None else str(standing.rank)


def _harm(found: "Consequences", standing: "Standing | None") -> str:
    from beroenden.analysis.ranking.words import value_words

    return "–" if standing is None else value_words(found.after.question.by, standing.worst, standing.uncounted)


def _print_lateness(found: "Consequences", top: int) -> None:
    from beroenden.units.numbers import number

    differing = [one for one in found.lateness if one.before != one.after]
    if not differing:
        line(
            say(
                "Betalningarna blir sena av samma avbrott som förut.",
                "Payments come late in as many outages as before.",
            )
        )
        return
    columns = (say("Sen i så många avbrott", "Late in so many outages"), say("Före", "Before"), say("Efter", "After"))
    rows = [
        (found.called(one.payment), *("–" if count is None else number(count) for count in (one.before, one.after)))
        for one in differing[:top]
    ]
    table(columns, rows, right=(1, 2))
    before, after = number(found.before.scenarios), number(found.after.scenarios)
    line(say(f"Prövade avbrott: {before} före, {after} efter.", f"Outages tried: {before} before, {after} after."))
    _rest(len(differing), top, say("betalningar", "payments"))


def _rest(count: int, top: int, what: str) -> None:
    if count > top:
        line(
            say(
                f"{top} av {count} {what} visas; --top ändrar.",
                f"{top} of {count} {what} are shown; --top changes that.",
            )
        )


def _print_scenarios(found: "Consequences") -> None:
    if not found.scenarios:
        return
    columns = (
        say("Scenario", "Scenario"),
        "",
        say("Sena körningar", "Late runs"),
        say("Belopp", "Amount"),
        say("Mottagartimmar", "Recipient-hours"),
    )
    rows = [
        row
        for one in found.scenarios
        for row in (
            (one.name, say("före", "before"), *_late_cells(one.before)),
            ("", say("efter", "after"), *_late_cells(one.after)),
        )
    ]
    table(columns, rows, right=(2, 3, 4))
    _print_without(found)


def _late_cells(late: "Late") -> tuple[str, ...]:
    from beroenden.analysis.ranking.words import value_words
    from beroenden.units.numbers import number

    amount = None if late.amountless and not late.amount else late.amount
    hours = None if late.numberless and not late.recipient_hours else round(late.recipient_hours)
    return (
        number(late.runs),
        value_words("amount", amount, len(late.amountless)),
        value_words("recipient_hours", hours, len(late.numberless)),
    )


def _print_without(found: "Consequences") -> None:
    """The payments that come late in some scenario and of which the number or the amount is unknown."""
    sides = [side for one in found.scenarios for side in (one.before, one.after)]
    numberless = dict.fromkeys(found.called(payment) for side in sides for payment in side.numberless)
    amountless = dict.fromkeys(found.called(payment) for side in sides for payment in side.amountless)
    if numberless:
        named = ", ".join(numberless)
        line(say(f"Antalet är okänt före eller efter för: {named}.", f"Number unknown before or after of: {named}."))
    if amountless:
        named = ", ".join(amountless)
        line(say(f"Beloppet är okänt före eller efter för: {named}.", f"Amount unknown before or after of: {named}."))
