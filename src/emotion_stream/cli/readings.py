"""Readings written for people, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import TextIO

from emotion_stream.emotions import EMOTIONS, Reading

Writer = Callable[[str, Reading], None]
"""Takes the name of a recording and its reading."""

CSV_COLUMNS = (
    "file",
    "duration_s",
    "emotion",
    "confidence",
    *(emotion.value for emotion in EMOTIONS),
    "valence",
    "arousal",
    "verdict",
    "speech_s",
    "level_dbfs",
    "snr_db",
)
_BAR_CELLS = 24
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def json_writer(output: TextIO, *, alone: bool) -> Writer:
    """An indented object for a file alone, else one object per line."""

    def write(name: str, reading: Reading) -> None:
        text = json.dumps(
            {"file": name, **reading.as_dict()},
            allow_nan=False,
            indent=2 if alone else None,
        )
        output.write(text + "\n")
        output.flush()

    return write


def csv_writer(output: TextIO) -> Writer:
    """A header and one row per recording; what is not known is left empty.

    A name that a spreadsheet would take for a formula is written as a path from here, `./=x.wav`.
    """
    rows = csv.writer(output, lineterminator="\n")
    rows.writerow(CSV_COLUMNS)

    def write(name: str, reading: Reading) -> None:
        rows.writerow([_cell(value) for value in _row(name, reading)])
        output.flush()

    return write


def text_writer(output: TextIO, *, alone: bool) -> Writer:
    """A short report for a file alone, else a line each."""

    def write(name: str, reading: Reading) -> None:
        text = report(name, reading) if alone else line(name, reading)
        output.write(text + "\n")
        output.flush()

    return write


def line(name: str, reading: Reading) -> str:
    """One line: `talk.wav  4.2 s  sadness 71 %  good`."""
    verdict = reading.quality.verdict.value.replace("_", " ")
    return f"{shown(name)}  {reading.quality.duration_s:.1f} s  {_headline(reading)}  {verdict}"


def report(name: str, reading: Reading) -> str:
    """A sentence, the distribution and the quality."""
    lines = [f"{shown(name)}, {reading.quality.duration_s:.1f} s: {_headline(reading)}"]
    if reading.scores is not None and reading.affect is not None:
        lines += [
            f"  {emotion.value:<10} {_cells(reading.scores.of(emotion))} "
            f"{reading.scores.of(emotion):4.0%}"
            for emotion in reading.scores.ranked
        ]
        lines.append(
            f"  valence {reading.affect.valence:+.2f}, arousal {reading.affect.arousal:+.2f}"
        )
    lines.append(f"  {reading.quality.message}")
    return "\n".join(lines)


def shown(name: str) -> str:
    """A name on one line: it may hold a line break, or an order to the terminal."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in name
    )


def _headline(reading: Reading) -> str:
    if reading.scores is None:
        return "no emotion: no speech to judge"
    if reading.emotion is None:
        first, second = reading.scores.ranked[:2]
        return f"not sure: {first.value} or {second.value}"
    return f"{reading.emotion.value} {reading.scores.confidence:.0%}"


def _cells(share: float) -> str:
    return ("█" * round(share * _BAR_CELLS)).ljust(_BAR_CELLS)


def _row(name: str, reading: Reading) -> list[object]:
    scores, affect, quality = reading.scores, reading.affect, reading.quality
    return [
        f"./{name}" if name.startswith(_FORMULA_SIGNS) and len(name) > 1 else name,
        quality.duration_s,
        reading.emotion and reading.emotion.value,
        reading.confidence,
        *(scores.probabilities if scores else [None] * len(EMOTIONS)),
        affect and affect.valence,
        affect and affect.arousal,
        quality.verdict.value,
        quality.speech_s,
        quality.level_dbfs,
        quality.snr_db,
    ]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4f}" if isinstance(value, float) else str(value)
