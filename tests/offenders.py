"""How a rule of the house fails: with everything that breaks it."""

from __future__ import annotations

from collections.abc import Iterable


def assert_none(offenders: Iterable[str]) -> None:
    found = list(offenders)
    assert not found, "\n".join(["", *found])
