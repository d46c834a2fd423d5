"""What an evaluation calls itself, and among which emotions it judges."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_stream.emotions import Emotion

LEAVE_ONE_CORPUS_OUT = "leave-one-corpus-out"

# The four that nearly every corpus has (EmoBox, arXiv:2406.07162); calm is not taken for neutral.
_FOUR = (Emotion.NEUTRAL, Emotion.HAPPINESS, Emotion.SADNESS, Emotion.ANGER)


@dataclass(frozen=True)
class Protocol:
    """Name, title of the report, and how it was done, in words."""

    name: str
    title: str
    text: str

    @property
    def emotions(self) -> tuple[Emotion, ...] | None:
        """Those a model is judged among; None for those that occur in each corpus."""
        return _FOUR if self.name == LEAVE_ONE_CORPUS_OUT else None


RAVDESS_PROTOCOL = Protocol(
    "ravdess5",
    "Speaker-independent evaluation on RAVDESS speech, eight emotions",
    "Five folds of RAVDESS actors (`training/folds.py`). For each fold a model is fine-tuned on "
    "the other actors, less the fold that follows, whose actors choose the epoch, the temperature "
    'and the threshold of "not sure"; then its exported ONNX file analyses the files of the '
    "fold's actors through the code that serves. No actor is in two parts; the corpora of the "
    "pre-training share no speaker with RAVDESS. Texts are shared: RAVDESS has two sentences.",
)


def of_a_model(name: str, file: str, heard: frozenset[str]) -> Protocol:
    """Of a single model: `name` is empty or `leave-one-corpus-out`; `heard` are corpora it knows.

    A report of a model that was trained on what it is asked about says that it flatters.
    """
    title = f"Evaluation of {file}"
    if name == LEAVE_ONE_CORPUS_OUT:
        text = (
            "Every utterance of anger, happiness, neutral or sadness of corpora that the model "
            "was not trained on, through the code that serves. Only these four are to choose "
            "from; calm is not taken for neutral."
        )
        return Protocol(name, f"{title} on corpora it never heard, four emotions", text)
    warning = (
        f" It was trained on {', '.join(sorted(heard))} too, so these figures are flattering: "
        "use them to compare, not to claim."
        if heard
        else ""
    )
    return Protocol(
        name, title, f"Every labelled utterance, through the code that serves.{warning}"
    )
