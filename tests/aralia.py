"""The Aralia fault trees, published with their counts; they are no part of the project and may be absent.

They are looked for in the folder that BEROENDEN_ARALIA names, else beside the repository.
"""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("BEROENDEN_ARALIA") or Path(__file__).parents[2] / "shared/validation/aralia")


def trees() -> dict[str, Any]:
    """By name: top, basic_events, minimal_cut_sets, by_order and unavailability; empty where the trees are absent."""
    expected = FOLDER / "expected.json"
    return json.loads(expected.read_text("utf-8"))["trees"] if expected.is_file() else {}
