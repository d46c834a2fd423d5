"""What a model said of utterances, asked through the code that serves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from emotion_stream.audio.decoding import Source
from emotion_stream.audio.recording import Recording
from emotion_stream.emotions import EMOTIONS, Emotion, Scores
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.data.corpora import Utterance

Sound = Callable[[Utterance], Source | Recording]

_UNHEARD = -1


@dataclass(frozen=True)
class EvaluationSet:
    """A model and the utterances it is asked about; `bystanders` are those of other people.

    `members` are the models of its single networks, where there are several.

    Where everybody is asked about, as with a single model, everybody is a bystander to the others.
    """

    name: str
    model: Path
    utterances: tuple[Utterance, ...]
    bystanders: tuple[Utterance, ...]
    seed: int = 0
    members: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Prediction:
    """What a model said of one utterance. `scores` is None where it heard no speech.

    `embedding` is that of the reading, and empty then. `fold` and `seed` say which model: the same
    fold may have been trained from several seeds.
    """

    utterance: Utterance
    fold: str
    scores: Scores | None
    unsure: bool
    seed: int = 0
    embedding: tuple[float, ...] = field(default=(), repr=False)

    @property
    def emotion(self) -> Emotion:
        """The true emotion."""
        return Emotion(str(self.utterance.emotion))

    @property
    def label(self) -> int:
        """Place of the true emotion in `EMOTIONS`."""
        return EMOTIONS.index(self.emotion)

    @property
    def prediction(self) -> int:
        """Place of the most probable emotion; -1, which is never right, where none was heard."""
        return _UNHEARD if self.scores is None else EMOTIONS.index(self.scores.top)


def predict(
    recognizer: Recognizer,
    utterances: Iterable[Utterance],
    fold: str,
    advance: Callable[[int], None],
    *,
    seed: int = 0,
    sound: Sound = lambda utterance: utterance.path,
) -> list[Prediction]:
    """Analyse every labelled utterance as a user's recording would be.

    `sound` gives what is analysed in its place: by default its file.
    """
    answers = []
    for utterance in utterances:
        if utterance.emotion is not None:
            reading = recognizer.analyze(sound(utterance))
            answers.append(
                Prediction(utterance, fold, reading.scores, reading.unsure, seed, reading.embedding)
            )
        advance(1)
    return answers


def among(
    answers: Iterable[Prediction], emotions: Sequence[Emotion] | None = None
) -> list[Prediction]:
    """The answers as if only `emotions` were to choose from, or those of the utterance's corpus.

    Scores of other emotions go and the rest sums to 1 again; `unsure` stays what the user was
    told. Utterances of other emotions are left out.
    """
    answers = list(answers)
    corpora = groups(answers, lambda answer: answer.utterance.corpus)
    choices = {
        name: frozenset(emotions or candidate_emotions(part)) for name, part in corpora.items()
    }
    return [
        replace(answer, scores=answer.scores and restricted(answer.scores, choice))
        for answer in answers
        if answer.emotion in (choice := choices[answer.utterance.corpus])
    ]


def candidate_emotions(
    answers: Iterable[Prediction], emotions: Sequence[Emotion] | None = None
) -> tuple[Emotion, ...]:
    """The emotions to choose from, in their usual order: those given, or those that occur."""
    chosen = set(emotions or (answer.emotion for answer in answers))
    return tuple(emotion for emotion in EMOTIONS if emotion in chosen)


def groups(
    answers: Iterable[Prediction], key: Callable[[Prediction], str]
) -> dict[str, list[Prediction]]:
    """The answers in parts, by name."""
    parts: dict[str, list[Prediction]] = {}
    for answer in answers:
        parts.setdefault(key(answer), []).append(answer)
    return dict(sorted(parts.items()))


def restricted(scores: Scores, emotions: frozenset[Emotion]) -> Scores:
    """As if only `emotions` were to choose from: the others go and the rest sums to 1 again."""
    if len(emotions) == len(EMOTIONS):
        return scores
    # A model that is certain of something else still says which of the rest it holds likelier.
    kept = {e: max(scores.of(e), 1e-12) for e in EMOTIONS if e in emotions}
    total = sum(kept.values())
    return Scores.from_mapping({emotion: value / total for emotion, value in kept.items()})
