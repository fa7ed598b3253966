"""A ranking as a picture."""

from beroenden.analysis.ranking.ranking import Ranking
from beroenden.analysis.ranking.together import Joint
from beroenden.analysis.ranking.words import measure_words, value_words
from beroenden.language import say
from beroenden.units.durations import duration_in_words
from beroenden.units.times import short_time, time_zone
from beroenden.views.charts.chart import Chart
from beroenden.views.charts.ranking import Bar, ranking_bars


def ranking_chart(found: Ranking) -> Chart | None:
    """What several entities out together add to what they do apart; where that is nothing, or one is out at a time, each."""
    asked = found.question
    length, measure = duration_in_words(asked.length), measure_words(asked.by)
    title = say(f"Avbrott på {length}: {measure}", f"Outages of {length}: {measure}")
    quantity = measure[:1].upper() + measure[1:]
    joint = _joint_bars(found)
    if joint:
        added = say("vad de lägger till tillsammans", "what they add together")
        return ranking_bars(joint, title=title, quantity=quantity, added=added)
    at_worst = say(" vid den värsta starttiden", " at the worst start") if len(asked.starts) > 1 else ""
    return ranking_bars(_bars(found), title=title, quantity=quantity + at_worst)


def _bars(found: Ranking) -> list[Bar]:
    by, is_window = found.question.by, len(found.question.starts) > 1
    return [
        Bar(
            name=found.network.entity[one.entity].name,
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
        name=" + ".join(found.network.entity[each].name for each in one.entities),
        value=point.parts if is_known else None,
        text=value_words(by, point.together if is_known else None, one.uncounted),
        about=_when(found, point.start) if len(found.question.starts) > 1 else "",
        added=max(0.0, point.added),
    )


def _when(found: Ranking, start: int) -> str:
    when = short_time(start, time_zone(found.network.timezone))
    return say(f"börjar {when}", f"starts {when}")
