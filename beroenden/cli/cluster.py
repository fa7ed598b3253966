"""The option that sends a computation to a cluster."""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import click

from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.consequences.batch.cluster import Cluster

dask_option = click.option(
    "--dask",
    metavar=say("ADRESS", "ADDRESS"),
    help=say(
        "Räkna på ett dask-kluster i stället för här, t.ex. tcp://10.0.0.5:8786.",
        "Compute on a dask cluster instead of here, e.g. tcp://10.0.0.5:8786.",
    ),
)


def cluster_at(address: str | None, processes: int) -> "AbstractContextManager[Cluster | None]":
    """The cluster that is asked for, connected to at once so that nothing is computed in vain; None for none.

    Raises:
        UsageError: when processes are asked for too, or as `connected` says.
    """
    if address is None:
        return nullcontext()
    if processes > 1:
        raise UsageError(say("Ange antingen --dask eller --processes.", "Give either --dask or --processes."))
    from beroenden.consequences.batch.cluster import connected

    return connected(address)
