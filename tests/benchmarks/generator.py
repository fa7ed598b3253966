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


def tiered_model(entities: int, seed: int = 2026, needs_each: float = 3.7, tiers: int = 5) -> dict[str, Any]:
    """Tables of a model whose chains are no longer than its tiers, so that an outage reaches dozens, not thousands.

    Args:
        entities: How many, as many in each tier; one needs some of those at about its own place in the tier before.
        seed: Of `random.Random`.
        needs_each: Mean number of providers an entity needs, those of the first tier, which need none, included.
        tiers: How many.
    """
    draw = random.Random(seed)
    wide = -(-entities // tiers)
    each = needs_each * entities / (entities - wide)
    tables = [_bare(number) for number in range(entities)]
    for number in range(wide, entities):
        wanted = round(draw.expovariate(1 / each))
        window = range(max(0, number - wide - 200), max(1, min(number - wide + 200, (number // wide) * wide)))
        providers = draw.sample(window, min(wanted, len(window)))
        tables[number]["needs"] = [_need(f"e{provider}", draw) for provider in providers]
    model = {"name": f"{entities} entities in {tiers} tiers", "version": str(seed), "timezone": "UTC"}
    return {"model": model, "entity": tables}


def _entity(number: int, draw: random.Random, needs_each: float) -> dict[str, Any]:
    entity = _bare(number)
    wanted = min(number, round(draw.expovariate(1 / needs_each)))
    if wanted:
        window = range(max(0, number - 400), number)
        providers = draw.sample(window, min(wanted, len(window)))
        entity["needs"] = [_need(f"e{provider}", draw) for provider in providers]
    return entity


def _bare(number: int) -> dict[str, Any]:
    return {
        "id": f"e{number}",
        "name": f"Illustrative entity number {number}",
        "kind": KINDS[number % len(KINDS)],
        "source": "generated",
        "note": "stands for a system, its owner and the agreement between them " * 2,
    }


def _need(provider: str, draw: random.Random) -> dict[str, Any]:
    need: dict[str, Any] = {"provider": provider, "what": "an illustrative delivery"}
    need["endurance"] = draw.choice(["0min", "30min", "4h", "12h", [["4h", 1.0], ["72h", 0.4]]])
    if draw.random() < 0.2:
        need["restart"] = draw.choice(["30min", "2h"])
    return need
