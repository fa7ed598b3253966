"""PROGNOS: what the model computes follows from what is known and assumed. No probabilities."""

from collections.abc import Iterator
from dataclasses import replace

from beroenden.consequences.course import course_of
from beroenden.consequences.lengths import length_quantile
from beroenden.consequences.outcome import EntityImpact, Outcome
from beroenden.incident.actors import (
    OwnRun,
    causing_actors,
    harmed_owners,
    late_banks,
    late_payers,
    own_entities,
    own_runs,
    upstream_actors,
)
from beroenden.incident.assumptions import unknown_endurances
from beroenden.incident.facts import outage_name
from beroenden.incident.statements import Statement, Status
from beroenden.incident.variations import varied
from beroenden.model.scenario import Scenario
from beroenden.units.durations import HOUR, swedish_duration
from beroenden.units.numbers import about, about_money, percent
from beroenden.units.times import brief_date, short_time, swedish_time, time_zone

HOURS_AHEAD = (0, 4, 12, 24, 48, 72)
UNCERTAIN_PERCENTILES = (10, 50, 90)
_MODEL = "modellberäkning"


class Prognosis:
    """The prognosis of one actor at one time."""

    def __init__(self, outcome: Outcome, actor: str, at: int) -> None:
        self._outcome, self._network, self._actor, self._at = outcome, outcome.network, actor, at
        self._zone = time_zone(outcome.network.timezone)
        self._runs = own_runs(outcome, actor)
        self._late = [run for run in self._runs if run.late]
        self._entities = own_entities(outcome, actor)
        lasts = any(outage.end is None for outage in outcome.scenario.outages)
        self._if = "Om avbrottet kvarstår: " if lasts else ""

    def statements(self) -> Iterator[Statement]:
        """Everything but the assumptions, question by question."""
        yield from self._highlights()
        yield from self._overall()
        yield from self._ahead()
        yield from self._payments()
        yield from self._decisions()
        yield from self._cooperation()
        yield from self._unknowns()

    def _statement(
        self,
        section: str,
        text: str,
        time: int | None = None,
        path: tuple[str, ...] = (),
        cells: tuple[tuple[str, str], ...] = (),
        status: Status = "modellberäknad",
    ) -> Statement:
        return Statement(section, text, status, _MODEL, time, path, self._network.label_of(*path), cells=cells)

    def _time(self, minutes: int) -> str:
        return swedish_time(minutes, self._zone)

    def _highlights(self) -> Iterator[Statement]:
        """What matters most, in two or three lines."""
        yield self._statement("viktigast", self._verdict())
        clock = [run.run for run in self._runs if run.run.latest_recovery is not None]
        ahead = [run for run in clock if (run.latest_recovery or 0) >= self._at]
        if ahead:
            first = min(run.latest_recovery or 0 for run in ahead)
            names = _listed([_named(run) for run in self._runs if run.run.latest_recovery == first])
            left = swedish_duration(first - self._at)
            text = f"Första tidsfristen: är avbrottet åtgärdat senast {self._time(first)} (om {left}) kommer {names} i tid."
            yield self._statement("viktigast", text, first)
        if self._late:
            banks = _listed([*dict.fromkeys(self._late_banks(run) for run in self._late)])
            yield self._statement("viktigast", f"{self._if}Sena för konton i {banks}.")

    def _verdict(self) -> str:
        if not self._late:
            still = "Om avbrottet kvarstår blir ändå ingen" if self._if else "Ingen"
            end = "" if self._if else " blir"
            return f"{still} av aktörens betalningar som ska vara klara före {self._time(self._outcome.end)}{end} sen."
        payouts = sum(run.recipients_late or 0 for run in self._late)
        amount = sum(run.amount_late or 0 for run in self._late)
        size = f"{about(payouts)} utbetalningar och {about_money(amount)}" if payouts else "antalet är okänt"
        begin = "Om avbrottet kvarstår blir dessa betalningar sena" if self._if else "Dessa betalningar blir sena"
        return f"{begin}: {_listed([_named(run) for run in self._late])} ({size})."

    def _overall(self) -> Iterator[Statement]:
        yield self._statement("prognos.konsekvenser", self._verdict())
        for impact in self._entities:
            text = self._if + self._about(impact)
            yield self._statement("prognos.konsekvenser", text, impact.degraded_from, _path(impact))
        yield from self._uncertain()
        hit = [group for group in self._outcome.groups if group.peak_affected]
        if hit:
            sizes = _listed([f"{group.entity.name} (som mest {about(group.peak_affected or 0)})" for group in hit])
            text = f"{self._if}Kan inte använda sina pengar som vanligt: {sizes}. Grupperna överlappar varandra."
            yield self._statement("prognos.konsekvenser", text, None, tuple(group.entity.id for group in hit))

    def _uncertain(self) -> Iterator[Statement]:
        """The outcome at P10, P50 and P90 of the outages' lengths. Harm grows with length, so these are its percentiles too."""
        uncertain = [outage for outage in self._outcome.scenario.outages if outage.length is not None]
        for percentile in UNCERTAIN_PERCENTILES if uncertain else ():
            scenario = at_percentile(self._outcome.scenario, percentile)
            runs = own_runs(varied(self._outcome, scenario=scenario), self._actor)
            payouts, amount = sum(run.recipients_late or 0 for run in runs), sum(run.amount_late or 0 for run in runs)
            lengths = "; ".join(
                f"{outage_name(self._network, outage)} {swedish_duration(length_quantile(outage.length, percentile / 100))}"
                for outage in uncertain
                if outage.length is not None
            )
            text = f"{self._if}P{percentile} ({lengths}): {about(payouts)} sena utbetalningar, {about_money(amount)}."
            yield self._statement(
                "prognos.konsekvenser", text, None, tuple(one.entity for one in uncertain if one.entity)
            )

    def _about(self, impact: EntityImpact) -> str:
        worst = min(level for _, _, level in impact.steps.pieces(self._outcome.start, self._outcome.end))
        state = "är nere" if worst <= 0 else f"har som lägst {percent(worst)} av sin förmåga"
        since = self._time(impact.degraded_from or 0)
        restored = impact.restored
        until = "inte återställt före periodens slut" if restored is None else f"återställt {self._time(restored)}"
        through = " ← ".join(self._network.entity[link.entity].name for link in impact.because[1:])
        because = f" (beror på {through})" if through else ""
        return f"{impact.entity.name} {state} från {since}, {until}{because}."

    def _ahead(self) -> Iterator[Statement]:
        for hours in HOURS_AHEAD:
            time = self._at + hours * HOUR
            if time > self._outcome.end:
                break
            hit = [impact for impact in self._entities if impact.steps.at(time) < 1]
            overdue = [run for run in self._runs if run.overdue_at(time)]
            payouts = sum(run.recipients_overdue_at(time) for run in overdue)
            amount = sum(run.amount_overdue_at(time) for run in overdue)
            own = _listed([f"{impact.entity.name} ({percent(impact.steps.at(time))})" for impact in hit]) or "inga"
            text = (
                f"T+{hours} tim ({self._time(time)}): egna nedsatta: {own}; "
                f"utbetalningar som skulle ha varit framme men inte är det: {about(payouts)}."
            )
            cells = (
                ("Tid", f"T+{hours} tim, {short_time(time, self._zone)}"),
                ("Egna system nedsatta (förmåga kvar)", own),
                ("Försenade utbetalningar", about(payouts)),
                ("Belopp", about_money(amount)),
                ("Betalningar", _listed([run.run.payment.name for run in overdue]) or "–"),
            )
            yield self._statement("prognos.tid", self._if + text, time, _entity_ids(hit), cells)

    def _payments(self) -> Iterator[Statement]:
        for run in self._late:
            worst = run.worst
            cells = (
                ("Betalning", run.run.payment.name),
                ("Planerad", short_time(worst.planned, self._zone)),
                (
                    "Beräknas klar",
                    "inte inom perioden" if worst.completed is None else short_time(worst.completed, self._zone),
                ),
                ("Sena utbetalningar", "okänt" if run.recipients_late is None else about(run.recipients_late)),
                ("Belopp", "okänt" if run.amount_late is None else about_money(run.amount_late)),
                ("Sena för konton i", self._late_banks(run)),
                ("Orsak", self._why(run)),
            )
            text = f"{self._if}{run.run.payment.name}, planerad {self._time(worst.planned)}: {self._result(run)}."
            yield self._statement("prognos.betalningar", text, worst.planned, run.run.blocked_by, cells)
        in_time = [run for run in self._runs if not run.late and run.run.planned >= self._at]
        if in_time:
            text = f"{self._if}I tid: {_listed([_named(run) for run in in_time])}."
            yield self._statement("prognos.betalningar", text)

    def _late_banks(self, run: OwnRun) -> str:
        in_time = [branch.bank for branch in run.branches if not branch.is_late]
        if not in_time:
            return "alla banker" if len(run.branches) > 1 else self._bank(run.branches[0].bank)
        if len(in_time) == 1 and in_time[0] and len(run.late) > 1:
            return f"alla banker utom {self._bank(in_time[0])}"
        return _listed([self._bank(branch.bank) for branch in run.late])

    def _bank(self, bank: str | None) -> str:
        return self._network.entity[bank].name if bank else "alla banker (en del av filen)"

    def _why(self, run: OwnRun) -> str:
        """The causes, and the first deadline that was missed."""
        causes = _listed([self._network.entity[one].name for one in run.run.blocked_by]) or "fel i filen"
        for part in course_of(self._outcome, run.run):
            if part.missed_cutoff is not None:
                return f"{causes}; {part.stage.name} missar bryttiden {short_time(part.missed_cutoff, self._zone)}"
            if part.missed_release is not None:
                return f"{causes}; {part.stage.name} missar leveransen {short_time(part.missed_release, self._zone)}"
        return causes

    def _result(self, run: OwnRun) -> str:
        size = "" if run.recipients_late is None else f", {about(run.recipients_late)} utbetalningar"
        if run.worst.delay is None:
            return f"inte klar inom perioden{size}"
        over = ", mer än den tolerabla förseningen" if run.run.over_max_delay else ""
        return f"upp till {swedish_duration(run.worst.delay)} sen{over}{size}; {self._why(run)}"

    def _decisions(self) -> Iterator[Statement]:
        """The decision clock: until when each payment can still be saved, the first deadline first."""
        lost = [run for run in self._runs if run.run.latest_recovery_state == "too_late"]
        if lost:
            names = _listed([_named(run) for run in lost])
            yield self._statement("prognos.beslut", f"Blir sena även om avbrottet åtgärdas nu: {names}.")
        deadlines: dict[int, list[OwnRun]] = {}
        for run in self._runs:
            if run.run.latest_recovery is not None:
                deadlines.setdefault(run.run.latest_recovery, []).append(run)
        for deadline in sorted(deadlines):
            ahead = deadline - self._at
            clock = f"om {swedish_duration(ahead)}" if ahead >= 0 else f"passerad för {swedish_duration(-ahead)} sedan"
            names = _listed([_named(run) for run in deadlines[deadline]])
            text = f"Tidsfrist {self._time(deadline)} ({clock}): är avbrottet åtgärdat då kommer {names} i tid."
            yield self._statement("prognos.beslut", text, deadline)
        for impact in self._entities:
            if impact.degraded_from is not None and impact.degraded_from > self._at:
                left = swedish_duration(impact.degraded_from - self._at)
                until = self._time(impact.degraded_from)
                text = (
                    f"{impact.entity.name} klarar sig till {until} (om {left}); beslut om reservrutin behövs före dess."
                )
                yield self._statement("prognos.beslut", self._if + text, impact.degraded_from, _path(impact))

    def _cooperation(self) -> Iterator[Statement]:
        """Whom to speak with, each once: where the cause lies, who stands between, who else is affected and how."""
        roles = (
            ("Där orsaken ligger", causing_actors(self._outcome, self._actor)),
            ("Mellan orsaken och oss", upstream_actors(self._outcome, self._actor)),
            ("Betalar också sent", late_payers(self._outcome)),
            ("Banker vars kunder får pengar sent", late_banks(self._outcome)),
            ("Har också nedsatta system", harmed_owners(self._outcome)),
        )
        named = {self._actor}
        for role, actors in roles:
            fresh = [actor for actor in actors if actor not in named]
            named |= set(fresh)
            if fresh:
                text = f"{role}: {'; '.join(self._with_contact(actor) for actor in fresh)}."
                yield self._statement("prognos.samverkan", text, None, tuple(fresh))

    def _with_contact(self, actor: str) -> str:
        entity = self._network.entity[actor]
        if entity.contact is None:
            return f"{entity.name} (kontaktfunktion saknas i modellen)"
        return f"{entity.name} ({', '.join(part for part in (entity.contact.role, entity.contact.channel) if part)})"

    def _unknowns(self) -> Iterator[Statement]:
        for outage in self._outcome.scenario.outages:
            yield self._unknown(
                self._about_outage(outage_name(self._network, outage), outage.end), (outage.entity or "",)
            )
        for entity, _, need in unknown_endurances(self._outcome, self._actor):
            providers = _listed([self._network.entity[provider].name for provider in need.providers])
            text = f"Hur länge klarar sig {self._network.entity[entity].name} utan {providers}?"
            yield self._unknown(text, (entity, *need.providers))
        on_paths = dict.fromkeys(link.entity for impact in self._entities for link in impact.because)
        lacking = [one for one in on_paths if self._network.entity[one].rto is None]
        if lacking:
            names = _listed([self._network.entity[one].name for one in lacking])
            yield self._unknown(f"Vilken återställningstid gäller? Den saknas i modellen för {names}.", tuple(lacking))
        sizeless = [
            run.run.payment for run in self._runs if run.run.payment.count is None or run.run.payment.amount is None
        ]
        if sizeless:
            names = _listed([*dict.fromkeys(payment.name for payment in sizeless)])
            yield self._unknown(f"Antal eller belopp saknas i modellen för {names}.", ())

    def _about_outage(self, name: str, end: int | None) -> str:
        if end is None:
            return f"{name}: när beräknas det vara åtgärdat? Längden är okänd."
        if end <= self._at:
            return f"{name}: antas ha upphört {self._time(end)}. Har det bekräftats?"
        return f"{name}: är det bekräftat, och när beräknas det vara åtgärdat?"

    def _unknown(self, text: str, path: tuple[str, ...]) -> Statement:
        return self._statement("prognos.information", text, None, tuple(one for one in path if one), status="okänd")


def at_percentile(scenario: Scenario, percentile: int) -> Scenario:
    """The scenario with every uncertain length at one of its percentiles, all short or all long together."""
    outages = tuple(
        outage
        if outage.length is None
        else replace(outage, end=outage.start + length_quantile(outage.length, percentile / 100))
        for outage in scenario.outages
    )
    return replace(scenario, outages=outages)


def _named(run: OwnRun) -> str:
    """A run by its payment and date."""
    return f"{run.run.payment.name} ({brief_date(run.run.day)})"


def _path(impact: EntityImpact) -> tuple[str, ...]:
    return tuple(link.entity for link in impact.because)


def _entity_ids(impacts: list[EntityImpact]) -> tuple[str, ...]:
    return tuple(impact.entity.id for impact in impacts)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " och " + names[-1] if len(names) > 1 else "".join(names)
