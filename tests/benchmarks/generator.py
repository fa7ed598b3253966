"""Models of any size from a seed: layers of providers, as payment chains have them. The same seed gives the same model."""

import random
from typing import Any

KINDS = ("supplier", "infrastructure", "system", "authority")


def layered_model(entities: int, seed: int = 2026, needs_each: float = 3.7) -> dict[str, Any]:
    """Tables of a model: each entity needs some of those before it, near ones more often.

    Args:
        entities: How many.
        seed: Of `random.Random`.
        needs_each: Mean number of providers an entity needs.
    """
    draw = random.Random(seed)
    tables = [_entity(number, draw, needs_each) for number in range(entities)]
    return {"model": {"name": f"{entities} entities", "version": str(seed), "timezone": "UTC"}, "entity": tables}


def _entity(number: int, draw: random.Random, needs_each: float) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "id": f"e{number}",
        "name": f"Illustrative entity number {number}",
        "kind": KINDS[number % len(KINDS)],
        "source": "generated",
        "note": "stands for a system, its owner and the agreement between them " * 2,
    }
    wanted = min(number, round(draw.expovariate(1 / needs_each)))
    if wanted:
        window = range(max(0, number - 400), number)
        providers = draw.sample(window, min(wanted, len(window)))
        entity["needs"] = [_need(f"e{provider}", draw) for provider in providers]
    return entity


def _need(provider: str, draw: random.Random) -> dict[str, Any]:
    need: dict[str, Any] = {"provider": provider, "what": "an illustrative delivery"}
    need["endurance"] = draw.choice(["0min", "30min", "4h", "12h", [["4h", 1.0], ["72h", 0.4]]])
    if draw.random() < 0.2:
        need["restart"] = draw.choice(["30min", "2h"])
    return need
