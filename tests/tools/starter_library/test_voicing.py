"""Voices move little, and not in parallels."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tools.starter_library.theory import parse_chord, parse_key
from tools.starter_library.voicing import ground_bass, inner_voices, nearest, parallels, voice

KEY = parse_key("C", "major")
CADENCE = ["I", "vi", "ii7", "V7", "I"]


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ((48, 55), (50, 57), 1),  # fifths upwards
        ((48, 60), (53, 65), 1),  # octaves
        ((48, 55), (48, 55), 0),  # nothing moves
        ((48, 55), (47, 59), 0),  # contrary motion
        ((48, 52), (50, 53), 0),  # thirds
    ],
)
def test_parallels_are_counted(before: tuple[int, int], after: tuple[int, int], count: int) -> None:
    assert parallels(before, after) == count


def test_the_nearest_pitch_stays_in_range() -> None:
    assert nearest(0, 61, 48, 72) == 60
    assert nearest(0, 90, 48, 72) == 72


def test_close_voicings_move_little_and_keep_the_essential_tones() -> None:
    previous = None
    for numeral in CADENCE:
        chord = parse_chord(numeral, KEY)
        voicing = voice(chord, previous, 52, 72, 3)
        assert set(chord.essential) <= {p % 12 for p in voicing}
        assert all(52 <= p <= 72 for p in voicing)
        if previous is not None:
            assert max(abs(a - b) for a, b in zip(previous, voicing, strict=True)) <= 5
        previous = voicing


def test_four_voices_are_complete_and_free_of_parallels() -> None:
    chords = [parse_chord(numeral, KEY) for numeral in ("I", "IV", "V", "vi", "IV", "V7", "I")]
    soprano = [72, 72, 71, 72, 69, 71, 72]
    bass = ground_bass(soprano, chords)
    inner = inner_voices(soprano, bass, chords)
    texture = [
        (b, tenor, alto, s) for b, (alto, tenor), s in zip(bass, inner, soprano, strict=True)
    ]
    assert all(list(voices) == sorted(voices) for voices in texture), "no voice crosses another"
    assert sum(parallels(a, b) for a, b in pairwise(texture)) == 0
    for voices, chord in zip(texture, chords, strict=True):
        assert chord.root in {p % 12 for p in voices}
        assert set(chord.essential) <= {p % 12 for p in voices}
