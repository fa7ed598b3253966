"""A ranking as a picture."""

from beroenden.analysis.ranking.ranking import Ranking
from beroenden.analysis.ranking.together import Joint
from beroenden.analysis.ranking.words import measure_words, value_words
from beroenden.language import say
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import number
from beroenden.units.times import short_time, time_zone
from beroenden.views.charts.chart import Chart
from beroenden.views.charts.ranking import Bar, ranking_bars


def ranking_chart(found: Ranking, top: int | None = None) -> Chart | None:
    """What several entities out together add to what they do apart; where that is nothing, or one is out at a time, each.

    Args:
        found: The ranking.
        top: How many bars at most; all unless given.
    """
    joint = _joint_bars(found)
    if joint:
        added = say("vad de lägger till tillsammans", "what they add together")
        title = _title(found, len(joint), top)
        return ranking_bars(joint[:top], title=title, quantity=title, added=added)
    at_worst = say("; var och en vid sin värsta starttid", "; each at its worst start")
    bars = _bars(found)
    title = _title(found, len(bars), top)
    # a picture in a file of its own has no title but what is drawn
    return ranking_bars(bars[:top], title=title, quantity=title + at_worst * (len(found.question.starts) > 1))


def _title(found: Ranking, count: int, top: int | None) -> str:
    """How long the outages are, when they begin, what is counted of what, and how many of all are shown."""
    asked, network = found.question, found.network
    zone, length = time_zone(network.timezone), duration_in_words(asked.length)
    first, last = (short_time(one, zone) for one in (asked.starts[0], asked.starts[-1]))
    when = say(f"från {first}", f"from {first}")
    if len(asked.starts) > 1:
        when = say(f"som börjar {first} – {last}", f"starting {first} – {last}")
    measure = measure_words(asked.by)
    title = say(f"Avbrott på {length} {when}: {measure}", f"Outages of {length} {when}: {measure}")
    if asked.entities or len(asked.payments) < len(network.payments):
        entities = [network.called[one] for one in asked.entities]
        names = ", ".join([*entities, *(network.called[one] for one in asked.payments)])
        title += say(f", bara för {names}", f", only for {names}")
    if top is not None and top < count:
        title += say(
            f" (de {number(top)} främsta av {number(count)})", f" (the first {number(top)} of {number(count)})"
        )
    return title


def _bars(found: Ranking) -> list[Bar]:
    by, is_window = found.question.by, len(found.question.starts) > 1
    return [
        Bar(
            name=found.network.called[one.entity],
            value=one.worst,
            text=value_words(by, one.worst, one.uncounted),
            about=_when(found, one.worst_start) if is_window else "",
        )
        for one in found.entities
        if not one.is_harmless
    ]


def _joint_bars(found: Ranking) -> list[Bar]:
    joints = [joint for one in found.together for joint in (*one.redundant, *one.adding)]
    joints.sort(key=lambda one: -one.most_added.added)
    return [_joint_bar(found, one) for one in joints]


def _joint_bar(found: Ranking, one: Joint) -> Bar:
    by, point = found.question.by, one.most_added
    is_known = point.together > 0 or not one.uncounted
    return Bar(
        name=" + ".join(found.network.called[each] for each in one.entities),
        value=point.parts if is_known else None,
        text=value_words(by, point.together if is_known else None, one.uncounted),
        about=_when(found, point.start) if len(found.question.starts) > 1 else "",
        added=max(0.0, point.added),
    )


def _when(found: Ranking, start: int) -> str:
    when = short_time(start, time_zone(found.network.timezone))
    return say(f"börjar {when}", f"starts {when}")
