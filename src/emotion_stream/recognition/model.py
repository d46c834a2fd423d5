"""The model file: found, checked against what we expect, and run on one thread.

Input `waveform`, float32 [batch, samples] at 16 kHz, 0.25 s or longer; outputs `probabilities`
[batch, 8] and `embedding` [batch, D]. Labels, rate, window and the rest are in its metadata.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Samples
from emotion_stream.audio.windows import HOP_S, WINDOW_S
from emotion_stream.emotions import EMOTIONS
from emotion_stream.errors import ModelMismatch, ModelMissing

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FORMAT = "emotion-stream/1"
INPUT = "waveform"
OUTPUTS = ("probabilities", "embedding")

_NAME = re.compile(r"emotion-(\d+(?:\.\d+)*)\.onnx")

Probabilities = npt.NDArray[np.float32]
Embeddings = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ModelInfo:
    """What a model says about itself, and the SHA-256 of its file.

    A top probability under `unsure_below` means that the model is unsure; so does one that hardly
    leads (`Scores.told`). `corpus_titles` are what the authors of `corpora` call them; a file that
    was exported before titles were kept has the names in capitals.
    """

    version: str
    labels: tuple[str, ...]
    sample_rate_hz: int
    corpora: tuple[str, ...]
    licence: str
    unsure_below: float
    sha256: str
    corpus_titles: tuple[str, ...] = ()


class Model:
    """A loaded model. Its methods may be called from several threads at once."""

    def __init__(self, info: ModelInfo, session: InferenceSession) -> None:
        self.info = info
        self._session = session

    def probabilities(self, waveforms: Samples) -> Probabilities:
        """[batch, samples] at 16 kHz to [batch, 8], in the order of `EMOTIONS`."""
        # "Sessions are stateless so you can call Run concurrently" (onnxruntime issue 22967).
        (probabilities,) = self._session.run([OUTPUTS[0]], {INPUT: waveforms})
        return np.asarray(probabilities, np.float32)

    def outputs(self, waveforms: Samples) -> tuple[Probabilities, Embeddings]:
        """[batch, samples] at 16 kHz to probabilities [batch, 8] and embeddings [batch, D]."""
        probabilities, embeddings = self._session.run([*OUTPUTS], {INPUT: waveforms})
        return np.asarray(probabilities, np.float32), np.asarray(embeddings, np.float32)

    @cached_property
    def embedding_size(self) -> int:
        """D. Asked of the model itself, because an exported graph need not say it."""
        silence = np.zeros((1, SAMPLE_RATE_HZ), np.float32)
        return int(self.outputs(silence)[1].shape[1])


def load_model(path: Path | None = None) -> Model:
    """Load a model, by default the newest one in the package.

    Raises ModelMissing where there is no file that can be read, ModelMismatch saying what differs
    where it is not a model of ours.
    """
    file = newest_model() if path is None else path
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ModelMissing(
            f"{_unreadable(file, error)} Give the path of an emotion-<version>.onnx, "
            "or leave it out to use the one in the package."
        ) from error
    session = _session(content, file.name)
    _check_graph(session, file.name)
    metadata: Mapping[str, str] = session.get_modelmeta().custom_metadata_map
    return Model(_info(metadata, file.name, sha256(content).hexdigest()), session)


def newest_model() -> Traversable:
    """The `emotion-<version>.onnx` of the highest version in the package. Raises ModelMissing."""
    assets = files("emotion_stream") / "assets"
    found = {
        tuple(map(int, match[1].split("."))): file
        for file in (assets.iterdir() if assets.is_dir() else ())
        if (match := _NAME.fullmatch(file.name))
    }
    if not found:
        raise ModelMissing("No model is installed. Train one with `emotion-stream train`.")
    return found[max(found)]


def _unreadable(file: Traversable, error: OSError) -> str:
    if file.is_dir():
        return f"{file} is a folder, not a model."
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"There is no model at {file}."
    return f"The model {file} cannot be read: {error.strerror}."


def _session(content: bytes, name: str) -> InferenceSession:
    from onnxruntime import ExecutionMode, InferenceSession, SessionOptions

    options = SessionOptions()
    # Requests run side by side in a pool of their own (decision 7): threads within each would only
    # compete with the others.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 4  # fatal only: what goes wrong is raised below
    try:
        return InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no other base
        raise ModelMismatch(f"{name} is not an ONNX model: {_first_line(error)}") from error


def _check_graph(session: InferenceSession, name: str) -> None:
    inputs = [node.name for node in session.get_inputs()]
    outputs = [node.name for node in session.get_outputs()]
    if inputs != [INPUT] or not set(OUTPUTS) <= set(outputs):
        raise ModelMismatch(
            f"{name} takes {inputs} and gives {outputs}; expected [{INPUT!r}] and {[*OUTPUTS]}."
        )


def _info(metadata: Mapping[str, str], name: str, digest: str) -> ModelInfo:
    differs = partial(_require, metadata, name)
    differs("format", FORMAT)
    differs("labels", [emotion.value for emotion in EMOTIONS])
    differs("sample_rate_hz", SAMPLE_RATE_HZ)
    differs("window_s", WINDOW_S)
    differs("hop_s", HOP_S)
    unsure_below = _read(metadata, name, "unsure_below")
    if not isinstance(unsure_below, int | float) or not isfinite(unsure_below):
        raise ModelMismatch(f"{name} has unsure_below {unsure_below!r}; expected a probability.")
    corpora = _read(metadata, name, "corpora")
    if not isinstance(corpora, list):
        raise ModelMismatch(f"{name} has corpora {corpora!r}; expected a list of names.")
    titles: object = [str(corpus).replace("_", " ").upper() for corpus in corpora]
    if "corpus_titles" in metadata:
        titles = _read(metadata, name, "corpus_titles")
    if not isinstance(titles, list) or len(titles) != len(corpora):
        raise ModelMismatch(f"{name} has corpus_titles {titles!r}; expected one for each corpus.")
    return ModelInfo(
        version=_text(metadata, name, "version"),
        labels=tuple(emotion.value for emotion in EMOTIONS),
        sample_rate_hz=SAMPLE_RATE_HZ,
        corpora=tuple(map(str, corpora)),
        licence=_text(metadata, name, "licence"),
        unsure_below=float(unsure_below),
        sha256=digest,
        corpus_titles=tuple(map(str, titles)),
    )


def _require(metadata: Mapping[str, str], name: str, key: str, expected: object) -> None:
    found = _text(metadata, name, key) if key == "format" else _read(metadata, name, key)
    if found != expected:
        raise ModelMismatch(f"{name} has {key} {found!r}; this version works with {expected!r}.")


def _read(metadata: Mapping[str, str], name: str, key: str) -> object:
    text = _text(metadata, name, key)
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise ModelMismatch(f"{name} has {key} {text!r}, which cannot be read.") from error
    return value


def _text(metadata: Mapping[str, str], name: str, key: str) -> str:
    if key not in metadata:
        raise ModelMismatch(
            f"{name} does not say its {key}: it was not exported by `emotion-stream export`."
        )
    return metadata[key]


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
