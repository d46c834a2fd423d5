"""From MIDI to sound: fluidsynth plays a sampled General MIDI sound font, Opus packs it."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import av
import numpy as np

from emotion_stream.errors import UsageError
from tools.starter_library.mastering import Stereo

RATE_HZ = 48_000
BITRATE_BPS = 48_000
TIMEOUT_S = 300
SOUND_FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")


def synthesise(midi: bytes, sound_font: Path = SOUND_FONT) -> Stereo:
    """Play a MIDI file; stereo float32 samples of shape (n, 2) at `RATE_HZ`.

    UsageError where fluidsynth or the sound font is missing or fails.
    """
    if not sound_font.is_file():
        raise UsageError(f"no sound font at {sound_font}: install fluid-soundfont-gm")
    with tempfile.TemporaryDirectory() as folder:
        score, raw = Path(folder, "score.mid"), Path(folder, "sound.raw")
        score.write_bytes(midi)
        command = [
            *("fluidsynth", "-n", "-i", "-q", "-g", "0.35", "-r", str(RATE_HZ)),
            *("-o", "synth.reverb.room-size=0.62", "-o", "synth.reverb.level=0.55"),
            *("-o", "synth.reverb.damp=0.35", "-o", "synth.reverb.width=0.8"),
            *("-o", "synth.chorus.active=1", "-o", "synth.polyphony=512"),
            *("-T", "raw", "-O", "float", "-E", "little", "-F", str(raw)),
            *(str(sound_font), str(score)),
        ]
        _run(command)
        return np.fromfile(raw, dtype="<f4").reshape(-1, 2)


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S)  # noqa: S603
    except FileNotFoundError as error:
        raise UsageError("fluidsynth is not installed: install the package fluidsynth") from error
    except subprocess.CalledProcessError as error:
        raise UsageError(f"fluidsynth failed: {error.stderr.decode(errors='replace')}") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"fluidsynth did not finish within {TIMEOUT_S} s") from error


def encode_opus(samples: Stereo, path: Path, title: str) -> None:
    """Write Ogg Opus (stereo, 48 kHz, about `BITRATE_BPS`) with title, artist and licence tags."""
    with av.open(str(path), "w", format="ogg") as container:
        container.metadata.update(
            {"title": title, "artist": "Emotion Stream", "license": "CC0-1.0"}
        )
        stream = container.add_stream("libopus", rate=RATE_HZ, layout="stereo")
        stream.bit_rate = BITRATE_BPS
        stream.options = {"vbr": "constrained", "application": "audio"}
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples.reshape(1, -1)), format="flt", layout="stereo"
        )
        frame.sample_rate = RATE_HZ
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


def decode(path: Path) -> Stereo:
    """Read a sound file back as stereo samples (n, 2) at `RATE_HZ`."""
    resampler = av.AudioResampler(format="flt", layout="stereo", rate=RATE_HZ)
    with av.open(str(path)) as container:
        frames = [f for frame in container.decode(audio=0) for f in resampler.resample(frame)]
        frames.extend(resampler.resample(None))
    return np.concatenate([f.to_ndarray().reshape(-1, 2) for f in frames])
