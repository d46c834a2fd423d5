"""What each peer makes of a window: samples at 16 kHz, 0.25 s to 3 s, to an array of fixed shape.

Settings are those of the papers; where these are for another sampling rate, the same durations.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import librosa
import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct  # type: ignore[import-untyped]  # published without types

from benchmarks.peers.material import Floats

FrontEnd = Callable[[Floats], Floats]

RATE_HZ = 16_000
WINDOW_SAMPLES = 3 * RATE_HZ

# LIGHT-SERNET (arXiv:2110.03435): 64 ms every 16 ms, 128 mel bands, 40 coefficients.
_SERNET_FRAME = 1024
_SERNET_HOP = 256
_SERNET_BAND_HZ = (80.0, 7600.0)
_SERNET_FLOOR = 1e-6
# ResLSTM-SA (arXiv:2606.03359): 4096 samples every 2048 at 48 kHz, so a third of them here.
_RES_LSTM_FRAME = 1366
_RES_LSTM_HOP = 683


class PeerMissing(Exception):
    """A peer needs a package that is not installed."""


def mean_mfcc(samples: Floats) -> Floats:
    """Means over time of 40 MFCC: [40]."""
    return np.asarray(_mfcc(samples).mean(axis=1), np.float32)


def mean_and_deviation_of_mfcc(samples: Floats) -> Floats:
    """Means and standard deviations over time of 40 MFCC: [80]."""
    mfcc = _mfcc(samples)
    return np.concatenate([mfcc.mean(axis=1), mfcc.std(axis=1)])


def _mfcc(samples: Floats) -> Floats:
    return np.asarray(librosa.feature.mfcc(y=samples, sr=RATE_HZ, n_mfcc=40), np.float32)


def sernet_mfcc(samples: Floats) -> Floats:
    """40 MFCC of the window, filled up with silence to 3 s: [184, 40]."""
    peak = max(float(np.abs(samples).max()), 1e-9)
    frames = np.lib.stride_tricks.sliding_window_view(_filled(samples / peak), _SERNET_FRAME)
    spectrum = np.abs(np.fft.rfft(frames[::_SERNET_HOP] * np.hanning(_SERNET_FRAME)))
    levels = np.log(spectrum @ _sernet_mel() + _SERNET_FLOOR)
    return np.asarray(dct(levels, norm="ortho")[:, :40], np.float32)


@cache
def _sernet_mel() -> NDArray[np.float64]:
    low_hz, high_hz = _SERNET_BAND_HZ
    filters = librosa.filters.mel(
        sr=RATE_HZ,
        n_fft=_SERNET_FRAME,
        n_mels=128,
        fmin=low_hz,
        fmax=high_hz,
        htk=True,
        norm=None,
    )
    return np.asarray(filters.T, np.float64)


def mfcc_and_chroma(samples: Floats) -> Floats:
    """34 MFCC and 12 chroma of the window, filled up with silence to 3 s: [71, 46]."""
    settings: dict[str, Any] = {
        "y": _filled(samples),
        "sr": RATE_HZ,
        "n_fft": _RES_LSTM_FRAME,
        "hop_length": _RES_LSTM_HOP,
    }
    mfcc = librosa.feature.mfcc(n_mfcc=34, **settings)
    chroma = librosa.feature.chroma_stft(**settings)
    return np.concatenate([mfcc, chroma]).T.astype(np.float32)


def egemaps(samples: Floats) -> Floats:
    """The 88 functionals of eGeMAPSv02 (doi:10.1109/TAFFC.2015.2457417). Raises PeerMissing."""
    return _functionals("eGeMAPSv02", samples)


def compare(samples: Floats) -> Floats:
    """The 6,373 functionals of ComParE_2016, beside `egemaps`. Raises PeerMissing.

    Schuller et al. 2016, doi:10.21437/Interspeech.2016-129.
    """
    return _functionals("ComParE_2016", samples)


def _functionals(feature_set: str, samples: Floats) -> Floats:
    table = _opensmile(feature_set).process_signal(samples, RATE_HZ)
    return np.nan_to_num(np.asarray(table.to_numpy()[0], np.float32))


@cache
def _opensmile(feature_set: str) -> Any:  # Any: a package that may be absent
    try:
        import opensmile  # type: ignore[import-not-found]  # only who compares installs it
    except ModuleNotFoundError as error:
        raise PeerMissing("pip install opensmile (its licence is for research)") from error
    return opensmile.Smile(
        feature_set=opensmile.FeatureSet[feature_set],
        feature_level=opensmile.FeatureLevel.Functionals,
    )


def _filled(samples: Floats) -> Floats:
    return np.pad(samples[:WINDOW_SAMPLES], (0, max(0, WINDOW_SAMPLES - samples.size)))
