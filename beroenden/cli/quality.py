"""beroenden quality"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli.common import command, heading, json_option, line, load_network, model_argument, table, write_json
from beroenden.cli.progress import announce, compiling, progress_bar, yes_option
from beroenden.language import say
from beroenden.units.durations import minutes_of

if TYPE_CHECKING:
    from beroenden.analysis.quality.coverage import Cover
    from beroenden.analysis.quality.quality import Quality
    from beroenden.analysis.quality.questions import Asked
    from beroenden.model.network import Network

_CONFIDENCES = ("high", "medium", "low", "unknown")


@command(
    "Visa hur mycket av kartan som är känt och hur säkert, och vilka frågor som är mest värda att ställa.",
    "Show how much of the map is known and how surely, and which questions are most worth asking.",
    "beroenden quality models/soes --top 10",
)
@model_argument
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="N",
    default=10,
    show_default=True,
    help=say("Antal frågor och aktörer som visas.", "Number of questions and actors shown."),
)
@click.option(
    "--for",
    "length",
    default="24h",
    show_default=True,
    metavar=say("LÄNGD", "LENGTH"),
    help=say(
        "Längden på avbrotten som frågorna prövas mot.", "Length of the outages that questions are tried against."
    ),
)
@click.option(
    "--window",
    metavar=say("PERIOD", "PERIOD"),
    help=say(
        "När avbrotten börjar, t.ex. 2026-12 eller 2026-12-16..2026-12-20 [innevarande månad].",
        "When the outages begin, e.g. 2026-12 or 2026-12-16..2026-12-20 [this month].",
    ),
)
@click.option(
    "--every",
    default="6h",
    show_default=True,
    metavar=say("LÄNGD", "LENGTH"),
    help=say("Så tätt ligger starttiderna.", "How close the starts are."),
)
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help=say("Antal processer att räkna på.", "Number of processes to compute on."),
)
@yes_option
@json_option
def quality(model: Path, top: int, processes: int, json_path: str | None, **options: Any) -> None:
    """Print coverage and confidence, and the questions whose answers would change most."""
    from beroenden.analysis.quality.quality import quality_of
    from beroenden.analysis.quality.questions import ask, planned

    network = load_network(model)
    asked = _asked(network, options)
    announce(planned(network, asked), 0, options["yes"])
    compiling()
    with progress_bar(say("Prövar svar", "Trying answers")) as progress:
        found = quality_of(network, ask(network, asked, processes=processes, progress=progress))
    if not write_json(json_path, found.to_dict(top)):
        _print(found, top)


def _asked(network: "Network", options: dict[str, Any]) -> "Asked":
    from datetime import date

    from beroenden.analysis.quality.questions import Asked
    from beroenden.analysis.ranking.question import HORIZON, check_span
    from beroenden.analysis.ranking.starts import starts_within, window_days
    from beroenden.units.times import Clock, time_zone

    length, every = minutes_of("--for", options["length"]), minutes_of("--every", options["every"])
    window = options["window"] or f"{date.today():%Y-%m}"
    starts = starts_within(window_days(window), every, Clock(time_zone(network.timezone)))
    check_span(length, starts, HORIZON)
    return Asked(length, starts, HORIZON)


def _print(found: "Quality", top: int) -> None:
    from beroenden.units.numbers import counted

    _print_fields(found.whole)
    _print_citizens(found)
    _print_off_chains(found)
    _print_covers(found, found.by_actor[:top], say("Aktör", "Actor"))
    if len(found.by_actor) > top:
        left = counted(len(found.by_actor) - top, say("aktör", "more actor is"), say("aktörer", "more actors are"))
        line(
            say(
                f"De {top} med minst känt; {left} till visas inte (--top {len(found.by_actor)}).",
                f"The {top} of which least is known; {left} not shown (--top {len(found.by_actor)}).",
            )
        )
    _print_covers(found, found.by_payment, say("Betalningskedja", "Payment chain"))
    _print_unstated(found.whole)
    _print_questions(found, top)


def _print_fields(cover: "Cover") -> None:
    from beroenden.analysis.quality.wording import field_words
    from beroenden.units.numbers import number, percent

    heading(say("Vad som är känt", "What is known"))
    table(
        (say("Uppgift", "Information"), say("Känd", "Known"), say("Av", "Of"), say("Andel", "Share")),
        [
            (field_words(one.field), number(one.known), number(one.of), percent(one.known / one.of, 0))
            for one in cover.fields
        ],
        right=(1, 2, 3),
    )


def _print_citizens(found: "Quality") -> None:
    """Why `gaps` counts more days of verification."""
    if any(one.kind == "citizens" for one in found.network.entities):
        line(
            say(
                "Medborgargrupper har ingen att fråga och räknas inte med; gaps räknar även deras kontrolldatum.",
                "Groups of citizens have nobody to ask and do not count; gaps counts their days of verification too.",
            )
        )


def _print_off_chains(found: "Quality") -> None:
    """The table is of the whole model; what follows, and `validate`, is of the payment chains."""
    from beroenden.units.numbers import counted, number

    count = sum(one.of - one.known for one in found.whole.fields if one.field == "endurance")
    on_chains = found.unknown_on_chains
    if on_chains < count:
        unknown = counted(
            count, say("okänd uthållighet", "unknown endurance"), say("okända uthålligheter", "unknown endurances")
        )
        line(
            say(
                f"Tabellen gäller hela modellen. Av {unknown} finns "
                f"{number(on_chains)} i betalningskedjorna: bara de räknas nedan och påpekas av validate (B602); av de andra beror "
                "ingen utbetalning.",
                f"The table is of the whole model. Of {unknown}, "
                f"{number(on_chains)} are on the payment chains: only those count below and are remarked on by validate (B602); no "
                "payment depends on the others.",
            )
        )


def _print_covers(found: "Quality", covers: "Sequence[Cover]", what: str) -> None:
    from beroenden.analysis.quality.wording import confidence_words
    from beroenden.units.numbers import number, percent

    network = found.network
    rows = []
    for one in covers:
        named = network.entity.get(one.about) or network.payment[one.about]
        counts = (number(one.confidence.get(confidence, 0)) for confidence in _CONFIDENCES)
        rows.append((named.name, percent(one.share, 0), *counts))
    heading(say("Andel känt, och tillförlitlighet", "Share known, and confidence"))
    table(
        (what, say("Känt", "Known"), *(confidence_words(one).capitalize() for one in _CONFIDENCES)),
        rows,
        right=(1, 2, 3, 4, 5),
    )


def _print_unstated(cover: "Cover") -> None:
    """For how much nobody has said how sure it is; without a word it is not counted as doubtful."""
    from beroenden.units.numbers import number

    missing, of = cover.confidence.get("unknown", 0), sum(cover.confidence.values())
    if missing:
        line(
            say(
                f"Tillförlitlighet (confidence) saknas för {number(missing)} av {number(of)}: hur säkra de är går inte att säga, och de "
                "räknas inte som osäkra nedan.",
                f"Confidence is missing for {number(missing)} of {number(of)}: how sure they are cannot be told, and below they do not "
                "count as doubtful.",
            )
        )


def _print_questions(found: "Quality", top: int) -> None:
    from beroenden.analysis.quality.wording import hangs_words, question_words, to_whom
    from beroenden.units.numbers import counted

    asked, network = found.questions, found.network
    heading(say("Frågor att ställa härnäst", "Questions to ask next"))
    if not asked.doubts:
        line(
            say(
                "Inget är prövat: ingen uthållighet i betalningskedjorna är okänd eller har låg tillförlitlighet (confidence), "
                "och bara sådana prövas.",
                "Nothing was tried: no endurance on the payment chains is unknown or of low confidence, and only such are tried.",
            )
        )
        return
    for place, one in enumerate(asked.questions[:top], 1):
        line(f"{place}. {question_words(one, network)}")
        line(f"   {say('Till', 'To')} {to_whom(one, network)}.")
        line(f"   {hangs_words(one, asked, network)}")
    if asked.tried and not asked.questions:
        line(say("Inget av det som prövades ändrar något.", "Nothing of what was tried changes anything."))
    if asked.tried < asked.doubts:
        left = counted(asked.doubts - asked.tried, say("osäker uppgift", "doubt"), say("osäkra uppgifter", "doubts"))
        line(say(f"Avbrutet: {left} återstår.", f"Interrupted: {left} left."))
    _print_uncounted(found)
    _print_tried(found)


def _print_uncounted(found: "Quality") -> None:
    """The payments that come late and have no recipient-hours."""
    from beroenden.cli.risk_words import named

    if found.questions.uncounted:
        names = named(found.network.payment[one].name for one in found.questions.uncounted)
        line(
            say(
                f"Inte i mottagartimmarna, för antalet mottagare (count) är okänt: {names}. Hur sena de blir räknas för sig.",
                f"Not in the recipient-hours, since the number of recipients (count) is unknown: {names}. How late they are counts "
                "by itself.",
            )
        )


def _print_tried(found: "Quality") -> None:
    """What the questions were tried against."""
    from beroenden.units.durations import duration_in_words
    from beroenden.units.numbers import counted, number
    from beroenden.units.times import short_time, time_zone

    tried, zone = found.questions, time_zone(found.network.timezone)
    length, (first, last) = duration_in_words(tried.asked.length), (tried.asked.starts[0], tried.asked.starts[-1])
    doubts = counted(tried.doubts, say("uthållighet", "endurance"), say("uthålligheter", "endurances"))
    scenarios = counted(tried.scenarios, "scenario", say("scenarier", "scenarios"))
    outages = counted(tried.outages, say("entitet", "entity"), say("entiteter", "entities"))
    starts = counted(len(tried.asked.starts), say("starttid", "start"), say("starttider", "starts"))
    span, matter = (short_time(first, zone), short_time(last, zone)), number(len(tried.questions))
    is_one = tried.doubts == 1
    line(
        say(
            f"{doubts} i betalningskedjorna är {'okänd' if is_one else 'okända'} eller har låg tillförlitlighet; {matter} av "
            f"dem ändrar något. {scenarios}: avbrott på {length} i {outages}, vid {starts} från {span[0]} till "
            f"{span[1]}. Medelvärdet gäller dem och säger inget om hur troligt ett avbrott är.",
            f"{doubts} on the payment chains {'is' if is_one else 'are'} unknown or of low confidence; {matter} change something. {scenarios}: outages of {length} of {outages}, at {starts} from {span[0]} to "
            f"{span[1]}. The mean is over those and says nothing of how likely an outage is.",
        )
    )
