"""The conditions by name: noise, babble and music at four levels, and four channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from emotion_stream.errors import UsageError

SNRS_DB = (20, 10, 5, 0)
ALL = "all"


@dataclass(frozen=True)
class Condition:
    """`snr_db` is the level of the speech while somebody speaks over that of what is added."""

    name: str
    kind: str
    title: str
    snr_db: int | None = None


CLEAN = Condition("clean", "clean", "clean")
MIXTURES = tuple(
    Condition(f"{kind}-{snr_db}", kind, f"{kind}, {snr_db} dB", snr_db)
    for kind in ("noise", "babble", "music")
    for snr_db in SNRS_DB
)
CHANNELS = (
    Condition("8khz", "channel", "8 kHz band limit"),
    Condition("mu-law", "channel", "mu-law, 8 kHz"),
    Condition("opus-16k", "channel", "Opus, 16 kbit/s"),
    Condition("room", "channel", "far-field room"),
)
CONDITIONS = {condition.name: condition for condition in (*MIXTURES, *CHANNELS)}
KINDS = ("noise", "babble", "music", "channel")


def conditions_named(names: Sequence[str]) -> tuple[Condition, ...]:
    """`all`, kinds (`noise`, `channel`) and single names (`noise-10`), in the order of the table.

    Raises UsageError on another name.
    """
    for name in names:
        if name not in (ALL, *KINDS, *CONDITIONS):
            known = ", ".join((ALL, *KINDS, *CONDITIONS))
            raise UsageError(f"Unknown condition {name!r}; known: {known}.")
    return tuple(
        condition
        for condition in CONDITIONS.values()
        if {ALL, condition.kind, condition.name} & set(names)
    )
