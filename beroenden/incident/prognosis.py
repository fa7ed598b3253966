"""PROGNOS: what the model computes follows from what is known and assumed. No probabilities."""

from collections.abc import Iterator

from beroenden.consequences.outcome import EntityImpact, Outcome, RunImpact
from beroenden.incident.actors import affected_actors, own_entities, own_runs, upstream_actors
from beroenden.incident.assumptions import unknown_endurances
from beroenden.incident.statements import Statement
from beroenden.model.network import Network
from beroenden.units.durations import HOUR, swedish_duration
from beroenden.units.numbers import about, money, percent
from beroenden.units.times import short_time, swedish_time, time_zone

HOURS_AHEAD = (0, 4, 12, 24, 48, 72)
_MODEL = "modellberäkning"


class Prognosis:
    """The prognosis of one actor at one time."""

    def __init__(self, outcome: Outcome, actor: str, at: int) -> None:
        self._outcome, self._network, self._actor, self._at = outcome, outcome.network, actor, at
        self._zone = time_zone(outcome.network.timezone)
        self._runs = own_runs(outcome, actor)
        self._entities = own_entities(outcome, actor)

    def statements(self) -> Iterator[Statement]:
        """Everything but the assumptions, question by question."""
        yield from self._overall()
        yield from self._ahead()
        yield from self._payments()
        yield from self._decisions()
        yield from self._cooperation()
        yield from self._unknowns()

    def _computed(
        self,
        section: str,
        text: str,
        time: int | None = None,
        path: tuple[str, ...] = (),
        cells: tuple[tuple[str, str], ...] = (),
    ) -> Statement:
        return Statement(
            section, text, "modellberäknad", _MODEL, time, path, self._network.label_of(*path), cells=cells
        )

    def _condition(self) -> str:
        """What the whole prognosis rests on, when an outage has no known end."""
        return "Om avbrottet kvarstår: " if any(outage.end is None for outage in self._outcome.scenario.outages) else ""

    def _time(self, minutes: int) -> str:
        return swedish_time(minutes, self._zone)

    def _overall(self) -> Iterator[Statement]:
        late = [run for run in self._runs if run.status != "on_time"]
        if late:
            payouts = sum(run.delayed_recipients or 0 for run in late)
            amount = sum(run.delayed_amount or 0 for run in late)
            size = f"{about(payouts)} utbetalningar och {money(amount)}" if payouts else "antalet är okänt"
            begin = (
                "Om avbrottet kvarstår blir dessa betalningar sena"
                if self._condition()
                else "Dessa betalningar blir sena"
            )
            text = f"{begin}: {_listed([_named(run) for run in late])} ({size})."
        elif self._condition():
            text = "Om avbrottet kvarstår blir ändå ingen av aktörens betalningar inom horisonten sen."
        else:
            text = "Ingen av aktörens betalningar inom horisonten blir sen."
        yield self._computed("prognos.konsekvenser", text)
        for impact in self._entities:
            text = self._condition() + self._about(impact)
            yield self._computed("prognos.konsekvenser", text, impact.degraded_from, _path(impact))
        yield from self._citizens()

    def _citizens(self) -> Iterator[Statement]:
        hit = [group for group in self._outcome.groups if group.peak_affected]
        if hit:
            sizes = _listed([f"{group.entity.name} (som mest {about(group.peak_affected or 0)})" for group in hit])
            text = f"{self._condition()}Kan inte använda sina betalsätt som vanligt: {sizes}. Grupperna överlappar varandra."
            yield self._computed("prognos.konsekvenser", text, None, tuple(group.entity.id for group in hit))

    def _about(self, impact: EntityImpact) -> str:
        worst = min(level for _, _, level in impact.steps.pieces(self._outcome.start, self._outcome.end))
        state = "är nere" if worst <= 0 else f"har som lägst {percent(worst)} av sin förmåga"
        since = self._time(impact.degraded_from or 0)
        until = (
            "vid horisontens slut ännu inte återställt"
            if impact.restored is None
            else f"återställt {self._time(impact.restored)}"
        )
        return f"{impact.entity.name} {state} från {since}, {until}{_through(impact, self._network)}."

    def _ahead(self) -> Iterator[Statement]:
        for hours in HOURS_AHEAD:
            time = self._at + hours * HOUR
            if time > self._outcome.end:
                break
            hit = [impact for impact in self._entities if impact.steps.at(time) < 1]
            late = [run for run in self._runs if _recipients_late_at(run, time)]
            payouts = sum(_recipients_late_at(run, time) for run in late)
            amount = sum(_amount_late_at(run, time) for run in late)
            own = _listed([f"{impact.entity.name} ({percent(impact.steps.at(time))})" for impact in hit]) or "inga"
            text = (
                f"T+{hours} tim ({self._time(time)}): egna nedsatta: {own}; "
                f"utbetalningar som skulle ha varit framme men inte är det: {about(payouts)}."
            )
            cells = (
                ("Tid", f"T+{hours} tim, {short_time(time, self._zone)}"),
                ("Egna system nedsatta (förmåga kvar)", own),
                ("Försenade utbetalningar", about(payouts)),
                ("Belopp", money(amount)),
                ("Betalningar", _listed([run.payment.name for run in late]) or "–"),
            )
            path = tuple(impact.entity.id for impact in hit)
            yield self._computed("prognos.tid", self._condition() + text, time, path, cells)

    def _payments(self) -> Iterator[Statement]:
        for run in self._runs:
            if run.planned < self._at and run.status == "on_time":
                continue
            text = f"{self._condition()}{run.payment.name}, planerad {self._time(run.planned)}: {self._result(run)}."
            cells = (
                ("Betalning", run.payment.name),
                ("Planerad", short_time(run.planned, self._zone)),
                (
                    "Beräknas klar",
                    "inte inom horisonten" if run.completed is None else short_time(run.completed, self._zone),
                ),
                ("Sena utbetalningar", "okänt" if run.delayed_recipients is None else about(run.delayed_recipients)),
                ("Belopp", "okänt" if run.delayed_amount is None else money(run.delayed_amount)),
                ("Sena för konton i", self._late_banks(run)),
                ("Orsak", _listed([self._network.entity[one].name for one in run.blocked_by]) or "–"),
            )
            yield self._computed("prognos.betalningar", text, run.planned, run.blocked_by, cells)

    def _late_banks(self, run: RunImpact) -> str:
        late = [branch for branch in run.branches if branch.is_late]
        if not late:
            return "–"
        in_time = [branch.bank for branch in run.branches if not branch.is_late]
        if not in_time:
            return "alla banker"
        if len(in_time) == 1 and in_time[0] and len(late) > 1:
            return f"alla utom {self._network.entity[in_time[0]].name}"
        return _listed(
            [self._network.entity[branch.bank].name if branch.bank else "en del av filen" for branch in late]
        )

    def _result(self, run: RunImpact) -> str:
        if run.status == "on_time":
            return "i tid"
        size = "" if run.delayed_recipients is None else f", {about(run.delayed_recipients)} utbetalningar"
        if run.delay is None:
            return f"inte klar inom horisonten{size}"
        over = ", över den tolerabla förseningen" if run.over_max_delay else ""
        return f"upp till {swedish_duration(run.delay)} sen{over}{size}"

    def _decisions(self) -> Iterator[Statement]:
        """The decision clock: until when each payment can still be saved, the first deadline first."""
        lost = [run for run in self._runs if run.latest_recovery_state == "too_late"]
        if lost:
            text = (
                f"Går inte längre att få i tid genom att åtgärda avbrottet: {_listed([_named(run) for run in lost])}."
            )
            yield self._computed("prognos.beslut", text)
        deadlines: dict[int, list[RunImpact]] = {}
        for run in self._runs:
            if run.latest_recovery is not None:
                deadlines.setdefault(run.latest_recovery, []).append(run)
        for deadline in sorted(deadlines):
            ahead = deadline - self._at
            clock = f"om {swedish_duration(ahead)}" if ahead >= 0 else f"passerat för {swedish_duration(-ahead)} sedan"
            text = (
                f"Senast {self._time(deadline)} ({clock}) ska avbrottet vara åtgärdat för att ingen ska få pengarna sent: "
                f"{_listed([_named(run) for run in deadlines[deadline]])}."
            )
            yield self._computed("prognos.beslut", text, deadline)
        for impact in self._entities:
            if impact.degraded_from is not None and impact.degraded_from > self._at:
                left = swedish_duration(impact.degraded_from - self._at)
                text = f"{impact.entity.name} klarar sig till {self._time(impact.degraded_from)} (om {left}); beslut om reservrutin behövs före dess."
                yield self._computed("prognos.beslut", self._condition() + text, impact.degraded_from, _path(impact))

    def _cooperation(self) -> Iterator[Statement]:
        upstream = upstream_actors(self._outcome, self._actor)
        for one in upstream:
            text = f"Uppströms, där orsaken ligger: {_with_contact(self._network, one)}."
            yield self._computed("prognos.samverkan", text, None, (one,))
        for one in affected_actors(self._outcome):
            if one not in (*upstream, self._actor):
                text = f"Drabbas också: {_with_contact(self._network, one)}."
                yield self._computed("prognos.samverkan", text, None, (one,))

    def _unknowns(self) -> Iterator[Statement]:
        for outage in self._outcome.scenario.outages:
            what = (
                self._network.entity[outage.entity].name
                if outage.entity
                else self._network.payment[outage.payment or ""].name
            )
            if outage.end is None:
                yield self._unknown(f"När beräknas {what} vara åtgärdat? Längden är okänd.", (outage.entity or "",))
            else:
                yield self._unknown(
                    f"Bekräfta avbrottet i {what}, och när det beräknas vara åtgärdat.", (outage.entity or "",)
                )
        for entity, _, need in unknown_endurances(self._outcome, self._actor):
            providers = _listed([self._network.entity[provider].name for provider in need.providers])
            yield self._unknown(
                f"Hur länge klarar sig {self._network.entity[entity].name} utan {providers}?", (entity, *need.providers)
            )
        on_paths = dict.fromkeys(link.entity for impact in self._entities for link in impact.because)
        for one in on_paths:
            if self._network.entity[one].rto is None:
                yield self._unknown(
                    f"Vilken återställningstid gäller för {self._network.entity[one].name}? Den saknas i modellen.",
                    (one,),
                )
        for run in self._runs:
            if run.payment.count is None or run.payment.amount is None:
                yield self._unknown(f"Antal eller belopp saknas i modellen för {run.payment.name}.", ())

    def _unknown(self, text: str, path: tuple[str, ...]) -> Statement:
        return Statement(
            "prognos.information", text, "okänd", "modellen", None, tuple(filter(None, path)), self._network.tlp
        )


def _named(run: RunImpact) -> str:
    """A run by its payment and date."""
    return f"{run.payment.name} {run.day}"


def _recipients_late_at(run: RunImpact, time: int) -> int:
    """Recipients who should have had their money by a time and have not."""
    return round((run.payment.count or 0) * _share_late_at(run, time))


def _amount_late_at(run: RunImpact, time: int) -> int:
    return round((run.payment.amount or 0) * _share_late_at(run, time))


def _share_late_at(run: RunImpact, time: int) -> float:
    return sum(
        branch.share
        for branch in run.branches
        if branch.planned <= time and (branch.completed is None or branch.completed > time)
    )


def _path(impact: EntityImpact) -> tuple[str, ...]:
    return tuple(link.entity for link in impact.because)


def _through(impact: EntityImpact, network: Network) -> str:
    if len(impact.because) < 2:
        return ""
    names = " ← ".join(network.entity[link.entity].name for link in impact.because[1:])
    return f" (beror på {names})"


def _with_contact(network: Network, actor: str) -> str:
    entity = network.entity[actor]
    if entity.contact is None:
        return f"{entity.name} (kontaktfunktion saknas i modellen)"
    parts = ", ".join(part for part in (entity.contact.role, entity.contact.channel) if part)
    return f"{entity.name} ({parts})"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " och " + names[-1] if len(names) > 1 else "".join(names)
