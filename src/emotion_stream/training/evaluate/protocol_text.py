"""What an evaluation calls itself, and among which emotions it judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.protocols import LEAVE_ONE_CORPUS_OUT

# The four that nearly every corpus has (EmoBox, arXiv:2406.07162); calm is not taken for neutral.
_FOUR = (Emotion.NEUTRAL, Emotion.HAPPINESS, Emotion.SADNESS, Emotion.ANGER)


@dataclass(frozen=True)
class ProtocolText:
    """A protocol as a report tells it: name, title of the report, and how it was done, in words."""

    name: str
    title: str
    text: str

    @property
    def emotions(self) -> tuple[Emotion, ...] | None:
        """Those a model is judged among; None for those that occur in each corpus."""
        return _FOUR if self.name == LEAVE_ONE_CORPUS_OUT else None


def of_a_run(said: Mapping[str, Any], only: Sequence[str] = ()) -> ProtocolText:
    """What the `config.json` of a run says of its protocol.

    `only` are the folds it was made of where these are not all: then the report says so.
    """
    missing = said.get("missing") or ()
    absent = f" Of the published speakers these were not at hand: {', '.join(missing)}."
    some = (
        f" Only {', '.join(only)} of the protocol {'was' if len(only) == 1 else 'were'} trained: "
        "the figures are of the speakers tested there, and none of the protocol."
    )
    return ProtocolText(
        said["name"],
        f"Speaker-independent evaluation: {said['name']}{', some folds' if only else ''}",
        f"{said['text']}. {_HOW}{some if only else ''}{absent if missing else ''}",
    )


_HOW = (
    "For each fold the networks are fine-tuned on everybody else, but for a few speakers who are "
    'tested next: they set the temperature and the threshold of "not sure". Then its exported '
    "ONNX file analyses the files of the fold's speakers through the code that serves. Nobody is "
    "in two parts; the corpora of the pre-training share no speaker with the one that is tested. "
    "Texts are shared by all parts."
)


def of_corpora_left_out(targets: Sequence[str]) -> ProtocolText:
    """Of the pre-trained networks of runs, each asked about the corpus that it never heard."""
    return ProtocolText(
        LEAVE_ONE_CORPUS_OUT,
        f"Corpora that were never heard: {', '.join(targets)}",
        "For each of these corpora a model is trained on all the others and asked about every "
        "utterance of anger, happiness, neutral and sadness of the one left out, through the code "
        "that serves. Only these four are to choose from; calm is not taken for neutral.",
    )


def of_a_model(name: str, file: str, heard: frozenset[str]) -> ProtocolText:
    """Of a single model: `name` is empty or `leave-one-corpus-out`.

    `heard` are corpora with these very speakers that it was trained on: the report says that it
    flatters.
    """
    title = f"Evaluation of {file}"
    if name == LEAVE_ONE_CORPUS_OUT:
        text = (
            "Every utterance of anger, happiness, neutral or sadness of corpora that the model "
            "was not trained on, through the code that serves. Only these four are to choose "
            "from; calm is not taken for neutral."
        )
        return ProtocolText(name, f"{title} on corpora it never heard, four emotions", text)
    warning = (
        f" It was trained on {', '.join(sorted(heard))} too, so these figures are flattering: "
        "use them to compare, not to claim."
        if heard
        else ""
    )
    return ProtocolText(
        name, title, f"Every labelled utterance, through the code that serves.{warning}"
    )
