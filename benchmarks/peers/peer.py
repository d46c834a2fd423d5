"""What a peer is: a front end and a way to learn, with its epoch or settings chosen by others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from benchmarks.peers.front_ends import FrontEnd
from benchmarks.peers.material import Floats, Part


@dataclass(frozen=True, eq=False)
class Fitted:
    """A trained peer: features [windows, ...] to logits [windows, 8], and what was chosen."""

    logits: Callable[[Floats], Floats]
    parameters: int
    chosen: Mapping[str, float]


class Peer(Protocol):
    """`recipe` holds every number the result depends on; `chance` is whether a seed matters."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def front_end(self) -> FrontEnd: ...
    @property
    def recipe(self) -> Mapping[str, Any]: ...
    @property
    def chance(self) -> bool: ...

    def fit(self, train: Part, validation: Part, seed: int) -> Fitted:
        """Learn from `train`; whatever is chosen is chosen by the UAR on `validation`."""

    def specimen(self, train: Part) -> Fitted:
        """One of the same size, made quickly: good for nothing but to be timed."""
