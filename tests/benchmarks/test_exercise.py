"""A whole exercise: planned, and all its files."""

from pathlib import Path

from beroenden.documents.exercise.folder import files
from beroenden.exercise.pace import Pace
from beroenden.exercise.plan import plan
from beroenden.modelfiles.read import load_or_raise
from beroenden.modelfiles.scenario import load_scenario

ROOT = Path(__file__).parents[2]
ACTORS = ("forsakringskassan", "pensionsmyndigheten", "csn", "skatteverket", "riksgalden")


def planned():
    network = load_or_raise(ROOT / "models/soes")
    scenario, _ = load_scenario(ROOT / "sample_data/scenarios/internet-och-swift-tva-dygn.toml", network)
    return network, plan(network, scenario, ACTORS, Pace(scenario.start))


def test_plan_for_five_actors(benchmark):
    _, made = benchmark(planned)
    assert len(made.injects) > 50


def test_every_file_for_five_actors_and_four_stages(benchmark):
    network, made = planned()
    sizes = benchmark(lambda: [len(file.content()) for file in files(made, network)])
    assert len(sizes) > 80
