"""An exercise on the worked example as it was played, and the players' logs, with lags that are known."""

from pathlib import Path

from chain import network
from exercise.example import moment, play

from beroenden.exercise.evaluation.evaluation import Evaluation, evaluate
from beroenden.exercise.exercise import CONTROL, Evidence, Exercise, Inject, Stage
from beroenden.incident.log.entries import Log
from beroenden.incident.log.read import load_log
from beroenden.model.scenario import Outage, Scenario

NETWORK = network()
RUN = (("allowance", "2026-12-18"),)
STAGES = (
    Stage(1, moment("15T16:00"), moment("15T22:00"), play("09:00"), play("10:00"), 10.0),
    Stage(2, moment("16T17:00"), moment("18T06:00"), play("10:00"), play("11:30"), 37.0),
)
"""Six hours in 36 minutes, and the rest of an hour for work; 19 hours are jumped over; then 37 hours in one."""


def _inject(
    number: int, clock: str, time: str, to: str, title: str, evidence: Evidence | None, **more: object
) -> Inject:
    stage = 1 if play(clock) < play("10:00") else 2
    given = {"form": "mejl", "kind": "inspel", "status": "spelat", "tlp": "TLP:GREEN"} | more
    return Inject(
        number, stage, play(clock), moment(time), "Motspelet", to, title=title, text="…", evidence=evidence, **given
    )


INJECTS = (
    _inject(1, "09:00", "15T16:00", CONTROL, "Skede 1 börjar", Evidence("pace", moment("15T16:00")), kind="spelledning"),
    _inject(
        2, "09:00", "15T16:00", "payer", "Elen är borta",
        Evidence("supply", moment("15T16:00"), ("sys",), path=("sys", "power"), until=moment("15T20:00")),
        played=play("09:03"), outcome="TiB larmade",
    ),
    _inject(
        3, "09:12", "15T18:00", "payer", "Rykte om clearingen", Evidence("rumour", moment("15T18:00"), ("clr",)),
        played=play("09:12"), outcome="Togs emot",
    ),
    _inject(4, "09:18", "15T19:00", "payer", "Ingen störning hos oss", Evidence("denial", moment("15T19:00"), ("clr",))),
    _inject(
        5, "09:24", "15T20:00", "payer", "Systemet stannar",
        Evidence("level", moment("15T20:00"), ("sys",), path=("sys", "power"), level=0.0),
    ),
    _inject(
        6, "09:30", "15T21:00", "payer", "Underlaget är inte klart",
        Evidence("stage", moment("15T21:00"), (), RUN, "underlag", ("sys", "power")), status="överhoppat",
    ),
    _inject(
        7, "10:03", "16T19:00", "payer", "Bryttiden är passerad",
        Evidence("cutoff", moment("16T19:00"), (), RUN, "clearing", ("sys", "power")), outcome="Beslut fattades",
    ),
    _inject(8, "10:05", "16T20:00", "payer", "Frågor från anställda", None, status="godkänd"),
    _inject(
        9, "10:06", "16T20:30", "payer", "Underlaget saknas fortfarande",
        Evidence("stage", moment("15T21:00"), (), RUN, "underlag", ("sys", "power")), kind="reservinspel",
        status="godkänd", reserve_for=6,
    ),
    _inject(10, "11:00", "18T06:00", "b2", "Pengarna kom inte", Evidence("late", moment("18T06:00"), ("b2",), RUN)),
    _inject(11, "11:00", "18T06:00", "b1", "Pengarna kom inte", Evidence("late", moment("18T06:00"), ("b2",), RUN)),
)  # fmt: skip


def exercise(**changes: object) -> Exercise:
    """The exercise: the power is out, the system stops after four hours, the file misses the cut-off."""
    given = {
        "name": "Övning Strömlöst",
        "actors": ("payer", "b2", "b1"),
        "scenario": Scenario((Outage(moment("15T16:00"), moment("17T08:00"), "power"),), name="Strömlöst"),
        "stages": STAGES,
        "injects": INJECTS,
        "model": "modell.toml",
        "model_hash": NETWORK.hash,
        "tlp": "TLP:GREEN",
    }
    return Exercise(**(given | changes))


HEAD = """
[incident]
id = "{actor}"
name = "Strömlöst"
actor = "{actor}"
model = "modell.toml"
opened = 2026-12-15T15:00:00+01:00
exercise = {is_exercise}
tlp = "TLP:GREEN"
"""
FULL = """
[[outage]]
id = "outage-1"
time = 2026-12-15T16:40:00+01:00
entity = "power"
start = 2026-12-15T16:00:00+01:00

[[outage]]
id = "outage-2"
time = 2026-12-15T18:20:00+01:00
entity = "clr"
start = 2026-12-15T18:00:00+01:00
status = "confirmed"

[[observation]]
id = "observation-1"
time = 2026-12-15T19:10:00+01:00
text = "Clearingen säger att allt fungerar"
entity = "clr"
supersedes = "outage-2"

[[observation]]
id = "observation-2"
time = 2026-12-15T19:30:00+01:00
text = "Många ringer"

[[observation]]
id = "observation-3"
time = 2026-12-15T21:50:00+01:00
text = "Systemet ligger nere"
entity = "sys"
level = 0.0
status = "confirmed"

[[measure]]
id = "measure-1"
time = 2026-12-16T17:30:00+01:00
type = "operational"
text = "Förbered manuell fil"
concerns = ["allowance"]
due = 2026-12-16T18:30:00+01:00

[[measure]]
id = "measure-2"
time = 2026-12-16T19:20:00+01:00
type = "operational"
text = "Förbered manuell fil till nästa bankdag"
owner = "driftchefen"
progress = "ongoing"
concerns = ["allowance"]
due = 2026-12-17T12:00:00+01:00
supersedes = "measure-1"
"""


def log(folder: Path, text: str = FULL, actor: str = "payer", *, is_exercise: bool = True) -> Log:
    """A player's log; any finding is a failure."""
    path = folder / f"{actor}.toml"
    head = HEAD.format(actor=actor, is_exercise=str(is_exercise).lower())
    path.write_text(head + text, "utf-8")
    found, findings = load_log(path, NETWORK)
    assert not findings, [str(finding) for finding in findings]
    return found


def evaluation(folder: Path, text: str = FULL, **more: object) -> Evaluation:
    """The evaluation with the payer's log only."""
    return evaluate(NETWORK, exercise(), [log(folder, text)], **more)
