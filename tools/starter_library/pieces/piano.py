"""Pieces for one piano."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

LAMPLIGHT = Piece(
    id="lamplight-on-snow",
    title="Lamplight on Snow",
    genre="nocturne",
    tonic="Db",
    mode="major",
    meter_name="6/8",
    tempo_bpm=46,
    seed=3,
    target=(0.5, -0.55),
    harmony={
        "intro": "I | vi7",
        "A": "I | vi7 | IVmaj7 | V7sus4 V7 | I^3 | IV iv | I^5 V7 | I",
        "B": "vi | iii | IV | I^3 | ii7 | V7/V | V7sus4 | V7",
        "coda": "IV@1 iv@1 | I",
    },
    themes={
        "A": Theme(
            cells={"a": "q. e q", "b": "h rq", "c": "q e q e", "d": "q. q."},
            bars="a c a d a c c b",
            shape="0.4 0.6 0.5 0.6 0.5 0.8 1 0.6 0.4",
            ends={4: 2, 8: 1},
        ),
        "B": Theme(
            cells={"a": "e e e q.", "b": "q. q e", "c": "h rq"},
            bars="a b a c a b a b",
            shape="0.7 0.6 0.7 0.5 0.6 0.9 1 0.8 0.6",
            ends={4: 5, 8: 5},
        ),
        "coda": Theme(
            cells={"a": "q. e q", "b": "h."}, bars="a b", shape="0.6 0.5 0.4", ends={2: 3}
        ),
    },
    form=(
        Section("intro", 0.25),
        Section("A", 0.38),
        Section("B", 0.52),
        Section("A'", 0.42, vary=0.35, bars=(4, 8)),
        Section("coda", 0.22),
    ),
    players=(
        Player("melody", "piano", pan=68, volume=104),
        Player("pattern", "piano", "nocturne 6/8", low=51, high=68, voices=3, pan=58, volume=96),
    ),
    compass=(65, 85),
    rubato=1.0,
    ritardando=0.35,
    reverb=62,
)

LETTERS = Piece(
    id="letters-not-sent",
    title="Letters Not Sent",
    genre="nocturne",
    tonic="C#",
    mode="minor",
    meter_name="4/4",
    tempo_bpm=66,
    seed=5,
    target=(-0.6, -0.55),
    harmony={
        "intro": "i | iv@1",
        "A": "i | VI | iv7 | V7sus4 V7 | i^3 | ii%7 | i^5 V7 | i",
        "B": "VI | III^3 | iv | i",
        "coda": "bII^3 V7 | i",
    },
    themes={
        "A": Theme(
            cells={"a": "q. e q q", "b": "h e e q", "c": "h. rq", "d": "q q e e q"},
            bars="a b a c a b d c",
            shape="0.5 0.7 0.4 0.5 0.5 0.9 1 0.5 0.2",
            ends={4: 7, 8: 1},
        ),
        "B": Theme(
            cells={"a": "rq e e h", "b": "q. e h"},
            bars="a a b b",
            shape="0.7 0.9 1 0.7 0.4",
            ends={4: 5},
        ),
        "coda": Theme(
            cells={"a": "q. e q q", "b": "w"}, bars="a b", shape="0.5 0.3 0.1", ends={2: 1}
        ),
    },
    form=(
        Section("intro", 0.2),
        Section("A", 0.32),
        Section("B", 0.48),
        Section("A'", 0.36, vary=0.3, bars=(4, 8)),
        Section("coda", 0.18),
    ),
    players=(
        Player("melody", "piano", pan=68, volume=104),
        Player("pattern", "piano", "wide arpeggio", low=49, high=66, voices=3, pan=58, volume=94),
    ),
    compass=(61, 81),
    rubato=1.0,
    ritardando=0.35,
    reverb=62,
)

PATIENT_CAT = Piece(
    id="rag-for-a-patient-cat",
    title="Rag for a Patient Cat",
    genre="ragtime",
    tonic="C",
    mode="major",
    meter_name="4/4",
    tempo_bpm=138,
    seed=9,
    target=(0.75, 0.45),
    harmony={
        "intro": "V7/V | V7",
        "A": "I | I^3 bIIIo7 | ii7 | V7 | I | V7/vi | V7/V | V7",
        "B": "IV | #ivo7 | I^5 | V7/ii | V7/V | V7 | I V7/ii | V7/V V7",
        "C": "I | V7/IV | IV | iv | I^5 | V7/ii | V7/V V7 | I",
    },
    themes={
        "A": Theme(
            cells={"a": "e q e e e q", "b": "e q e h", "c": "e e e e e q e", "d": "q q q rq"},
            bars="a b a b a c c d",
            shape="0.3 0.6 0.4 0.7 0.5 0.8 1 0.6 0.5",
            ends={4: 5, 8: 5},
        ),
        "B": Theme(
            cells={"a": "e e q e q e", "b": "h q rq", "c": "e q e e q e"},
            bars="a b a b c c a c",
            shape="0.6 0.8 0.7 0.9 1 0.7 0.6 0.5 0.4",
            ends={4: 3},
        ),
        "C": Theme(
            cells={"a": "e q e e e q", "b": "e q e h", "c": "e e e e e q e", "d": "q rq rh"},
            bars="a b a b a c c d",
            shape="0.4 0.7 0.5 0.8 0.6 1 0.8 0.6 0.4",
            ends={4: 4, 8: 1},
        ),
    },
    form=(
        Section("intro", 0.62),
        Section("A", 0.52),
        Section("B", 0.64),
        Section("C", 0.7, vary=0.15),
    ),
    players=(
        Player("melody", "bright piano", pan=70, legato=0.8, volume=102),
        Player(
            "pattern",
            "bright piano",
            "stride",
            low=52,
            high=67,
            pan=56,
            legato=0.55,
            pedal=False,
            volume=92,
        ),
    ),
    compass=(67, 88),
    swing=0.56,
    rubato=0.1,
    ritardando=0.12,
    ending="hit",
    reverb=36,
)

PIECES = (LAMPLIGHT, LETTERS, PATIENT_CAT)
