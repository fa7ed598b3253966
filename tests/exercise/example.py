"""A small exercise on the worked example, made by hand: every form and kind, gaps, a reserve, one that was played."""

from chain import network

from beroenden.exercise.exercise import CONTROL, GAP_SV, Evidence, Exercise, Inject, Stage
from beroenden.model.entities import LogNormal
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.units.times import parse_instant, time_zone

ZONE = time_zone("Europe/Stockholm")


def moment(text: str) -> int:
    """A local time: "15T17:00" is of December 2026, in which the allowance is paid on the 18th."""
    return parse_instant(text if len(text) > 8 else f"2026-12-{text}", ZONE)


def play(clock: str) -> int:
    """A time of the day on which the exercise is held."""
    return moment(f"2026-11-10T{clock}")


SCENARIO = Scenario(
    outages=(
        Outage(moment("15T17:00"), moment("15T19:00"), "power", length=LogNormal(120, 720)),
        Outage(moment("16T08:00"), None, "clr", remaining=0.3),
        Outage(moment("17T08:00"), moment("17T20:00"), payment="allowance", share=0.028),
    ),
    pins=(Pin("b2", 0.5, moment("16T10:00"), None),),
    at=moment("15T18:00"),
    name="Elavbrott",
    note="Efter en storm",
)
STAGES = (
    Stage(1, moment("15T17:00"), moment("16T09:00"), play("09:00"), play("10:30"), 16.0),
    Stage(2, moment("16T09:00"), moment("18T12:00"), play("10:45"), play("12:00"), 60.0),
)
INJECTS = (
    Inject(
        1, 1, play("09:00"), moment("15T17:00"), "Spelledningen", CONTROL, "dokument", "spelledning",
        "Skede 1 börjar", "Dela ut skede 1.", tlp="TLP:AMBER",
        evidence=Evidence("pace", moment("15T17:00"), until=moment("16T09:00")),
    ),
    Inject(
        2, 1, play("09:15"), moment("15T21:00"), "Driften", "payer", "telefon", "inspel",
        "Systemet för underlag stannar", "Reservkraften är slut. ”Vad gör ni?”\nRing tillbaka.",
        objective="[ATT SKRIVA: övningsmål]", expected="TiB larmar; kontakt med b1", questions="Vad vet ni?",
        responsible="Motspel drift", basis="sys <- power", status="godkänd", tlp="TLP:AMBER",
        evidence=Evidence(
            "level", moment("15T21:00"), ("sys",), (("allowance", "2026-12-18"),), "underlag", ("sys", "power"), 0.0
        ),
    ),
    Inject(
        3, 1, play("09:30"), moment("15T22:00"), "Nyhetsredaktion", "b2", "nyhetsinslag", "information",
        "Medier frågar om utbetalningen", f"{GAP_SV}: inslaget]", status="spelat", played=play("09:33"),
        outcome="Kommunikatören svarade", tlp="TLP:GREEN",
    ),
    Inject(
        4, 1, play("09:50"), moment("16T06:00"), "Motspelet", "b2", "mejl", "reservinspel",
        "Frågan ställs igen", "Har ni sett inslaget?", reserve_for=3, tlp="TLP:GREEN",
    ),
    Inject(
        5, 2, play("11:00"), moment("16T19:00"), "Clearingen", "b2", "mejl", "inspel",
        "Filen kom inte med", "Bryttiden är passerad.", expected="[ATT SKRIVA: förväntad åtgärd]", status="överhoppat",
        tlp="TLP:AMBER+STRICT",
        evidence=Evidence(
            "cutoff", moment("16T19:00"), (), (("allowance", "2026-12-18"),), "clearing", ("clr",),
            until=moment("17T19:00"),
        ),
    ),
    Inject(
        6, 2, play("11:00"), moment("16T19:00"), "En mottagare", "payer", "sociala medier", "inspel",
        "Var är pengarna?", "Jag får inga pengar \N{FACE WITH LOOK OF TRIUMPH}",
    ),
)  # fmt: skip


def exercise(model: Network | None = None) -> Exercise:
    """The exercise, planned on the worked example."""
    return Exercise(
        name="Övning Elavbrott",
        actors=("payer", "b2"),
        scenario=SCENARIO,
        stages=STAGES,
        injects=INJECTS,
        model="../modell",
        model_hash=(model or network()).hash,
        tlp="TLP:AMBER+STRICT",
    )
