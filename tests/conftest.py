"""Tests speak English, whatever the machine speaks; those that need a browser share one."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from browser.explorer import Browser

for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(variable, None)
os.environ["LC_ALL"] = "C.UTF-8"


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """One browser for all tests: Playwright can be started once in a process."""
    from browser.explorer import chromium_started

    with chromium_started() as browser:
        yield browser
