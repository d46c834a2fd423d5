"""What a stage or a run is made with, so that it never goes on with something else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Fingerprint = dict[str, Any]
"""Name to a number, a word or a list: what JSON can hold. Names are those of the settings."""

_SHOWN = 4


def flat(nested: Mapping[str, Any], prefix: str = "") -> Fingerprint:
    """`{"a": {"b": 1}}` as `{"a.b": 1}`, as it looks after it went through JSON."""
    rows: Fingerprint = {}
    for key, value in nested.items():
        if isinstance(value, Mapping):
            rows |= flat(value, f"{prefix}{key}.")
        else:
            rows[prefix + key] = json.loads(json.dumps(value))
    return rows


def changed(then: Fingerprint, now: Fingerprint) -> list[str]:
    """The names of what only one of them has, or has otherwise."""
    return [
        name
        for name in then | now
        if name not in then or name not in now or then[name] != now[name]
    ]


def differences(then: Fingerprint, now: Fingerprint) -> str:
    """In words, the first few; empty where there is none."""
    names = changed(then, now)
    told = [
        f"{name} ({then.get(name, 'not there')} then, {now.get(name, 'not there')} now)"
        for name in names[:_SHOWN]
    ]
    return ", ".join(told + [f"{len(names) - _SHOWN} more"] * (len(names) > _SHOWN))
