"""From corpora on disk to examples ready to train on, with an account of what was left out."""

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
from emotion_stream.training.augmentation import Surroundings
from emotion_stream.training.corpora import RECIPES, Utterance, read_corpus
from emotion_stream.training.corpora.utterance import sounds_in
from emotion_stream.training.frames import Example, FrameStore
from emotion_stream.training.windows import Cut, cut_all

_LONGEST_SOUND_S = 600.0


class Progress(Protocol):
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
class Gathered:
    """Examples of every corpus and the account of each."""

    examples: tuple[Example, ...]
    accounts: Mapping[str, CorpusAccount]


def read_corpora(sources: Mapping[str, Path]) -> dict[str, tuple[Utterance, ...]]:
    """The utterances of each corpus, in the order given."""
    return {name: read_corpus(name, source) for name, source in sources.items()}


def gather(
    corpora: Mapping[str, Sequence[Utterance]],
    store: FrameStore,
    progress: Progress,
    *,
    skip_unreadable: bool = False,
) -> Gathered:
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
    return Gathered(tuple(examples), accounts)


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
