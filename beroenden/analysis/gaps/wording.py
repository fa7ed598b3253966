"""Gaps in words."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from beroenden.analysis.gaps.gap import Gap, Unknown
from beroenden.analysis.gaps.ground import Ground
from beroenden.language import say
from beroenden.model.network import WITHHELD
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about_money, at_least, counted, number, percent

if TYPE_CHECKING:
    from beroenden.analysis.gaps.gaps import Gaps


_SHOWN = 4


def gap_words(gap: Gap, ground: Ground) -> str:
    """A gap in a sentence or two, with its figures."""
    return _Words(ground).text(gap)


def size_words(gap: Gap) -> str:
    """How large a gap is; "" where it has no size."""
    if gap.kind in ("expectation", "tolerance", "capability", "chain"):
        return duration_in_words(int(gap.size))
    if gap.kind == "level":
        return percent(gap.size)
    if gap.kind == "stale":
        return say(f"{number(gap.size)} dagar", f"{number(gap.size)} days")
    return amount_words(gap, say("okänt", "unknown")) if gap.kind == "concentration" else ""


def payouts_words(gap: Gap, unknown: str, words: Callable[[float], str] = number) -> str:
    """How many payouts a month rest on an actor; `unknown` where no number is known, at least so many where some are not."""
    return _resting(round(gap.figures["payouts_a_month"]), gap.figures["count_unknown"], words, unknown)


def amount_words(gap: Gap, unknown: str) -> str:
    """How much money a month rests on an actor; as for payouts."""
    return _resting(gap.figures["amount_a_month"], gap.figures["amount_unknown"], about_money, unknown)


def _resting(value: float, lacking: Sequence[str], words: Callable[[float], str], unknown: str) -> str:
    if not lacking:
        return words(value)
    return at_least(words(value)) if value else unknown


def who_words(gap: Gap, ground: Ground) -> str:
    """The actors that have to speak with each other."""
    names = [ground.network.spoken[actor] for actor in gap.actors]
    if not names:
        return say("ingen ansvarig i modellen", "nobody responsible in the model")
    return listed(names, " – ")


def listed(names: Sequence[str], between: str = ", ") -> str:
    """Names, the first few of many."""
    rest = len(names) - _SHOWN
    if rest <= 1:
        return between.join(names)
    return between.join(names[:_SHOWN]) + say(f" och {rest} till", f" and {rest} more")


def field_words(field: str) -> str:
    """What a field of the model is called."""
    words = {
        "expects": say("vilken återställningstid man räknar med", "the recovery time that is counted on"),
        "rto": say("återställningstid (rto)", "recovery time (rto)"),
        "rta": say("visad återställningstid (rta)", "recovery time shown in test (rta)"),
        "mtpd": say("acceptabel avbrottstid (mtpd)", "tolerable outage (mtpd)"),
        "max_delay": say("tolerabel försening", "tolerable delay"),
        "endurance": say("uthållighet", "endurance"),
        "mbco": say("egen lägsta acceptabla nivå (mbco)", "own least acceptable level (mbco)"),
        "mbco_promised": say("den nivå som leverantören lovar (mbco)", "the level that the provider promises (mbco)"),
        "verified": say("när den senast kontrollerades", "when it was last verified"),
    }
    return words[field]


def checked_words(found: "Gaps") -> str:
    """Of what the checks are counted: of all, or of what one actor has a part in."""
    if found.actor is not None:
        name = found.network.entity[found.actor].name
        return say(f"Prövade där {name} har del", f"Checked where {name} has a part")
    if found.network.withheld:
        return say("Prövade bland det som delas", "Checked among what is shared")
    return say("Prövade i hela modellen", "Checked in the whole model")


def unknown_words(one: Unknown) -> str:
    """What an actor has left open: "x of y lack ..."."""
    of = {"capability": "own", "untested": "own", "stale": "dated", "chain": "chain"}.get(one.kind, "needs")
    things = {
        "own": say("behövda delar", "parts that are needed"),
        "dated": say("entiteter och betalningar", "entities and payments"),
        "chain": say("länkar i betalningskedjor", "links of payment chains"),
        "needs": say("behov", "needs"),
    }
    count, whole = number(one.count), number(one.of)
    return say(
        f"{count} av {whole} {things[of]} saknar uppgift om {field_words(one.field)}",
        f"{count} of {whole} {things[of]} lack {field_words(one.field)}",
    )


class _Words:
    def __init__(self, ground: Ground) -> None:
        self._ground, self._network = ground, ground.network

    def text(self, gap: Gap) -> str:
        text: str = getattr(self, f"_{gap.kind}")(gap)
        return text

    def _name(self, one: str) -> str:
        return _name(one, self._ground)

    def _names(self, ids: Iterable[str]) -> str:
        return listed([self._name(one) for one in ids])

    def _consumer(self, gap: Gap) -> str:
        return chain_name(gap, self._ground)

    def _of_share(self, gap: Gap) -> str:
        share = gap.figures.get("share", 1.0)
        return "" if share >= 1 else say(f" (bär {percent(share)})", f" (carries {percent(share)})")

    def _expectation(self, gap: Gap) -> str:
        consumer, provider = self._consumer(gap), self._name(gap.about[-1]) + self._of_share(gap)
        expects, rto = duration_in_words(gap.figures["expects"]), duration_in_words(gap.figures["rto"])
        return say(
            f"{consumer} räknar med {provider} inom {expects}; målet är {rto}.",
            f"{consumer} counts on {provider} within {expects}; the aim is {rto}.",
        )

    def _tolerance(self, gap: Gap) -> str:
        figures = gap.figures
        consumer, provider = self._consumer(gap), self._name(gap.about[-1]) + self._of_share(gap)
        bears = duration_in_words(figures["max_delay" if gap.stage is not None else "mtpd"])
        endurance, rto = duration_in_words(figures["endurance"]), duration_in_words(figures["rto"])
        restart = duration_in_words(figures["restart"])
        plus = say(f" plus omstart {restart}", f" plus restart {restart}") if figures["restart"] else ""
        lasts = say(f" plus uthållighet {endurance}", f" plus endurance {endurance}") if figures["endurance"] else ""
        return say(
            f"{consumer} tål {bears}{lasts} utan {provider}, som har målet {rto}{plus}.",
            f"{consumer} can bear {bears}{lasts} without {provider}, which aims at {rto}{plus}.",
        )

    def _capability(self, gap: Gap) -> str:
        name, rto, rta = self._name(gap.about[0]), *map(duration_in_words, (gap.figures["rto"], gap.figures["rta"]))
        return say(f"{name} har målet {rto} men visade {rta}", f"{name} aims at {rto} but showed {rta}") + _tested(
            gap.figures["tested"]
        )

    def _untested(self, gap: Gap) -> str:
        name, rto, rta = self._name(gap.about[0]), duration_in_words(gap.figures["rto"]), gap.figures["rta"]
        if rta is None:
            return say(
                f"{name} har målet {rto}; inget test är registrerat.", f"{name} aims at {rto}; no test is registered."
            )
        shown = duration_in_words(rta)
        return say(f"{name} har målet {rto} och visade {shown}", f"{name} aims at {rto} and showed {shown}") + _tested(
            gap.figures["tested"]
        )

    def _level(self, gap: Gap) -> str:
        consumer, provider = self._consumer(gap), self._name(gap.about[-1]) + self._of_share(gap)
        wanted, promised, reached = (percent(gap.figures[name]) for name in ("wanted", "promised", "reached"))
        return say(
            f"{consumer} behöver nå {wanted}, men når {reached} med de {promised} som {provider} lovar.",
            f"{consumer} has to reach {wanted}, but reaches {reached} with the {promised} that {provider} promises.",
        )

    def _chain(self, gap: Gap) -> str:
        figures = gap.figures
        name, limit = chain_name(gap, self._ground), duration_in_words(figures["max_delay"])
        serial, parallel = duration_in_words(figures["serial"]), duration_in_words(figures["parallel"])
        ways = path_words(gap, "serial", self._ground), path_words(gap, "parallel", self._ground)
        at_least = say("minst ", "at least ") if figures["rto_unknown"] else ""
        text = say(
            f"{name}: får vara {limit} sen. I följd tar kedjan {at_least}{serial}: {ways[0]}. "
            f"Samtidigt tar den {at_least}{parallel}: {ways[1]}.",
            f"{name}: may be {limit} late. In series the chain takes {at_least}{serial}: {ways[0]}. "
            f"In parallel it takes {at_least}{parallel}: {ways[1]}.",
        )
        return text + short_chain_words(gap)

    def _one_sided(self, gap: Gap) -> str:
        consumer, provider = self._consumer(gap), self._name(gap.about[-1])
        others = listed([self._of_stage(*one) for one in gap.figures["others"]])
        same = say(f" Det behöver också: {others}.", f" Also needed by: {others}.") if others else ""
        if gap.figures["reason"] == "silent":
            text = say(
                f"{consumer} uppger att den behöver {provider}, som varken har återställningstid eller kontrolldatum.",
                f"{consumer} says that it needs {provider}, which has neither a recovery time nor a day of verification.",
            )
        else:
            text = say(
                f"{consumer} uppger att den behöver {provider}; källan nämner bara den som behöver.",
                f"{consumer} says that it needs {provider}; the source names only who needs.",
            )
        return text + same

    def _of_stage(self, one: str, stage: str | None) -> str:
        name = self._name(one)
        if stage is None:
            return name
        return f"{name}, {next(each.name for each in self._network.payment[one].stages if each.id == stage)}"

    def _responsibility(self, gap: Gap) -> str:
        words = {
            "owner": say("ingen är registrerad som ansvarig", "nobody is registered as responsible"),
            "contact": say("kontaktfunktion saknas", "there is no contact function"),
        }
        missing = say(" och ", " and ").join(words[one] for one in gap.figures["missing"])
        users = self._names(gap.figures["users"])
        return say(
            f"{self._name(gap.about[0])}: {missing}. Används av {users}.",
            f"{self._name(gap.about[0])}: {missing}. Used by {users}.",
        )

    def _stale(self, gap: Gap) -> str:
        name, day = self._consumer(gap), gap.figures["verified"]
        if len(gap.about) > 1:
            name += say(f", behovet av {self._name(gap.about[-1])}", f", the need of {self._name(gap.about[-1])}")
        return say(f"{name}: senast kontrollerad {day}.", f"{name}: last verified {day}.")

    def _concentration(self, gap: Gap) -> str:
        figures = gap.figures
        payments = counted(figures["payments"], say("betalning", "payment"), say("betalningar", "payments"))
        payouts = payouts_words(gap, say("ett okänt antal utbetalningar", "an unknown number of payouts"), _payouts)
        amount = amount_words(gap, say("ett okänt belopp", "an unknown amount"))
        direct = number(figures["directly"])
        text = say(
            f"{self._name(gap.about[0])}: {payments} ({direct} direkt), {payouts} och {amount} i månaden.",
            f"{self._name(gap.about[0])}: {payments} ({direct} directly), {payouts} and {amount} a month.",
        )
        sizeless = sizeless_words(gap, self._ground)
        return f"{text} {sizeless}" if sizeless else text

    def _mutual(self, gap: Gap) -> str:
        names = self._names(gap.about)
        text = say(f"{names} behöver varandra.", f"{names} need each other.")
        order = gap.figures["order"]
        for turn in sorted({start["round"] for start in order}):
            starts = [self._start(start) for start in order if start["round"] == turn]
            first = say("Kan starta först: ", "Can start first: ") if turn == 1 else say("Därefter: ", "Then: ")
            text += f" {first}{'; '.join(starts)}."
        if gap.figures["open"]:
            left = self._names(gap.figures["open"])
            text += say(
                f" Öppen fråga till ägarna: i vilken ordning startar {left}?",
                f" Open question to the owners: in which order do {left} start?",
            )
        elif gap.figures["open_when_spent"]:
            left = self._names(gap.figures["open_when_spent"])
            text += say(
                f" Är uthålligheten slut är det en öppen fråga till ägarna i vilken ordning {left} startar.",
                f" When the endurance is spent, it is an open question to the owners in which order {left} start.",
            )
        return text

    def _start(self, start: dict[str, str | int | None]) -> str:
        name, lasts = self._name(str(start["entity"])), start["endurance"]
        if lasts is None:
            return name
        words = duration_in_words(int(lasts))
        return name + say(f" (om uthålligheten, {words}, finns kvar)", f" (if its endurance, {words}, is left)")


def _tested(tested: date | None) -> str:
    return (
        say(" (testdag okänd).", " (day of test unknown).") if tested is None else say(f" ({tested}).", f" ({tested}).")
    )


def _name(one: str, ground: Ground) -> str:
    if one == WITHHELD:
        return say("beroende som inte delas", "dependency not shared")
    return ground.network.spoken[one]


def chain_name(gap: Gap, ground: Ground) -> str:
    """Who needs: an entity, or a payment with its stage."""
    name = _name(gap.about[0], ground)
    if gap.stage is None:
        return name
    return f"{name}, {ground.network.payment[gap.about[0]].stages[gap.stage].name}"


def path_words(gap: Gap, way: str, ground: Ground) -> str:
    """The way of a chain gap that takes longest, "serial" or "parallel", what is back first before what waits for it."""
    path = " → ".join(
        _name(one, ground) if added is None else f"{_name(one, ground)} ({duration_in_words(added)})"
        for one, added in gap.figures[f"{way}_path"]
    )
    if restarts := gap.figures[f"{way}_restarts"]:
        words = duration_in_words(restarts)
        path += say(f", och omstarter {words}", f", and restarts {words}")
    other = other_stage_words(gap, ground) if way == "parallel" else ""
    return path + (say(f", till {other}", f", to {other}") if other else "")


def other_stage_words(gap: Gap, ground: Ground) -> str:
    """The stage that the parallel way of a chain gap leads to; "" when it is the one that the gap is named by."""
    stages, other = ground.network.payment[gap.about[0]].stages, gap.figures["parallel_stage"]
    if other is None or (gap.stage is not None and stages[gap.stage].id == other):
        return ""
    if other == WITHHELD:
        return say("ett steg som inte delas", "a stage that is not shared")
    name = next(stage.name for stage in stages if stage.id == other)
    return say(f"steget {name}", f"the stage {name}")


def short_chain_words(gap: Gap) -> str:
    """What a chain gap leaves out since it is unknown; begins with a space, "" for nothing."""
    told, rto, endurance = [], gap.figures["rto_unknown"], gap.figures["endurance_unknown"]
    if rto:
        links = say("länk" if rto == 1 else "länkar", "link has" if rto == 1 else "links have")
        told.append(
            say(
                f"minst så länge, för {rto} {links} saknar återställningstid",
                f"at least so long, since {rto} {links} no recovery time",
            )
        )
    if any(one == WITHHELD for way in ("serial", "parallel") for one, _ in gap.figures[f"{way}_path"]):
        told.append(say("tider som inte delas är inte medräknade", "times that are not shared are not counted"))
    if endurance:
        needs = say("behov", "need has" if endurance == 1 else "needs have")
        told.append(
            say(
                f"{endurance} {needs} saknar uthållighet, som då räknas som 0",
                f"{endurance} {needs} no endurance, which then counts as 0",
            )
        )
    joined = "; ".join(told)
    return f" {joined[0].upper()}{joined[1:]}." if told else ""


def _payouts(count: float) -> str:
    return counted(round(count), say("utbetalning", "payout"), say("utbetalningar", "payouts"))


def sizeless_words(gap: Gap, ground: Ground) -> str:
    """The payments of a concentration whose numbers or amounts are unknown and add nothing."""
    sizeless = dict.fromkeys((*gap.figures["count_unknown"], *gap.figures["amount_unknown"]))
    if not sizeless:
        return ""
    names = listed([_name(one, ground) for one in sizeless])
    return say(
        f"Antal eller belopp saknas för {names} och är inte medräknade.",
        f"Numbers or amounts are missing for {names} and are not counted.",
    )
