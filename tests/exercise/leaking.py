"""Random exercises on models in which every word can be told apart, and what may stand in a player's papers."""

import json
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from itertools import product
from typing import Any

from exercise.example import moment
from sharing.marking import Marked, marked_model, zipped_texts
from sharing.test_redaction import soes

import beroenden
from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents import html
from beroenden.documents.exercise.folder import PLAYERS, files
from beroenden.documents.exercise.key import key_document
from beroenden.documents.exercise.pack import pack_document
from beroenden.errors import UsageError
from beroenden.exercise.exercise import Exercise, Inject
from beroenden.exercise.key import key, told_log
from beroenden.exercise.pace import Pace
from beroenden.exercise.plan import plan
from beroenden.exercise.telling import SHOWN
from beroenden.exercise.witness import Disclosure
from beroenden.incident.log.entries import OutageEntry
from beroenden.interop.play_calendar import calendar
from beroenden.model.labels import TLP
from beroenden.model.network import WITHHELD, Audience, Network
from beroenden.model.payments import Payment, Stage
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import Viewer, viewer_for
from beroenden.units.durations import DAY, HOUR

MARK = re.compile(r"mk\d+q")
NUMBERS = 7_310_000
"""What is added to the numbers of injects, so that they stand out."""
_HIDDEN = ("objective", "expected", "responsible", "basis", "outcome")
_PLAYERS = ("authority", "framework_bank", "bank", "supplier")
_TELLING = ("unconfirmed", "cause", "restored", "rumour", "denial")
"""Events that tell of something which the player need not have to do with."""


@dataclass(frozen=True)
class Case:
    """An exercise, and the marked model that it was planned on."""

    marked: Marked
    exercise: Exercise

    @property
    def network(self) -> Network:
        return self.marked.network

    @cached_property
    def outcome(self) -> Outcome:
        return simulate_scenario(self.network, self.exercise.scenario)

    def viewer(self, actor: str) -> Viewer:
        return viewer_for(self.network, actor)

    def may_stand(self, actor: str, stage: int) -> set[str]:
        """Markers that may stand in what a player has by the end of a stage."""
        network = self.network
        pays = [one for one in network.payments if one.payer == actor]
        own = [one for one in network.entities if network.actor_of(one.id) == actor]
        known = {network.entity[one] for one in self.may_know_of(actor, stage)}
        texts = [one.name for one in known]
        texts += [one.contact.role for one in known if one.contact and one.contact.role]
        texts += [need.what or "" for one in own for need in one.needs]
        texts += [one.name for one in self._carried(actor)]
        texts += [part.name for one in pays for part in one.stages]
        texts += [
            part.name for one in self._carried(actor) for part in one.stages if self._has_a_hand_in(one, part, actor)
        ]
        return marks(" ".join(texts)) - self.marked.forbidden(self.viewer(actor))

    def may_know_of(self, actor: str, stage: int) -> set[str]:
        """Entities that a player has to do with itself or has been told of by the end of a stage."""
        network = self.network
        own = {one.id for one in network.entities if network.actor_of(one.id) == actor}
        found = own | {provider for one in own for need in network.entity[one].needs for provider in need.providers}
        for payment in network.payments:
            if payment.payer == actor:
                found |= {one for part in payment.stages for one in network.stage_providers(payment, part)}
        for payment in self._carried(actor):
            mine = [part for part in payment.stages if self._has_a_hand_in(payment, part, actor)]
            found |= {*self._of(payment), *(one for part in mine for one in network.stage_providers(payment, part))}
        found |= {one.id for one in network.entities if one.kind == "citizens"}
        found |= self.told(actor, stage)
        return found | {network.actor_of(one) for one in found}

    def told(self, actor: str, stage: int) -> set[str]:
        """Entities that a player has been told of in so many words."""
        given = (one.evidence for one in self.exercise.given_to(actor, stage))
        return {entity for one in given if one and one.event in _TELLING for entity in one.entities}

    def _carried(self, actor: str) -> list[Payment]:
        """The payments that a player pays or carries and may read."""
        network, viewer = self.network, self.viewer(actor)
        return [
            one
            for one in network.payments
            if actor in self._of(one) | {house for part in one.stages for house in self._houses(part)}
            and viewer.may_read(one.provenance.tlp or network.tlp, one.payer)
        ]

    def _has_a_hand_in(self, payment: Payment, part: Stage, actor: str) -> bool:
        """Whether a player answers for something that a stage needs, or submits to its cut-off as the bank that pays."""
        return actor in self._houses(part) or (part.cutoff is not None and actor == payment.paying_bank)

    def _houses(self, part: Stage) -> set[str]:
        return {self.network.actor_of(provider) for need in part.needs for provider in need.providers}

    def _of(self, payment: Payment) -> set[str]:
        """Who pays and carries a payment."""
        banks = {bank for bank, _ in self.network.accounts_of(payment) if bank}
        return banks | {payment.payer} | ({payment.paying_bank} if payment.paying_bank else set())


def marks(text: str) -> set[str]:
    """The markers of a model in a text."""
    return set(MARK.findall(text.lower()))


def texts(exercise: Exercise, network: Network, suffixes: tuple[str, ...] = ("",)) -> Iterator[tuple[str, str]]:
    """Path and content of every file of the players, zipped parts and their names included."""
    for file in files(exercise, network):
        if file.path.startswith(f"{PLAYERS}/") and file.path.endswith(suffixes):
            yield file.path, file.path.partition("/")[2] + "\n" + readable(file.path, file.content())


def readable(path: str, content: bytes) -> str:
    """Everything that could be read in a file."""
    if not path.endswith(".docx"):
        return content.decode().replace("\r\n ", "")
    return "\n".join(text for _, text in zipped_texts(content))


def of(path: str) -> tuple[str, int | None]:
    """The player and the stage of a file; None: the calendar, which a player has from the start."""
    _, actor, name = path.split("/")
    found = re.match(r"skede-(\d+)\.", name)
    return actor, int(found[1]) if found else None


# --- what must hold ------------------------------------------------------------------------------


def leaks(case: Case, suffixes: tuple[str, ...]) -> list[str]:
    """Markers in the players' files that must not stand there: above the label, not yet told, or none of its business."""
    found = []
    for path, text in texts(case.exercise, case.network, suffixes):
        actor, stage = of(path)
        # Its own id is its folder's name; a calendar, which it has from the start, tells of nothing.
        may_stand = marks(actor) | (case.may_stand(actor, stage) if stage else set())
        found += [f"{path}: {one}" for one in sorted(marks(text) - may_stand)]
        found += [f"{path}: {WITHHELD}"] if WITHHELD in text else []
    return found


def marked_injects(exercise: Exercise) -> Exercise:
    """The exercise with a marker in every text of every inject, and numbers that stand nowhere else."""
    return replace(exercise, injects=tuple(map(_marked_inject, exercise.injects)))


def _marked_inject(inject: Inject) -> Inject:
    fields = (*SHOWN, *_HIDDEN)
    made = {one: f"{getattr(inject, one)} ij{inject.number}{one}q" for one in fields}
    stands_in = inject.reserve_for and NUMBERS + inject.reserve_for
    return replace(inject, number=NUMBERS + inject.number, reserve_for=stands_in, **made)


def misplaced(exercise: Exercise, network: Network, suffixes: tuple[str, ...]) -> list[str]:
    """Texts and numbers of injects in a player's files that are not its own and given; and given ones that are missing."""
    found = []
    marked = marked_injects(exercise)
    for path, text in texts(marked, network, suffixes):
        actor, stage = of(path)
        given = marked.given_to(actor, stage) if stage else ()
        wanted = {f"ij{one.number - NUMBERS}{field}q" for one in given for field in SHOWN}
        there = set(re.findall(r"ij\d+\w+?q", text)) | set(re.findall(rf"{NUMBERS // 1000}\d\d\d", text))
        found += [f"{path}: {one}" for one in sorted(there ^ wanted)]
    return found


def depending(exercise: Exercise, network: Network) -> list[str]:
    """Files that would be others if what the player was not given had never been there: no count, no order, no time."""
    nothing = Scenario((), horizon=exercise.scenario.horizon)
    found = []
    for actor in exercise.actors:
        for stage in exercise.stages:
            given = tuple(
                replace(one, number=place, evidence=None, **dict.fromkeys(_HIDDEN, ""))
                for place, one in enumerate(exercise.given_to(actor, stage.number))
            )
            alone = replace(exercise, actors=(actor,), injects=given, scenario=nothing, model_hash="", tlp="")
            whole, less = (pack_document(one, network, actor, stage.number) for one in (exercise, alone))
            found += [f"{actor} {stage.number}"] if whole != less else []
        if calendar(exercise, network, actor) != calendar(
            replace(exercise, injects=(), scenario=nothing), network, actor
        ):
            found.append(f"{actor} calendar")
    return found


def key_leaks(case: Case) -> list[str]:
    """What the keys hold that their players could not know by then."""
    found, exercise = [], case.exercise
    for actor, stage in product(exercise.actors, exercise.stages):
        made = key(case.outcome, exercise, actor, stage)
        where = f"key {actor} {stage.number}"
        page = html.render(key_document(made, stage))
        text = json.dumps(made.situation.to_dict(), ensure_ascii=False) + page
        found += [f"{where}: {one}" for one in case.marked.leaks(case.viewer(actor), text) if one not in marks(actor)]
        said = " ".join(
            one.text for one in made.situation.statements if one.section in ("fakta.handelse", "fakta.kommunikation")
        )
        found += [f"{where}: fact {one}" for one in sorted(marks(said) - case.may_stand(actor, stage.number))]
        mask = masked(case.network, case.viewer(actor))
        log = told_log(case.outcome, exercise, actor, stage, mask)
        out = {one.outage.entity for one in log.of(OutageEntry) if one.outage.entity}
        found += [f"{where}: out {one}" for one in out - case.may_know_of(actor, stage.number)]
        then = replace(exercise, injects=exercise.given_to(actor, stage.number))
        found += [f"{where}: later"] if key(case.outcome, then, actor, stage) != made else []
    return found


# --- random models and scenarios ----------------------------------------------------------------


def random_case(seed: int) -> Case:
    """A random exercise; of what none of the players notices, another is drawn."""
    choice = random.Random(seed)
    while True:
        marked = _marked(choice)
        network = marked.network
        actors = [one.id for one in network.entities if one.kind in _PLAYERS and network.actor_of(one.id) == one.id]
        scenario, pace = random_scenario(choice, network), random_pace(choice)
        for _ in range(3):
            chosen = choice.sample(actors, min(len(actors), choice.randint(2, 5)))
            try:
                made = plan(network, scenario, chosen, pace, random_terms(choice), language=choice.choice(("sv", "en")))
            except UsageError:
                continue
            return Case(marked, made)


def _marked(choice: random.Random) -> Marked:
    network = soes() if choice.random() < 0.2 else random_network(choice)
    players = [one.id for one in network.entities if one.kind in _PLAYERS and network.actor_of(one.id) == one.id]
    audience = {one: choice.choice(TLP) for one in players if choice.random() < 0.7}
    return marked_model(network, choice.randrange(10**6), audience)


def on_the_map(seed: int) -> tuple[Exercise, Network]:
    """A random exercise on the example map with its own names, which stand within each other, and random labels."""
    choice = random.Random(seed)
    actors = [one.id for one in soes().entities if one.kind in _PLAYERS and soes().actor_of(one.id) == one.id]
    while True:
        network = replace(
            soes(),
            audiences=tuple(Audience(actor, choice.choice(TLP)) for actor in actors),
            entities=tuple(
                replace(one, provenance=replace(one.provenance, tlp=choice.choice((None, *TLP))))
                for one in soes().entities
            ),
        )
        with suppress(UsageError):
            scenario, chosen = random_scenario(choice, network), choice.sample(actors, 4)
            return plan(network, scenario, chosen, random_pace(choice)), network


def random_scenario(choice: random.Random, network: Network) -> Scenario:
    """One to three outages, of unknown length, partial and of part of a payment among them, and sometimes pins."""
    hit = [one.id for one in network.entities if one.kind != "citizens"]
    outages = []
    for _ in range(choice.randint(1, 3)):
        start = moment("14T00:00") + choice.randrange(4 * DAY)
        end = None if choice.random() < 0.2 else start + choice.choice((1, 6, 20, 50)) * HOUR + choice.randrange(60)
        payment = choice.choice(network.payments)
        needed = [one for stage in payment.stages for one in network.stage_providers(payment, stage)]
        behind = sorted(network.upstream(needed))
        if choice.random() < 0.15:
            end = start + choice.randint(1, 5) * DAY
            outages.append(Outage(start, end, payment=payment.id, share=choice.choice((0.03, 1.0))))
        else:
            out = choice.choice(behind if choice.random() < 0.8 else hit)
            outages.append(Outage(start, end, out, remaining=choice.choice((0.0, 0.0, 0.3))))
    first = min(one.start for one in outages)
    pins = []
    for entity in choice.sample(hit, choice.choice((0, 0, 1, 2))):
        since = first + choice.randrange(2 * DAY)
        pins.append(Pin(entity, choice.choice((0.0, 0.5, 1.0)), since, choice.choice((None, since + 8 * HOUR))))
    return Scenario(tuple(outages), tuple(pins), horizon=8 * DAY)


def random_pace(choice: random.Random) -> Pace:
    """Played fast or slow, in few stages or many."""
    begins = moment("14T00:00") + choice.randrange(5 * DAY)
    jump = (begins, begins + choice.randint(1, 60) * HOUR)
    return Pace(
        start=moment("2026-11-10T09:00"),
        length=choice.randint(1, 12) * HOUR,
        stages=choice.randint(1, 6),
        compression=choice.choice((None, None, 5.0, 60.0)),
        jumps=choice.choice(((), (), (jump,))),
        pause=choice.choice((0, 15)),
    )


def random_terms(choice: random.Random) -> Disclosure:
    """Told early or late."""
    hours = (choice.randint(0, 12) * HOUR for _ in range(6))
    return Disclosure(*hours)


def random_network(choice: random.Random) -> Network:
    """Some authorities and banks with systems on suppliers and infrastructure, three to five links deep, and their payments."""
    made, findings = beroenden.build(_Tables(choice).tables())
    assert made is not None, [str(one) for one in findings if one.severity == "error"]
    return made


class _Tables:
    def __init__(self, choice: random.Random) -> None:
        self._choice = choice
        self._entities: list[dict[str, Any]] = []

    def tables(self) -> dict[str, Any]:
        base = self._layer("infrastructure", 3, [], [])
        supply = self._layer("supplier", 3, base, [])
        lower = self._layer("system", 3, [*base, *supply], supply)
        banks = [*self._layer("framework_bank", 2, lower, []), *self._layer("bank", 1, lower, [])]
        payers = self._layer("authority", 2, [], [])
        inner = self._layer("system", 4, [*lower, *supply], [*payers, *banks])
        outer = self._layer("system", 4, [*inner, *lower], [*payers, *banks])
        people = self._layer("citizens", 2, [*banks, *outer], [])
        payments = [self._payment(number, payers, banks, people, [*outer, *inner, *lower]) for number in range(3)]
        return {
            "model": {"name": "Model", "version": "1", "timezone": "Europe/Stockholm", "tlp": "TLP:GREEN"},
            "entity": self._entities,
            "window": [{"id": "hours", "days": "bank", "times": [[time(6), time(22)]]}],
            "payment": payments,
        }

    def _layer(self, kind: str, count: int, below: list[str], owners: list[str]) -> list[str]:
        """Some entities of a kind that need some of what is below them, half of them with an owner."""
        made = []
        for _ in range(count):
            number = len(self._entities)
            table: dict[str, Any] = {
                "id": f"{kind[0]}{kind[-1]}-{number}",
                "name": f"{kind.title()} {number}",
                "kind": kind,
            }
            if kind == "citizens":
                table["population"] = 5000
            if kind in _PLAYERS:
                table["contact"] = {"role": "TiB", "channel": "tib@example.se"}
            if owners and self._choice.random() < 0.8:
                table["owner"] = self._choice.choice(owners)
            if below:
                table["needs"] = [self._need(below) for _ in range(self._choice.randint(1, 2))]
            self._entities.append(table)
            made.append(table["id"])
        return made

    def _need(self, below: list[str]) -> dict[str, Any]:
        choice = self._choice
        need: dict[str, Any] = {"provider": choice.choice(below)}
        if choice.random() < 0.3:
            need = {"any_of": choice.sample(below, 2), "at_least": choice.randint(1, 2)}
        if choice.random() < 0.6:
            need["endurance"] = choice.choice(("30min", "4h", [["2h", 1.0], ["20h", 0.4]]))
        if choice.random() < 0.3:
            need["restart"] = "1h"
        if choice.random() < 0.7:
            need["what"] = "What is delivered"
        return need

    def _payment(
        self, number: int, payers: list[str], banks: list[str], people: list[str], needed: list[str]
    ) -> dict[str, Any]:
        choice = self._choice
        bank, other = choice.sample(banks, 2)
        first: dict[str, Any] = {"opens": {"bank_days": -2, "at": time(18)}, "duration": "3h"}
        second: dict[str, Any] = {"cutoff": time(19), "lead": 1, "release": [time(6), time(14)], "window": "hours"}
        last: dict[str, Any] = {"opens": {"bank_days": 0, "at": time(6)}, "at_recipient_bank": choice.random() < 0.7}
        chosen = [first, {}, second, last] if choice.random() < 0.5 else [first, last]
        for place, stage in enumerate(chosen):
            stage |= {"id": f"st-{number}-{place}", "name": f"Stage {number}{place}"}
            stage["needs"] = [self._need(needed) for _ in range(choice.randint(0 if place else 1, 2))]
        return {
            "id": f"pay-{number}",
            "name": f"Payment {number}",
            "payer": choice.choice(payers),
            "paying_bank": bank,
            "recipients": choice.choice(people),
            "count": choice.choice((1000, 250_000)),
            "amount": 5_000_000,
            "dates": [date(2026, 12, choice.randint(15, 18))],
            "accounts": {bank: 0.5, other: 0.5},
            "stage": chosen,
        }
