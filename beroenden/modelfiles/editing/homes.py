"""Where a new table goes: to the file that holds most of its like, after the last of them."""

from beroenden.modelfiles.editing.document import Document
from beroenden.modelfiles.editing.keys import Table


def likeness(document: Document, kind: str, table: Table) -> tuple[int, ...]:
    """How much of the same sort as a table a file holds; the file in which that is most is its home."""
    there = list(document.heads(kind, "kind", "owner"))
    return (
        sum(one.get("kind") == table.get("kind") for one in there) if kind == "entity" else 0,
        sum(one.get("owner") == table.get("owner", "") for one in there),
        len(there),
        document.get(("model",)) is not None,
    )


def index_among(document: Document, kind: str, table: Table) -> int:
    """Before which table of its kind in a file a new one is put: after the last that is like it."""
    there = list(document.heads(kind, "kind"))
    like = [
        index for index, one in enumerate(there, start=1) if kind != "entity" or one.get("kind") == table.get("kind")
    ]
    return like[-1] if like else len(there)
