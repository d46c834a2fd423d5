"""The pieces of the library, read as a teacher would read them."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from itertools import combinations, pairwise

import pytest

from emotion_stream.emotions import AFFECT_OF_EMOTION, Affect
from emotion_stream.music.provider import Goal
from emotion_stream.music.starter import shipped_folder
from emotion_stream.recommendation.goals import target_for
from tests.tools.starter_library.inspection import inspect
from tools.starter_library.affect import affect_of, cues_of
from tools.starter_library.arrangement import compose, themes_sung
from tools.starter_library.form import Piece, lay_out
from tools.starter_library.midi import to_midi
from tools.starter_library.pieces import PIECES
from tools.starter_library.score import Score

pytestmark = pytest.mark.slow  # every piece is composed

each_piece = pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.id)
TRACKS = {
    track["id"]: track
    for track in json.loads((shipped_folder() / "catalogue.json").read_text("utf-8"))["tracks"]
}


@cache
def score_of(piece_id: str) -> Score:
    return compose(next(piece for piece in PIECES if piece.id == piece_id))


@cache
def affect_by_construction(piece_id: str) -> Affect:
    piece = next(piece for piece in PIECES if piece.id == piece_id)
    return affect_of(cues_of(piece, score_of(piece_id)))


def test_there_are_enough_of_them_and_no_two_share_a_name() -> None:
    assert len(PIECES) >= 40
    assert len({piece.id for piece in PIECES}) == len({piece.title for piece in PIECES})
    assert len({piece.id for piece in PIECES}) == len(PIECES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", piece.id) for piece in PIECES)


def test_they_differ_in_style_key_mode_metre_and_tempo() -> None:
    assert len({piece.genre for piece in PIECES}) >= 24
    assert len({piece.tonic for piece in PIECES}) >= 8
    assert {piece.mode for piece in PIECES} == {
        *("major", "minor", "dorian", "mixolydian", "lydian", "phrygian")
    }
    assert {piece.meter_name for piece in PIECES} >= {"4/4", "3/4", "6/8", "5/4", "7/8"}
    tempos = [piece.tempo_bpm for piece in PIECES]
    assert min(tempos) <= 54
    assert max(tempos) >= 145


def mood_points() -> dict[str, Affect]:
    """Where people stand, where each goal takes them from there, and some ways between."""
    return {
        **{
            f"{emotion}, to {goal}": target_for(affect, goal)
            for emotion, affect in AFFECT_OF_EMOTION.items()
            for goal in Goal
        },
        "gently sad": Affect(-0.45, -0.5),
        "tense": Affect(-0.55, 0.35),
        "tender": Affect(0.55, -0.5),
        "bright morning": Affect(0.65, 0.2),
    }


@pytest.mark.parametrize(("mood", "point"), mood_points().items(), ids=mood_points())
def test_every_mood_has_music_close_to_it(mood: str, point: Affect) -> None:
    near = [p.id for p in PIECES if affect_by_construction(p.id).distance(point) <= 0.35]
    assert len(near) >= 4, (mood, near)


@each_piece
def test_a_piece_sounds_as_its_composer_meant_it(piece: Piece) -> None:
    affect = affect_by_construction(piece.id)
    assert affect.distance(Affect(*piece.target)) <= 0.45


@each_piece
def test_a_piece_can_be_played_and_sung(piece: Piece) -> None:
    findings = inspect(piece, score_of(piece.id))
    assert findings.out_of_range == 0
    assert findings.wide_leaps <= 1
    assert findings.steps >= 0.45
    assert findings.grinding <= 0.15
    assert findings.parallels <= 0.1
    assert 0.4 <= findings.onsets_per_s <= 16


@each_piece
def test_a_piece_lasts_and_ends_at_home(piece: Piece) -> None:
    score = score_of(piece.id)
    assert 30 <= score.seconds(score.length) <= 85
    last = lay_out(piece)[-1].progression.spans[-1].chord
    assert last.root == piece.key.tonic
    lowest = [n for part in score.parts for n in part.notes if not part.is_drums]
    closing = [n for n in lowest if n.start >= max(x.start for x in lowest) - 1.0]
    assert any(n.pitch % 12 == piece.key.tonic for n in closing)


@each_piece
def test_dynamics_breathe(piece: Piece) -> None:
    for part in score_of(piece.id).parts:
        velocities = [note.velocity for note in part.notes]
        assert not velocities or max(velocities) - min(velocities) >= 6


def test_no_two_pieces_share_a_theme() -> None:
    tunes = {
        (piece.id, name): tuple(b.pitch - a.pitch for a, b in pairwise(t))[:12]
        for piece in PIECES
        for name, t in themes_sung(piece).items()
        if len(t) > 12
    }
    for (one, a), (other, b) in combinations(tunes.items(), 2):
        assert one[0] == other[0] or a != b


@each_piece
def test_the_shipped_sound_was_made_from_this_score(piece: Piece) -> None:
    midi = hashlib.sha256(to_midi(score_of(piece.id))).hexdigest()
    assert TRACKS[piece.id]["midi_sha256"] == midi, "run `python -m tools.starter_library`"


def test_nothing_is_shipped_that_has_no_score() -> None:
    assert set(TRACKS) == {piece.id for piece in PIECES}
