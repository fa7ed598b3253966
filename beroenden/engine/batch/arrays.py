"""The compiled network as arrays, and the scratch of one chunk of scenarios."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from beroenden.engine.compiled import Compiled

IntColumn: TypeAlias = NDArray[np.int64]
FloatColumn: TypeAlias = NDArray[np.float64]
Columns: TypeAlias = tuple[Any, ...]

_SMALLEST_POOL = 1 << 14
_STEPS_EACH = 16


def ints(values: Sequence[int] | Sequence[Sequence[int]]) -> IntColumn:
    """A column of whole numbers."""
    return np.array(values, dtype=np.int64)


def floats(values: Sequence[float]) -> FloatColumn:
    """A column of real numbers."""
    return np.array(values, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """A compiled network as the kernel takes it.

    Attributes:
        net: Columns as `engine.kernel` names them.
        components: Component of each entity, first entity of each component, 1 for each that has a cycle.
        consumers: Where each entity's consumers start, and the consumers, rising.
        widest: Providers of the need that has most.
        deepest: Steps of the endurance that has most.
    """

    net: Columns
    components: Columns
    consumers: Columns
    widest: int
    deepest: int

    @property
    def entities(self) -> int:
        """How many entities there are."""
        return len(self.components[0])


def arrays_of(net: Compiled) -> Arrays:
    """The columns of a compiled network as arrays."""
    provider_start, step_start = ints(net.provider_start), ints(net.step_start)
    return Arrays(
        net=(
            ints(net.form),
            ints(net.at_least),
            provider_start,
            ints(net.provider),
            floats(net.weight),
            floats(net.floor),
            ints(net.restart),
            step_start,
            ints(net.step_minutes),
            floats(net.step_level),
            ints(net.need_start),
            ints(net.inside),
        ),
        components=(ints(net.component), ints(net.component_start), ints(net.cyclic)),
        consumers=(ints(net.consumer_start), ints(net.consumer)),
        widest=int(np.diff(provider_start).max(initial=1)),
        deepest=int(np.diff(step_start).max(initial=1)),
    )


@dataclass(slots=True)
class Workspace:
    """Scratch of the kernel, used again by every scenario of a chunk.

    Attributes:
        pool, slots, own: As `engine.kernel` names them.
        marks: 1 for each entity that is to be solved; all 0 between scenarios.
        harmed: Numbers of the entities below 1 at some time, in front.
    """

    pool: Columns
    slots: Columns
    own: Columns
    marks: NDArray[np.uint8]
    harmed: IntColumn

    def grow(self) -> None:
        """Twice the pool; what is in it is lost."""
        self.pool = (*_steps(2 * len(self.pool[0])), *self.pool[3:])


def workspace(arrays: Arrays) -> Workspace:
    """A workspace for a network."""
    count = arrays.entities
    cursor, ranked = ints([0] * max(3, arrays.widest, 3 * arrays.deepest)), floats([0.0] * arrays.widest)
    begin, size, own_begin, own_size, harmed = (np.zeros(count, np.int64) for _ in range(5))
    return Workspace(
        pool=(*_steps(max(_SMALLEST_POOL, _STEPS_EACH * count)), cursor, ranked),
        slots=(begin, size),
        own=(own_begin, own_size),
        marks=np.zeros(count, np.uint8),
        harmed=harmed,
    )


def _steps(length: int) -> Columns:
    return np.zeros(length, np.int64), np.zeros(length, np.float64), np.zeros(length, np.int64)
