"""Identifiers for other systems: the same for the same thing in the same exercise, whenever and wherever it is written."""

from uuid import UUID, uuid5

from beroenden.exercise.exercise import Exercise

_NAMESPACE = UUID("6e1a2d1c-8f0b-5d3e-9c47-3b1f6a52e0d4")


def stable_id(exercise: Exercise, *parts: str | int) -> str:
    """The UUID of a thing in an exercise, from the exercise's name and what the thing is, e.g. "inject", 4."""
    return str(uuid5(_NAMESPACE, "\n".join([exercise.name, *map(str, parts)])))
