"""What may be printed."""

import re

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: object) -> str:
    """A text that cannot steer the terminal."""
    return _UNPRINTABLE.sub("�", str(text))
