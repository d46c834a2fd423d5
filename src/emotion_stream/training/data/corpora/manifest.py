"""Your own recordings: a CSV file with the columns path, emotion, speaker[, gender, language].

Paths are taken relative to the CSV file. Emotions are the eight names of `EMOTIONS`; an empty
emotion means unlabelled.
"""

from __future__ import annotations

import csv
from pathlib import Path

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora.utterance import Gender, Utterance

_REQUIRED = ("path", "emotion", "speaker")
_GENDERS: dict[str, Gender | None] = {"": None, "female": "female", "male": "male"}


def is_manifest(source: Path) -> bool:
    """A file whose name ends in .csv."""
    return source.is_file() and source.suffix.lower() == ".csv"


def read_manifest(file: Path, corpus: str) -> tuple[Utterance, ...]:
    """The utterances of a CSV manifest, in its order.

    Raises UsageError naming the line for a missing column, an unknown emotion or gender, a file
    that is not there or was listed before; and for a manifest without rows, or that is no CSV in
    UTF-8.
    """
    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            rows = csv.DictReader(lines)
            missing = [column for column in _REQUIRED if column not in (rows.fieldnames or ())]
            if rows.fieldnames and missing:
                raise UsageError(
                    f"{file} has no column {missing[0]!r}; needed: {', '.join(_REQUIRED)}."
                )
            # A cell may hold a line break, so the reader counts.
            read = [(rows.line_num, _utterance(row, file, corpus, rows.line_num)) for row in rows]
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not in UTF-8: save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise UsageError(f"{file} is no CSV file: {error}.") from error
    if not read:
        raise UsageError(f"{file} lists no recording; needed: {', '.join(_REQUIRED)}.")
    _refuse_repetitions(file, read)
    return tuple(utterance for _, utterance in read)


def _refuse_repetitions(file: Path, read: list[tuple[int, Utterance]]) -> None:
    seen: dict[Path, int] = {}
    for line, utterance in read:
        path = utterance.path.resolve()
        if path in seen:
            raise UsageError(
                f"{file}, line {line}: {utterance.path} was listed in line {seen[path]} already."
            )
        seen[path] = line


def _utterance(row: dict[str, str | None], file: Path, corpus: str, line: int) -> Utterance:
    value = {key: (text or "").strip() for key, text in row.items() if key}
    where = f"{file}, line {line}"
    if value["emotion"] and value["emotion"] not in EMOTIONS:
        raise UsageError(
            f"{where}: unknown emotion {value['emotion']!r}; known: {', '.join(EMOTIONS)}."
        )
    if value.get("gender", "") not in _GENDERS:
        raise UsageError(f"{where}: gender is female, male or empty, not {value['gender']!r}.")
    if not value["speaker"]:
        raise UsageError(f"{where}: no speaker; without it nothing can be split honestly.")
    path = file.parent / value["path"]
    if not path.is_file():
        raise UsageError(f"{where}: there is no file {path}.")
    return Utterance(
        path,
        corpus,
        speaker=f"{corpus}/{value['speaker']}",
        emotion=Emotion(value["emotion"]) if value["emotion"] else None,
        language=value.get("language") or None,
        gender=_GENDERS[value.get("gender", "")],
    )
