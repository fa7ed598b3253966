"""The pages that the tests open, each made once."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from views.models import small

import beroenden
from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate, simulate_scenario
from beroenden.language import Language, writing_in
from beroenden.model.network import Network
from beroenden.modelfiles.scenario import load_scenario
from beroenden.views.explorer.data import Opening
from beroenden.views.explorer.page import page

ROOT = Path(__file__).parents[2]
SCENARIOS = tuple(sorted(path.stem for path in (ROOT / "sample_data/scenarios").glob("*.toml")))
CLEARING, TELE, BANK, FILE = (
    "clearing-fore-den-20e",
    "tele-sex-timmar",
    "storbank-17-timmar-pa-lonedag",
    "filfel-tre-procent",
)
OUTAGES: dict[str, dict[str, Any]] = {
    "power": {"entity": "el", "start": "2026-12-17T06:00", "for": "20h"},
    "tele": {"entity": "tele-1", "start": "2026-12-17T06:00", "for": "2h"},
    "bank": {"entity": "bank-2", "start": "2026-12-17T06:00", "for": "20h"},
    "clearing": {"entity": "clearing", "start": "2026-12-17T06:00"},
}


def page_of(
    network: Network, outcome: Outcome | None = None, opening: Opening | None = None, lang: Language = "sv"
) -> str:
    """The page, in Swedish unless said."""
    with writing_in(lang):
        return page(network, outcome.to_dict() if outcome else None, opening)


@cache
def soes() -> Network:
    """The society's payments."""
    return beroenden.load_or_raise(ROOT / "models/soes")


@cache
def outcome_of(scenario: str) -> Outcome:
    """The outcome of a sample scenario."""
    found, findings = load_scenario(ROOT / f"sample_data/scenarios/{scenario}.toml", soes())
    assert found is not None, findings
    return simulate_scenario(soes(), found)


@cache
def soes_page(scenario: str | None = None, lang: Language = "sv") -> str:
    """models/soes, with a sample scenario."""
    return page_of(soes(), outcome_of(scenario) if scenario else None, lang=lang)


@cache
def small_outcome(*outages: str) -> Outcome:
    """Outages of the small model, by name."""
    return simulate(small(), [OUTAGES[outage] for outage in outages])


@cache
def small_page(*outages: str, lang: Language = "sv") -> str:
    """The small model, with outages."""
    return page_of(small(), small_outcome(*outages) if outages else None, lang=lang)


def local(time: int) -> str:
    """An instant as the page writes it in Swedish: "tor 17 dec 08.00"."""
    at = datetime.fromtimestamp(time * 60, ZoneInfo("Europe/Stockholm"))
    days = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")
    months = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    return f"{days[at.weekday()]} {at.day} {months[at.month - 1]} {at:%H.%M}"


def minute(text: str) -> int:
    """Minutes since the epoch of a local time such as 2026-12-17T08:00."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Stockholm")).timestamp()) // 60
