"""The catalogue: what is in the starter library, written beside the sound files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from emotion_stream.errors import UsageError
from tools.starter_library.affect import SIGMA, affect_of, cues_of
from tools.starter_library.arrangement import compose
from tools.starter_library.form import Piece
from tools.starter_library.mastering import CEILING_DBTP, Stereo, master, true_peak_dbtp
from tools.starter_library.midi import to_midi
from tools.starter_library.pieces import PIECES
from tools.starter_library.rendering import RATE_HZ, decode, encode_opus, synthesise

ALBUM = "Starter library"
LICENCE = "CC0-1.0"
CATALOGUE_NAME = "catalogue.json"
PEAK_LIMIT_DBTP = -1.0
"""The true peak that EBU R128 allows, held by the file as it is decoded."""
_ATTEMPTS = 4


def make_track(piece: Piece, folder: Path) -> dict[str, object]:
    """Compose and render one piece into the folder; its catalogue entry."""
    score = compose(piece)
    midi = to_midi(score)
    path = folder / f"{piece.id}.opus"
    samples = _pack(synthesise(midi), path, piece.title)
    affect = affect_of(cues_of(piece, score))
    return {
        "id": piece.id,
        "title": piece.title,
        "creators": ["Emotion Stream"],
        "album": ALBUM,
        "genre": piece.genre,
        "duration_s": round(len(samples) / RATE_HZ, 2),
        "tempo_bpm": piece.tempo_bpm,
        "meter": piece.meter_name,
        "key": piece.key.name,
        "affect": {"valence": affect.valence, "arousal": affect.arousal},
        "affect_sigma": SIGMA,
        "affect_source": "by construction",
        "licence": LICENCE,
        "file": path.name,
        "bytes": path.stat().st_size,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "midi_sha256": hashlib.sha256(midi).hexdigest(),
    }


def _pack(sound: Stereo, path: Path, title: str) -> Stereo:
    """Master and encode; where the lossy codec pushed a peak over the limit, limit harder."""
    ceiling_dbtp = CEILING_DBTP
    for _ in range(_ATTEMPTS):
        samples = master(sound, RATE_HZ, ceiling_dbtp)
        encode_opus(samples, path, title)
        peak_dbtp = true_peak_dbtp(decode(path), RATE_HZ)
        if peak_dbtp <= PEAK_LIMIT_DBTP:
            break
        ceiling_dbtp -= peak_dbtp - PEAK_LIMIT_DBTP + 0.2
    return samples


def write_catalogue(tracks: Sequence[dict[str, object]], folder: Path) -> Path:
    """Write `catalogue.json`, ordered by title so that a rebuild changes only what changed."""
    ordered = sorted(tracks, key=lambda track: str(track["title"]))
    path = folder / CATALOGUE_NAME
    path.write_text(
        json.dumps({"version": 1, "tracks": ordered}, indent=1, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )
    return path


def make_library(folder: Path, only: frozenset[str] = frozenset()) -> Iterator[Path]:
    """Compose and render the pieces (all, or those named) and write the catalogue; yields paths.

    With `only`, the other entries of a catalogue that is already there are kept.
    """
    chosen = _chosen(only)
    tracks = [track for track in _known(folder) if only and track["id"] not in only]
    for piece in chosen:
        tracks.append(make_track(piece, folder))
        yield folder / f"{piece.id}.opus"
    yield write_catalogue(tracks, folder)


def missing(folder: Path) -> frozenset[str]:
    """The ids of the pieces whose sound or catalogue entry the folder lacks."""
    known = {track["id"] for track in _known(folder)}
    return frozenset(
        piece.id
        for piece in PIECES
        if piece.id not in known or not (folder / f"{piece.id}.opus").is_file()
    )


def write_scores(folder: Path, only: frozenset[str] = frozenset()) -> Iterator[Path]:
    """Write the pieces as MIDI files; yields paths."""
    for piece in _chosen(only):
        path = folder / f"{piece.id}.mid"
        path.write_bytes(to_midi(compose(piece)))
        yield path


def _chosen(only: frozenset[str]) -> list[Piece]:
    unknown = only - {piece.id for piece in PIECES}
    if unknown:
        known = ", ".join(piece.id for piece in PIECES)
        raise UsageError(f"no piece {sorted(unknown)[0]!r}; there are: {known}")
    return [piece for piece in PIECES if not only or piece.id in only]


def _known(folder: Path) -> list[dict[str, object]]:
    path = folder / CATALOGUE_NAME
    if not path.is_file():
        return []
    return list(json.loads(path.read_text(encoding="utf-8"))["tracks"])
