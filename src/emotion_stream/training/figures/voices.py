"""One utterance per emotion as the paper shows them: the wave above, its MFCC below."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.figure import FigureBase
from numpy.typing import NDArray

from emotion_stream.training.figures.panels import COLOURS, Panel

Voice = Mapping[str, Any]


def panels(voices: Sequence[Voice]) -> list[Panel]:
    return [
        Panel(
            partial(_draw, voice),
            f"{voice['emotion']}: the wave of one utterance and its mel-frequency cepstral "
            "coefficients over time.",
            3.0,
            2.5,
        )
        for voice in voices
    ]


def _draw(voice: Voice, figure: FigureBase) -> None:
    wave, cepstrum = figure.subplots(2, 1, sharex=True, height_ratios=(2, 3))
    peaks = np.array(voice["peaks"])
    time_s = np.linspace(0, voice["duration_s"], len(peaks))
    wave.fill_between(time_s, -peaks, peaks, color=COLOURS[voice["emotion"]], linewidth=0)
    wave.set(title=voice["emotion"], ylim=(-1.05, 1.05), yticks=[])
    wave.spines[["left", "bottom"]].set_visible(False)
    wave.tick_params(bottom=False)
    cepstrum.imshow(
        mfcc_of(voice),
        aspect="auto",
        origin="lower",
        cmap="magma",
        interpolation="none",
        extent=(0, voice["duration_s"], 0, voice["mfcc"]["coefficients"]),
    )
    cepstrum.set(xlabel="s", ylabel="MFCC", yticks=(0, 10, 20))


def mfcc_of(voice: Voice) -> NDArray[np.uint8]:
    """[coefficients, frames], from the lowest (0) to the highest (255) of each coefficient."""
    kept = voice["mfcc"]
    values = np.frombuffer(base64.b64decode(kept["values"]), np.uint8)
    return values.reshape(kept["coefficients"], kept["frames"])
