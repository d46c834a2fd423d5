"""Standard MIDI: every key that goes down comes up, and the same score gives the same bytes."""

from __future__ import annotations

from io import BytesIO

import mido
import pytest

from tools.starter_library.arrangement import compose
from tools.starter_library.form import Piece
from tools.starter_library.midi import to_midi
from tools.starter_library.pieces import PIECES
from tools.starter_library.score import Note, Part, Score


def messages(midi: bytes) -> list[mido.Message]:
    file = mido.MidiFile(file=BytesIO(midi))
    return [message for track in file.tracks for message in track if not message.is_meta]


def test_a_note_that_is_struck_again_is_cut_and_none_hangs() -> None:
    notes = (Note(0, 3, 60, 80), Note(1, 1, 60, 70), Note(2.5, 0.5, 62, 70))
    score = Score("Test", 4, ((0.0, 120.0),), (Part("piano", "melody", 0, 0, notes),))
    down: set[int] = set()
    for message in messages(to_midi(score)):
        if message.type == "note_on":
            assert message.note not in down
            down.add(message.note)
        elif message.type == "note_off":
            down.remove(message.note)
    assert not down


def test_tempo_changes_are_written_where_they_belong() -> None:
    part = Part("piano", "melody", 0, 0, (Note(0, 8, 60, 80),))
    score = Score("Test", 4, ((0.0, 120.0), (4.0, 60.0)), (part,))
    file = mido.MidiFile(file=BytesIO(to_midi(score)))
    assert file.length == pytest.approx(6.0, abs=0.01)
    assert score.seconds(8) == pytest.approx(6.0)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.id)
def test_a_piece_gives_the_same_bytes_each_time(piece: Piece) -> None:
    assert to_midi(compose(piece)) == to_midi(compose(piece))
