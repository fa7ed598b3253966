"""The headings of the form where a key of the model files is wanted."""

from beroenden.errors import UsageError
from beroenden.language import say


def check_heading(table: tuple[str | int, ...], key: str) -> None:
    """Refuse the form's heading of what a table has under another key, with that key.

    Args:
        table: The path of the table, e.g. ("payment", 3).

    Raises:
        UsageError: for such a heading; any other key that is none is left to whoever reads keys.
    """
    from beroenden.interop.questionnaire.columns import NEEDS, PAYMENTS, RESOURCES
    from beroenden.modelfiles.editing.fields import keys_of

    known = keys_of(table)
    last = next(step for step in reversed(table) if isinstance(step, str))
    part = {"entity": RESOURCES, "needs": NEEDS, "payment": PAYMENTS}.get(last)
    column = part and part.column_of(key)
    if not column or not column.key or key.partition("[")[0] in known:
        return
    raise UsageError(
        say(
            f"{key} är formulärets rubrik; i filerna heter det {column.key}.",
            f"{key} is the heading in the form; in the files it is called {column.key}.",
        )
    )
