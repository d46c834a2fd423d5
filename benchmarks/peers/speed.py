"""What a window of three seconds costs each of them: processor time of one thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from importlib.resources import as_file
from typing import Any

import numpy as np
import onnx

from benchmarks.peers.front_ends import RATE_HZ, WINDOW_SAMPLES, PeerMissing
from benchmarks.peers.material import Floats, Part
from benchmarks.peers.peer import Peer
from benchmarks.timing import median_ms
from emotion_stream.errors import ModelMissing
from emotion_stream.recognition.model import load_model, newest_model

_REPEAT = 30


def measured(peers: Iterable[tuple[Peer, Part]]) -> dict[str, Any]:  # Any: what JSON can hold
    """`front_end_ms` and `model_ms` of each peer, and `ms` of the shipped model, which has both.

    Processor time, not the clock's, so that other work on the machine does not count.
    """
    window = _window()
    figures: dict[str, Any] = {"window_s": WINDOW_SAMPLES / RATE_HZ, "shipped": _shipped(window)}
    figures["peers"] = {}
    for peer, train in peers:
        try:
            figures["peers"][peer.name] = _of_peer(peer, train, window)
        except PeerMissing:
            continue
    return figures


def _of_peer(peer: Peer, train: Part, window: Floats) -> dict[str, float]:
    fitted = peer.specimen(train)
    features = peer.front_end(window)[None]
    return {
        "front_end_ms": _median_ms(lambda: peer.front_end(window)),
        "model_ms": _median_ms(lambda: fitted.logits(features)),
    }


def _shipped(window: Floats) -> dict[str, Any] | None:
    """Time and size of the model in the package; None where there is none."""
    try:
        file = newest_model()
    except ModelMissing:
        return None
    model = load_model()
    with as_file(file) as path:
        numbers = sum(int(np.prod(each.dims)) for each in onnx.load(path).graph.initializer)
    ms = _median_ms(lambda: model.probabilities(window[None]))
    return {"model": file.name, "parameters": numbers, "ms": ms}


def _window() -> Floats:
    """A buzz in noise: what it says does not matter for the time."""
    rng = np.random.default_rng(0)
    time_s = np.arange(WINDOW_SAMPLES) / RATE_HZ
    buzz = np.sign(np.sin(2 * np.pi * 140 * time_s)) * (1 + np.sin(2 * np.pi * 3 * time_s))
    return np.asarray(0.1 * buzz + 0.01 * rng.standard_normal(WINDOW_SAMPLES), np.float32)


def _median_ms(work: Callable[[], object]) -> float:
    return median_ms(work, repeat=_REPEAT, clock_s=time.process_time)
