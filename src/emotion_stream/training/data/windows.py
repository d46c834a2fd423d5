"""The windows training learns from: cut by the code that serves, kept on disk as 16-bit samples."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_stream.audio.cleaning import clean
from emotion_stream.audio.decoding import decode
from emotion_stream.audio.listening import hear
from emotion_stream.audio.recording import SAMPLE_RATE_HZ
from emotion_stream.errors import AudioError, CorpusUnreadable
from emotion_stream.training.atomic_write import atomic_write
from emotion_stream.training.data.corpora import RECIPES, Utterance

Pcm = NDArray[np.int16]

_REVISION = 1  # raise it when `emotion_stream.audio` cuts other windows than before
_SHARD = 256  # utterances kept in one file: what is lost when a run is stopped
_SHORTEST = SAMPLE_RATE_HZ // 4
_LONGEST = 3 * SAMPLE_RATE_HZ
_LONGEST_BURST_S = 60.0
_BURST_RANGE_DB = 30.0
_SILENT_RMS = 10 ** (-60 / 20)
_FULL_SCALE = 32_767
_UNREADABLE = -1  # stands in the shard for the number of windows
_NAMED = 3  # files in a message


@dataclass(frozen=True, eq=False)
class Cut:
    """An utterance and its windows; none where no speech was heard.

    `problem` says why nothing could be decoded, and is None otherwise.
    """

    utterance: Utterance
    windows: tuple[Pcm, ...]
    problem: str | None = None

    @property
    def digest(self) -> bytes:
        """The same for recordings that hold the same samples, whatever file they came in."""
        return hashlib.sha256(b"".join(window.tobytes() for window in self.windows)).digest()


def cut(utterance: Utterance) -> Cut:
    """Decode, clean, find speech and cut: what the recogniser would be given."""
    try:
        if utterance.corpus in RECIPES and RECIPES[utterance.corpus].kind == "bursts":
            windows = _burst(utterance.path)
        else:
            windows = tuple(window.samples for window in hear(utterance.path).windows)
    except AudioError as error:
        return Cut(utterance, (), f"{error.code}: {error}")
    except OSError as error:
        return Cut(utterance, (), f"unreadable: {error.strerror or error}")
    long_enough = (window for window in windows if window.size >= _SHORTEST)
    return Cut(utterance, tuple(_as_pcm(window) for window in long_enough))


def _burst(path: Path) -> tuple[NDArray[np.float32], ...]:
    """The loud part of a wordless sound, which a detector of speech does not hear."""
    samples = np.concatenate(
        [np.zeros(0, np.float32), *clean(decode(path, max_duration_s=_LONGEST_BURST_S))]
    )
    power = np.convolve(samples**2, np.full(400, 1 / 400), mode="same")
    if samples.size == 0 or power.mean() < _SILENT_RMS**2:
        return ()
    loud = np.flatnonzero(power > power.max() * 10 ** (-_BURST_RANGE_DB / 10))
    return (np.asarray(samples[loud[0] : loud[-1] + 1][:_LONGEST], np.float32),)


def _as_pcm(samples: NDArray[np.float32]) -> Pcm:
    """16 bits at a peak of half full scale; the front end takes no notice of the level."""
    gain = 0.5 / max(float(np.abs(samples).max()), 1e-9)
    return np.round(samples * gain * _FULL_SCALE).astype(np.int16)


def as_float(window: Pcm) -> NDArray[np.float32]:
    """Samples from -1 to 1."""
    return window.astype(np.float32) / np.float32(_FULL_SCALE)


def cut_all(
    utterances: Sequence[Utterance],
    cache_folder: Path,
    advance: Callable[[int], None],
    *,
    skip_unreadable: bool = False,
) -> Iterator[Cut]:
    """Cut every utterance, from `cache_folder` where it was done before.

    `advance` is told how many utterances were done. A changed file makes its part of the cache be
    done again. Raises CorpusUnreadable at the first part with a file that cannot be decoded, before
    anything of that part is kept, unless `skip_unreadable`.
    """
    cache_folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, len(utterances), _SHARD):
        shard = utterances[first : first + _SHARD]
        file = cache_folder / f"windows-{_key(shard)}.npz"
        if not file.exists():
            cuts = [cut(utterance) for utterance in shard]
            _refuse_unreadable(cuts, skip_unreadable)
            _write(file, cuts)
        kept = list(_read(file, shard))
        _refuse_unreadable(kept, skip_unreadable)
        yield from kept
        advance(len(shard))


def _refuse_unreadable(cuts: Sequence[Cut], skip: bool) -> None:
    unreadable = [each for each in cuts if each.problem is not None]
    if skip or not unreadable:
        return
    named = "; ".join(f"{each.utterance.path} ({each.problem})" for each in unreadable[:_NAMED])
    more = f"; and {len(unreadable) - _NAMED} more" if len(unreadable) > _NAMED else ""
    corpus = unreadable[0].utterance.corpus
    raise CorpusUnreadable(
        f"Files of {corpus} cannot be read: {named}{more}. Find them all with `emotion-stream "
        f"corpora check {corpus}=DIR` and mend the corpus, or leave them out by --skip-unreadable."
    )


def _key(shard: Sequence[Utterance]) -> str:
    digest = hashlib.sha256(f"windows {_REVISION}".encode())
    for utterance in shard:
        stat = utterance.path.stat()
        digest.update(f"{utterance.path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:20]


def _write(file: Path, cuts: Sequence[Cut]) -> None:
    windows = [window for each in cuts for window in each.windows]
    with atomic_write(file) as part, part.open("wb") as out:
        np.savez(
            out,
            samples=np.concatenate([np.zeros(0, np.int16), *windows]),
            sizes=np.array([window.size for window in windows], np.int64),
            counts=np.array([_count(each) for each in cuts], np.int64),
        )


def _count(each: Cut) -> int:
    return len(each.windows) if each.problem is None else _UNREADABLE


def _read(file: Path, shard: Sequence[Utterance]) -> Iterator[Cut]:
    with np.load(file) as kept:
        samples, sizes, counts = kept["samples"], kept["sizes"], kept["counts"]
    windows = iter(np.split(samples, np.cumsum(sizes)[:-1]) if sizes.size else ())
    for utterance, count in zip(shard, counts, strict=True):
        problem = "unreadable when it was tried before" if count == _UNREADABLE else None
        yield Cut(utterance, tuple(next(windows) for _ in range(count)), problem)
