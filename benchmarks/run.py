"""Print the figures of speed and size this project promises, beside a peer in the same run.

    python benchmarks/run.py [--repeat 10] [--model FILE.onnx] [--out FILE.json]

The peer is the usual way to do it: librosa's MFCC and the same networks in torch. It is left out
where torch is not installed. Nothing is written but what `--out` names.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

# Before numpy and torch are loaded, which read them once: the figures are those of one thread.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

REPOSITORY = Path(__file__).parent.parent
sys.path[:0] = [str(REPOSITORY), str(Path(__file__).parent)]

import processes  # noqa: E402 - found through the path set above

from benchmarks.timing import median_ms  # noqa: E402
from tests import sounds  # noqa: E402
from tests.tiny_model import tiny_model  # noqa: E402

CLIP_S = 3.0


@dataclass(frozen=True)
class Figure:
    """Something measured; `most` is the promise where there is one."""

    name: str
    value: float
    unit: str
    most: float | None = None

    @property
    def kept(self) -> bool:
        return self.most is None or self.value <= self.most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=10, help="runs of each process")
    parser.add_argument("--model", type=Path, help="ONNX model; default the one in the package")
    parser.add_argument("--out", type=Path, help="write the figures to this JSON file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, _model(options.model, Path(scratch)) as model:
        figures = []
        for figure in measured(model, Path(scratch), options.repeat):
            print(_line(figure), flush=True)
            figures.append(figure)
    if options.out:
        options.out.write_text(json.dumps(_report(figures, model), indent=2) + "\n")


@contextmanager
def _model(given: Path | None, scratch: Path) -> Iterator[Path]:
    """The model given, the one in the package, or a tiny one that stands in for it."""
    from emotion_stream.errors import ModelMissing
    from emotion_stream.recognition.model import newest_model

    try:
        model = given or Path(str(newest_model()))
        print(f"Model: {model.name}")
    except ModelMissing:
        model = tiny_model(scratch / "emotion-0.0.1.onnx")
        print("Model: none installed; a tiny one stands in and its figures mean nothing")
    yield model


def measured(model: Path, scratch: Path, repeat: int) -> Iterator[Figure]:
    """Every figure, one after the other."""
    clip = scratch / "clip.wav"
    clip.write_bytes(sounds.wav(_clip()))
    process_s = processes.analyze_s(clip, model, repeat)
    yield Figure("analyze a 3 s clip, whole process, median", process_s, "s", 1.5)
    import_s = processes.import_s("emotion_stream", repeat)
    yield Figure("import emotion_stream, median", import_s, "s", 0.6)
    import_s = processes.import_s("emotion_stream.recognition.recognizer, onnxruntime, av", repeat)
    yield Figure("import all that recognition needs, median", import_s, "s")
    yield Figure("recogniser, 3 s window, one thread", _recognizer_ms(model), "ms", 10)
    yield from _peer(model)
    yield Figure("hear 60 s (decode, speech, windows)", _hear_ms(), "ms")
    yield Figure("model file", model.stat().st_size / 1e6, "MB", 8)
    yield Figure("wheel", processes.wheel_bytes(REPOSITORY, scratch) / 1e6, "MB", 20)
    yield Figure(
        "idle server, resident", processes.idle_server_bytes(scratch, model) / 1e6, "MB", 250
    )


def _clip() -> sounds.Samples:
    return sounds.speech()[: round(CLIP_S * sounds.RATE_HZ)]


def _recognizer_ms(model: Path) -> float:
    from emotion_stream.recognition.model import load_model

    loaded = load_model(model)
    waveform = _clip()[None]
    return median_ms(lambda: loaded.probabilities(waveform))


def _peer(model: Path) -> Iterator[Figure]:
    try:
        import peer
    except ModuleNotFoundError as error:
        print(f"  (no peer: {error.name} is not installed)")
        return
    from emotion_stream.recognition.model import load_model
    from emotion_stream.training.network.model import ModelConfig

    embedding = load_model(model).embedding_size
    front_end, network = peer.build(max(1, embedding // ModelConfig().embedding))
    waveform = _clip()
    features = front_end(waveform)
    front_end_ms, network_ms = (
        median_ms(lambda: front_end(waveform)),
        median_ms(lambda: network(features)),
    )
    yield Figure("peer: librosa MFCC, 3 s, one thread", front_end_ms, "ms")
    yield Figure("peer: the same networks in torch, one thread", network_ms, "ms")
    yield Figure("peer: both", front_end_ms + network_ms, "ms")
    yield Figure(
        "peer: import torch and librosa", processes.import_s("torch, librosa.feature", 3), "s"
    )


def _hear_ms() -> float:
    import numpy as np

    from emotion_stream.audio.listening import hear

    data = sounds.wav(np.resize(sounds.speech(), 60 * sounds.RATE_HZ))
    return median_ms(lambda: hear(data), repeat=5)


def _line(figure: Figure) -> str:
    promise = "" if figure.most is None else f"(at most {figure.most:g})"
    mark = "" if figure.kept else "  MISSED"
    return f"  {figure.name:<48} {figure.value:9.3f} {figure.unit:<3} {promise}{mark}"


def _report(figures: list[Figure], model: Path) -> dict[str, object]:
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": model.name,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "figures": [asdict(figure) for figure in figures],
    }


if __name__ == "__main__":
    main()
