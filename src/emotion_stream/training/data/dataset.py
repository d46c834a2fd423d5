"""From corpora on disk to examples ready to train on, and how often an epoch draws each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from emotion_stream.audio.decoding import decode
from emotion_stream.errors import UsageError
from emotion_stream.training.augment.waveform import Surroundings
from emotion_stream.training.data.corpora import RECIPES, Utterance, read_corpus
from emotion_stream.training.data.corpora.utterance import sounds_in
from emotion_stream.training.data.feature_cache import Example, FeatureCache
from emotion_stream.training.data.windows import Cut, cut_all

_LONGEST_SOUND_S = 600.0


@dataclass(frozen=True, eq=False)
class StageData:
    """What one stage trains on: examples, the chance of each, who validates, noises at 16 kHz."""

    train: Sequence[Example]
    weights: NDArray[np.float64]
    validation: Sequence[Example]
    noises: Sequence[NDArray[np.float32]] = ()


class StartProgress(Protocol):
    """Tells how far a long job is; `total` is None where it is not known."""

    def __call__(self, title: str, total: int | None) -> Callable[[int], None]: ...


@dataclass(frozen=True)
class CorpusAccount:
    """What became of the files of one corpus, and by which version of its recipe."""

    utterances: int
    speakers: int
    silent: int  # no speech was heard
    unreadable: int  # could not be decoded, and were to be skipped
    duplicates: int
    unlabelled: int
    emotions: Mapping[str, int]
    recipe: int | None = None  # None where the name has no recipe


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples of every corpus and the account of each."""

    examples: tuple[Example, ...]
    accounts: Mapping[str, CorpusAccount]


def read_corpora(sources: Mapping[str, Path]) -> dict[str, tuple[Utterance, ...]]:
    """The utterances of each corpus, in the order given."""
    return {name: read_corpus(name, source) for name, source in sources.items()}


def build_dataset(
    corpora: Mapping[str, Sequence[Utterance]],
    store: FeatureCache,
    progress: StartProgress,
    *,
    skip_unreadable: bool = False,
) -> Dataset:
    """Cut, compare and turn to frames; of equal recordings only the first is kept.

    Raises CorpusUnreadable where a file cannot be decoded, unless `skip_unreadable`; UsageError
    where fewer than two people are heard, since nobody could judge what was learned.
    """
    examples: list[Example] = []
    accounts: dict[str, CorpusAccount] = {}
    seen: set[bytes] = set()
    for name, utterances in corpora.items():
        labelled = [u for u in utterances if u.emotion is not None]
        advance = progress(f"{name}: windows", len(labelled))
        cuts = list(cut_all(labelled, store.folder, advance, skip_unreadable=skip_unreadable))
        readable = [each for each in cuts if each.problem is None]
        heard = [each for each in cuts if each.windows]
        kept = list(_first_of_equals(heard, seen))
        examples += store.examples(kept, progress(f"{name}: frames", len(kept)))
        accounts[name] = CorpusAccount(
            utterances=len(kept),
            speakers=len({each.utterance.speaker for each in kept}),
            silent=len(readable) - len(heard),
            unreadable=len(cuts) - len(readable),
            duplicates=len(heard) - len(kept),
            unlabelled=len(utterances) - len(labelled),
            emotions=dict(Counter(str(each.utterance.emotion) for each in kept)),
            recipe=RECIPES[name].version if name in RECIPES else None,
        )
    _require_people({example.utterance.speaker for example in examples}, corpora)
    return Dataset(tuple(examples), accounts)


def _require_people(speakers: set[str], corpora: Iterable[str]) -> None:
    if len(speakers) < 2:
        found = f"only {speakers.pop()}" if speakers else "nobody"
        raise UsageError(
            f"In {', '.join(corpora)} {found} is heard with a label, and training needs people to "
            "learn from and others to be judged by: give a corpus with more speakers."
        )


def _first_of_equals(cuts: Iterable[Cut], seen: set[bytes]) -> Iterable[Cut]:
    for each in cuts:
        if each.digest not in seen:
            seen.add(each.digest)
            yield each


def surroundings(noise_folder: Path | None, room_folder: Path | None) -> Surroundings:
    """Every sound file of the two folders, at 16 kHz mono.

    Raises UsageError where one of them is not there or holds none.
    """
    return Surroundings(_sounds(noise_folder, "--noise"), _sounds(room_folder, "--rooms"))


def _sounds(folder: Path | None, option: str) -> tuple[NDArray[np.float32], ...]:
    if folder is None:
        return ()
    return tuple(
        np.concatenate(list(decode(path, max_duration_s=_LONGEST_SOUND_S)))
        for path in sounds_in(folder, option)
    )


def sampling_weights(
    examples: Sequence[Example],
    corpus_weights: Mapping[str, float] | None = None,
    *,
    speaker_balance: float = 0.0,
) -> NDArray[np.float64]:
    """The chance of each example to be drawn; they sum to 1.

    A corpus is drawn by its weight in `corpus_weights`, or by the square root of its size; within
    a corpus the emotions are balanced half way, by the square root of their counts. Within an
    emotion of a corpus a speaker with n utterances is drawn by n ** (1 - speaker_balance): 0 is by
    their number, 0.5 by its square root, 1 as often as any other. An id that stands for several
    people counts as one of them: one person may have spoken most of it, and even so the root gives
    it more draws than anybody with fewer utterances. Raises ValueError outside 0 to 1.
    """
    if not 0 <= speaker_balance <= 1:
        raise ValueError(f"speaker_balance is {speaker_balance}, not from 0 to 1")
    sizes = Counter(example.utterance.corpus for example in examples)
    weights = corpus_weights or {corpus: size**0.5 for corpus, size in sizes.items()}
    cells = Counter((example.utterance.corpus, example.label) for example in examples)
    spread: dict[str, float] = dict.fromkeys(sizes, 0.0)
    for (corpus, _), count in cells.items():
        spread[corpus] += count**0.5
    chance = np.array(
        [
            weights[example.utterance.corpus]
            / spread[example.utterance.corpus]
            / cells[example.utterance.corpus, example.label] ** 0.5
            for example in examples
        ]
    )
    chance = chance * _speaker_factors(examples, speaker_balance)
    return np.asarray(chance / chance.sum(), np.float64)


def _speaker_factors(examples: Sequence[Example], balance: float) -> NDArray[np.float64]:
    """How much more or less often than by its cell each is drawn; their mean over a cell is 1."""
    cells = [(example.utterance.corpus, example.label) for example in examples]
    who = [(*cell, e.utterance.speaker) for cell, e in zip(cells, examples, strict=True)]
    utterances, sizes = Counter(who), Counter(cells)
    damped = [utterances[one] ** -balance for one in who]
    total: dict[tuple[str, int], float] = dict.fromkeys(sizes, 0.0)
    for cell, share in zip(cells, damped, strict=True):
        total[cell] += share
    return np.array(
        [share * sizes[cell] / total[cell] for cell, share in zip(cells, damped, strict=True)]
    )
