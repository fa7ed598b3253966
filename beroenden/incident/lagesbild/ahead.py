"""How the actor's own systems and the citizens fare from the as-of time on; what is over is told as past."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from beroenden.consequences.outcome import EntityImpact, Spell
from beroenden.engine.causes import Link
from beroenden.incident.lagesbild.actors import own_entities
from beroenden.incident.lagesbild.claims import impact_claims
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.variations import varied
from beroenden.incident.lagesbild.writer import Writer, beginning, listed
from beroenden.incident.log.entries import Observation
from beroenden.incident.reported import told_by
from beroenden.language import say
from beroenden.model.entities import Entity
from beroenden.units.numbers import about, percent


class Ahead(Writer):
    """Of "Övergripande konsekvenser" what is not payments."""

    def statements(self) -> Iterator[Statement]:
        """The own systems, each; then the citizens."""
        for impact in own_entities(self._outcome, self._actor):
            is_past = impact.restored is not None and impact.restored <= self._at
            told = [one for one in impact.spells if is_past or one.end is None or one.end > self._at]
            on = self._depending(impact.entity.id)
            text = ("" if is_past else beginning(on[0])) + self._about(impact, told)
            path = tuple(link.entity for because in self._behind(impact, told[0]) for link in because)
            claims = impact_claims(impact, self._network.timezone)
            yield self._computed("prognos.konsekvenser", text, told[0].start, path, claims=claims, on=on)
        yield from self._citizens()

    def _about(self, impact: EntityImpact, spells: list[Spell]) -> str:
        """How it fares in some spells, those that are not over or, where all are, each; the first with what it came of."""
        first, *others = spells
        through = self._through(impact, first)
        why = say(f" (beror på {through})", f" (because of {through})") if through else ""
        if through and others:
            why = say(f", den första gången på grund av {through}", f", the first time because of {through}")
        again = "".join(self._again(impact, one) for one in others)
        if first.end is not None and first.end <= self._at:
            since, over = self._time(first.start), self._time(first.end)
            text = say(f"bör ha varit nedsatt {since} till {over}", f"should have been impaired {since} to {over}")
            if self._is_known_itself(impact, first):
                text = say(f"var nedsatt {since} till {over}", f"was impaired {since} to {over}")
        else:
            text = self._ongoing(impact, first)
        return f"{impact.entity.name} {text}{again}{why}{self._by_doubt(impact, first)}."

    def _is_known_itself(self, impact: EntityImpact, spell: Spell) -> bool:
        """Whether something is out, or was seen impaired, by a word of its own that is confirmed, and is not only computed to be."""
        entity = impact.entity.id
        known = {one.entity for one in self._outcome.outages} | {one.entity for one in self._known.pins}
        if entity in known and entity not in self._known.doubted:
            return True
        end, seen = spell.end or self._outcome.end, self._known.log.of(Observation) if self._known.log else ()
        levels = (one for one in seen if one.entity == entity and one.status == "confirmed" and one.level is not None)
        return any((one.level or 0) < 1 and spell.start <= one.time < end for one in levels)

    def _by_doubt(self, impact: EntityImpact, spell: Spell) -> str:
        """By whose word that nobody has confirmed something was impaired, where it was not without; "" of what is not over."""
        is_over = spell.end is not None and spell.end <= self._at
        if not is_over or self._is_known_itself(impact, spell) or not self._rests_on_doubt(impact, spell):
            return ""
        log, behind = self._known.log, self._network.upstream([impact.entity.id])
        unsure = [one for one in self._known.doubted if one in behind]
        own = {one.outage.entity for one in self._known.reports if one is not None}
        told = () if log is None or own & {*unsure} else [one for each in unsure for one in told_by(log, each)]
        by = "" if self._basis.viewer else listed(one.sender_in(self._network) for one in told)
        whose = say(f" från {by}", f" from {by}") if by else ""
        return say(f", enligt obekräftade uppgifter{whose}", f", according to unconfirmed information{whose}")

    def _rests_on_doubt(self, impact: EntityImpact, spell: Spell) -> bool:
        """Whether something would not have been impaired in a spell, had there been nothing but what is confirmed."""
        known, scenario = self._known, self._known.sure or self._known.scenario
        sure = tuple(one for one in scenario.outages if one.subject not in known.doubted)
        if sure == known.scenario.outages:
            return False
        if not sure and not scenario.pins:
            return True
        within = replace(
            scenario, outages=sure, since=known.scenario.start, horizon=scenario.end - known.scenario.start
        )
        levels = varied(self._outcome, scenario=within).levels.of(impact.entity.id)
        return all(level >= 1 for _, _, level in levels.pieces(spell.start, spell.end or self._outcome.end))

    def _through(self, impact: EntityImpact, spell: Spell) -> str:
        """What it comes of, and from when of what came to hold it later, or again; nothing where it is all its own."""
        behind = self._behind(impact, spell)
        ways = [(path[0].at, way) for path in behind if (way := self._way(path))]
        if all(len(path) == 1 for path in behind) or not ways:
            return ""
        (begun, text), *more = ways
        for at, way in (*more, *self._own_beside(impact, spell, behind)):
            later = say(f"; från {self._short(at)} på {way}", f"; from {self._short(at)} because of {way}")
            text += later if at > begun else say(f" och på {way}", f" and because of {way}")
        for at, way in self._through_again(impact, spell, behind[-1]):
            text += say(f"; från {self._short(at)} åter på {way}", f"; from {self._short(at)} again because of {way}")
        return text

    def _through_again(self, impact: EntityImpact, spell: Spell, last: Sequence[Link]) -> Iterator[tuple[int, str]]:
        """What holds it once the last that came to hold it no longer does, and from when."""
        end = self._outcome.end if spell.end is None else spell.end
        times = {one.end for one in self._outcome.outages if one.end is not None}
        times.update(time for link in last for time in self._outcome.levels.of(link.entity).times)
        for time in sorted(time for time in times if last[0].at < time < end):
            rest = self._outcome.holding(impact.entity.id, time, end)
            if rest and all(path[-1].entity != last[-1].entity for path in rest):
                yield from ((max(time, path[0].at), way) for path in rest if (way := self._way(path)))
                return

    def _own_beside(
        self, impact: EntityImpact, spell: Spell, behind: Sequence[Sequence[Link]]
    ) -> Iterator[tuple[int, str]]:
        """From when its own outage holds it beside what else does, where a spell that is over ends no sooner without that."""
        if spell.end is None or spell.end > self._at or any(len(path) == 1 for path in behind):
            return
        for one in self._outcome.outages:
            lasts = one.end is None or one.end >= spell.end
            if one.entity == impact.entity.id and behind[0][0].at < one.start < spell.end and lasts:
                yield one.start, say("eget avbrott", "its own outage")
                return

    def _way(self, path: tuple[Link, ...]) -> str:
        """What it rests on back to a cause, or that it is out itself; nothing of what was only observed of it."""
        if len(path) == 1:
            is_out = any(one.entity == path[0].entity for one in self._outcome.outages)
            return say("eget avbrott", "its own outage") if is_out else ""
        return " ← ".join(self._name(link.entity) for link in path[1:])

    def _behind(self, impact: EntityImpact, spell: Spell) -> tuple[tuple[Link, ...], ...]:
        """The paths to what holds it in a spell, from the as-of time on where that lies within."""
        end = self._outcome.end if spell.end is None else spell.end
        since = self._at if spell.start < self._at < end else spell.start
        return self._outcome.holding(impact.entity.id, since, end)

    def _ongoing(self, impact: EntityImpact, spell: Spell) -> str:
        """How it fares in a spell that is not over."""
        since, until = self._time(impact.fell(spell)), spell.end or self._outcome.end
        first = max(self._at, spell.start)
        worst, down, _ = impact.worst_between(first, until)
        left = percent(worst)
        state = say(f"har som lägst {left} av sin förmåga", f"is at worst at {left} of its capacity")
        if worst <= 0:
            is_steady = impact.steps.is_even(first, until)
            state = say("är nere", "is down") if is_steady else say("är tidvis nere", "is down at times")
        text = say(f"{state} från {since}", f"{state} from {since}")
        if worst <= 0 and down > first:
            then = self._time(down)
            text = say(
                f"är nedsatt från {since} och nere från {then}", f"is impaired from {since} and down from {then}"
            )
        elif spell.start == self._at and self._left(impact, self._at) >= 1:
            text = say(f"{state} från läget", f"{state} from the as-of time on")
        elif spell.start < self._at and not impact.steps.is_even(spell.start, self._at + 1):
            text = say(
                f"{state} från läget, nedsatt sedan {since}", f"{state} from the as-of time on, impaired since {since}"
            )
        return f"{text}, {self._until(spell.end)}"

    def _again(self, impact: EntityImpact, spell: Spell) -> str:
        """That it is harmed once more, from when until when and how badly."""
        worst, _, _ = impact.worst_between(spell.start, spell.end or self._outcome.end)
        since, left = self._time(spell.start), percent(worst)
        if spell.end is None:
            return say(f", och igen från {since} (som lägst {left})", f", and again from {since} (at worst {left})")
        until = self._time(spell.end)
        return say(
            f", och igen {since} till {until} (som lägst {left})", f", and again {since} to {until} (at worst {left})"
        )

    def _until(self, restored: int | None) -> str:
        if restored is None:
            return say("inte återställt före periodens slut", "not restored before the end of the period")
        return say(f"återställt {self._time(restored)}", f"restored on {self._time(restored)}")

    def _citizens(self) -> Iterator[Statement]:
        """Who cannot use their money from the as-of time on, and when they are most."""
        most: dict[int, list[str]] = {}
        path = []
        for group in self._outcome.groups:
            peak = self._peak_ahead(group.entity)
            if peak is not None:
                since, many = peak
                count = say("okänt antal", "unknown number") if many is None else about(many)
                most.setdefault(since, []).append(f"{group.entity.name} ({count})")
                path.append(group.entity.id)
        if most:
            each = [f"{self._most_at(time)} {listed(most[time])}" for time in sorted(most)]
            overlap = len(path) > 1
            groups = say(" Grupperna överlappar varandra.", " The groups overlap.") if overlap else ""
            text = say("Kan inte använda sina pengar som vanligt, ", "Cannot use their money as usual, ")
            yield self._computed("prognos.konsekvenser", f"{self._if}{text}{'; '.join(each)}.{groups}", None, path)

    def _peak_ahead(self, group: Entity) -> tuple[int, int | None] | None:
        """When most of a group are without from the as-of time on, and how many (None: unknown); None where none is."""
        pieces = self._outcome.levels.of(group.id).pieces(max(self._at, self._outcome.start), self._outcome.end)
        found = [(since, 1 - level) for since, _, level in pieces if level < 1]
        if not found:
            return None
        since, share = max(found, key=lambda one: one[1])
        if group.population is None:
            return since, None
        many = round(group.population * share)
        return (since, many) if many else None

    def _most_at(self, time: int) -> str:
        if time <= self._at:
            return say("som mest nu:", "at most now:")
        return say(f"som mest från {self._short(time)}:", f"at most from {self._short(time)}:")
