"""What a recommendation is: an ordered list of items, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_stream.emotions import Affect
from emotion_stream.music.provider import Goal, Item


@dataclass(frozen=True)
class Recommended:
    """One place of the list: the item, why it is there, and how well it fits (0 to 1) its step."""

    item: Item
    reason: str
    fit: float
    step: Affect


@dataclass(frozen=True)
class Recommendation:
    """A list from the person's state to the target of their goal; `message` explains the plan."""

    goal: Goal
    state: Affect
    target: Affect
    message: str
    items: tuple[Recommended, ...]
