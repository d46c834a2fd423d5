"""What one window costs: the exported file on one thread, front end included."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path
from typing import Any

import numpy as np

from emotion_stream.audio.recording import SAMPLE_RATE_HZ
from emotion_stream.audio.windows import WINDOW_S
from emotion_stream.recognition.model import load_model

REPEATS = 50
_WARM_UP = 5


def latency(file: Path) -> dict[str, Any]:  # Any: what JSON can hold
    """Milliseconds per window of 3 s: median and least of 50 runs, and what kind of CPU it was."""
    model = load_model(file)
    size = round(WINDOW_S * SAMPLE_RATE_HZ)
    window = (0.05 * np.random.default_rng(0).standard_normal((1, size))).astype(np.float32)
    took_ms = []
    for _ in range(_WARM_UP + REPEATS):
        start = time.perf_counter()
        model.probabilities(window)
        took_ms.append(1000 * (time.perf_counter() - start))
    took_ms = took_ms[_WARM_UP:]
    return {
        "file": file.name,
        "window_s": WINDOW_S,
        "threads": 1,
        "repeats": REPEATS,
        "median_ms": float(np.median(took_ms)),
        "least_ms": float(np.min(took_ms)),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
    }
