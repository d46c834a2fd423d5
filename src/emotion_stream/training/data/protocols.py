"""Protocols by name: which people are tested, fold by fold, and who chooses meanwhile.

The published lists come from Luna-Jimenez et al. 2021 (doi:10.3390/s21227665) and EmoBox (Ma et
al. 2024, arXiv:2406.07162). A partial copy of a corpus is tested on the speakers it has;
`Protocol.missing` names the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora import Utterance, named_speakers, voices_of
from emotion_stream.training.data.folds import Split, development_split

Groups = Sequence[Sequence[str]]
"""Speakers who are tested together."""

LEAVE_ONE_CORPUS_OUT = "leave-one-corpus-out"


def _actors(*folds: tuple[int, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(f"ravdess/{actor:02d}" for actor in fold) for fold in folds)


RAVDESS_LUNA = _actors(
    (2, 5, 14, 15, 16), (3, 6, 7, 13, 18), (10, 11, 12, 19, 20), (8, 17, 21, 23, 24), (1, 4, 9, 22)
)
RAVDESS_EMOBOX = _actors(
    (1, 11, 20, 21), (4, 10, 12, 14), (8, 9, 19, 23), (3, 5, 7, 24), (2, 15, 16, 18),
    (6, 13, 17, 22),
)  # fmt: skip
# Unofficial: of our own making, for copies that end with actor 20. In order of number, so nobody
# can have chosen them: two men (odd) and two women (even) in each.
RAVDESS_OF_20 = _actors(*(tuple(range(first, first + 4)) for first in range(1, 21, 4)))

_EMODB = tuple((f"emodb/{speaker:02d}",) for speaker in (3, *range(8, 17)))
_SAVEE = tuple((f"savee/{speaker}",) for speaker in ("DC", "JE", "JK", "KL"))
_TESS = (("tess/OAF",), ("tess/YAF",))


@dataclass(frozen=True)
class Protocol:
    """Who is tested together. `corpus` is None where it fits any, and one has to be named."""

    name: str
    corpus: str | None
    text: str
    groups: Callable[[Sequence[Utterance]], Groups]
    published: frozenset[str] = field(default=frozenset())

    def missing(self, utterances: Sequence[Utterance]) -> tuple[str, ...]:
        """Speakers of the published lists of whom there is no file."""
        return tuple(sorted(self.published - {utterance.speaker for utterance in utterances}))


def _listed(*folds: Sequence[str]) -> Callable[[Sequence[Utterance]], Groups]:
    def groups(utterances: Sequence[Utterance]) -> Groups:
        present = {utterance.speaker for utterance in utterances}
        kept = [[speaker for speaker in fold if speaker in present] for fold in folds]
        return [fold for fold in kept if fold]

    return groups


def _ravdess5(utterances: Sequence[Utterance]) -> Groups:
    """The list of 20 where those are all there are, else that of Luna-Jimenez."""
    of_20 = frozenset(chain(*RAVDESS_OF_20))
    everybody = {utterance.speaker for utterance in utterances}
    return _listed(*(RAVDESS_OF_20 if everybody <= of_20 else RAVDESS_LUNA))(utterances)


def _each(utterances: Sequence[Utterance]) -> Groups:
    return [[speaker] for speaker in sorted(named_speakers(utterances))]


def _grouped5(utterances: Sequence[Utterance]) -> Groups:
    """Five groups, women and men dealt out in turn, in the order of their ids."""
    genders = {utterance.speaker: utterance.gender or "" for utterance in utterances}
    people = sorted(named_speakers(utterances), key=lambda speaker: (genders[speaker], speaker))
    return [people[first::5] for first in range(min(5, len(people)))]


def _published(name: str, corpus: str, text: str, folds: Sequence[Sequence[str]]) -> Protocol:
    return Protocol(name, corpus, text, _listed(*folds), frozenset(chain(*folds)))


PROTOCOLS: Mapping[str, Protocol] = {
    protocol.name: protocol
    for protocol in (
        Protocol(
            "ravdess5",
            "ravdess",
            "Five folds of RAVDESS actors: the lists of Luna-Jimenez et al. 2021, or 1-4, 5-8, "
            "9-12, 13-16 and 17-20 where the copy ends with actor 20",
            _ravdess5,
        ),
        _published(
            "ravdess-luna5",
            "ravdess",
            "The five folds of RAVDESS actors of Luna-Jimenez et al. 2021",
            RAVDESS_LUNA,
        ),
        _published(
            "ravdess-emobox6",
            "ravdess",
            "The six folds of RAVDESS actors of EmoBox (Ma et al. 2024)",
            RAVDESS_EMOBOX,
        ),
        _published("emodb-loso", "emodb", "EMO-DB, leave one speaker out", _EMODB),
        _published("savee-loso", "savee", "SAVEE, leave one speaker out", _SAVEE),
        _published("tess-actress", "tess", "TESS, one actress out", _TESS),
        Protocol("nemo-loso", "nemo", "nEMO, leave one speaker out", _each),
        Protocol("crema-grouped5", "crema_d", "CREMA-D, five folds of actors", _grouped5),
        Protocol("grouped5", None, "Five folds of speakers, women and men dealt out", _grouped5),
        Protocol("loso", None, "Leave one speaker out", _each),
        Protocol(
            LEAVE_ONE_CORPUS_OUT,
            None,
            "A whole corpus left out of training, judged among anger, happiness, neutral and "
            "sadness",
            lambda utterances: [sorted(named_speakers(utterances))],
        ),
    )
}


def protocol(name: str) -> Protocol:
    """Raises UsageError where there is none of that name."""
    if name not in PROTOCOLS:
        raise UsageError(f"Unknown protocol {name!r}; known: {', '.join(PROTOCOLS)}.")
    return PROTOCOLS[name]


def folds(
    chosen: Protocol, utterances: Sequence[Utterance], target: str, seed: int
) -> tuple[Split, ...]:
    """The splits of a protocol over the speakers that are there; nobody is in two parts of one.

    Everybody who speaks in `target` is tested once, and nobody else. Of the speakers who are
    tested next, one of each gender validates; where that would leave nobody of the corpus to train
    on, speakers of the other corpora do. Raises UsageError where fewer than two folds are left.
    """
    own = [utterance for utterance in utterances if utterance.corpus == target]
    groups = chosen.groups(own)
    if chosen.name == LEAVE_ONE_CORPUS_OUT:
        return (_split(f"without-{target}", groups[0], None, utterances, seed),)
    if len(groups) < 2:
        raise UsageError(
            f"{chosen.name} needs speakers in at least two folds; {target} has "
            f"{', '.join(chain(*groups)) or 'none of them'} here."
        )
    genders = {utterance.speaker: utterance.gender for utterance in own}
    return tuple(
        _split(
            f"fold-{index + 1}",
            group,
            _one_of_each(groups[(index + 1) % len(groups)], genders) if len(groups) > 2 else None,
            utterances,
            seed,
        )
        for index, group in enumerate(groups)
    )


def fold_names(name: str, target: str, speakers: Iterable[str]) -> tuple[str, ...]:
    """The folds of a protocol where `speakers` are all there are, of `target` or not.

    Raises UsageError where there is no protocol of that name.
    """
    own = sorted(speaker for speaker in speakers if speaker.startswith(f"{voices_of(target)}/"))
    spoken = [Utterance(Path(), target, speaker, None) for speaker in own]
    return tuple(f"fold-{n + 1}" for n in range(len(protocol(name).groups(spoken))))


def _one_of_each(group: Sequence[str], genders: Mapping[str, str | None]) -> list[str]:
    first: dict[str | None, str] = {}
    for speaker in group:
        first.setdefault(genders[speaker], speaker)
    return list(first.values())


def _split(
    name: str,
    test: Sequence[str],
    validation: Sequence[str] | None,
    utterances: Sequence[Utterance],
    seed: int,
) -> Split:
    others = [utterance for utterance in utterances if utterance.speaker not in set(test)]
    if validation is None:
        validation = sorted(development_split(others, seed).validation)
    everybody = frozenset(utterance.speaker for utterance in others)
    return Split(name, everybody - set(validation), frozenset(validation), frozenset(test))
