"""Grief and distaste: a lament, a prelude, a beat from below."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

COAT = Piece(
    id="a-coat-on-the-hook",
    title="A Coat on the Hook",
    genre="lament",
    tonic="G",
    mode="minor",
    meter_name="3/4",
    tempo_bpm=76,
    seed=81,
    target=(-0.65, -0.5),
    # The ground sinks by semitones from tonic to dominant, five bars, as laments have done since
    # Purcell; the tune does not stop where the ground does.
    harmony={
        "A": "i | #viio7^3:2 v^3:1 | IV^3 | iv^3 | V7sus4:2 V:1",
        "A2": "i | V^3 | v^3 | IV^3:2 iv^3:1 | V7sus4:2 V7:1",
        "A3": "i | v^3 | iv^3 | ii%7^3:2 V:1 | i",
        "coda": "iv@1 | i",
    },
    themes={
        "A": Theme(
            cells={"a": "rq h", "b": "q. e q", "c": "h q", "d": "q q q"},
            bars="a b c d c",
            shape="0.5 0.6 0.7 0.6 0.5 0.5",
        ),
        "A2": Theme(
            cells={"a": "h e e", "b": "q. e q", "c": "h q", "d": "h."},
            bars="a b a b c",
            shape="0.6 0.8 1 0.9 0.6 0.5",
            ends={5: 2},
        ),
        "A3": Theme(
            cells={"a": "rq q. e", "b": "h q", "c": "q q q", "d": "h."},
            bars="a b a c d",
            shape="0.5 0.6 0.5 0.4 0.3 0.2",
            ends={5: 1},
        ),
        "coda": Theme(cells={"a": "rq h", "b": "h."}, bars="a b", shape="0.5 0.4 0.4", ends={2: 5}),
    },
    form=(
        Section("A", 0.32),
        Section("A2", 0.5),
        Section("A3", 0.38, vary=0.15),
        Section("coda", 0.22),
    ),
    players=(
        Player("melody", "english horn", pan=72, volume=112),
        Player("pattern", "slow strings", "pad", low=48, high=62, pan=52, volume=84),
        Player("pattern", "harp", "waltz broken", low=50, high=64, pan=40, volume=84),
        Player("bass", "cello", "bass whole", pan=80, volume=96, level=6),
    ),
    compass=(59, 76),
    rubato=0.7,
    ritardando=0.35,
    reverb=76,
)

PHONE = Piece(
    id="the-phone-in-the-hall",
    title="The Phone in the Hall",
    genre="prelude",
    tonic="B",
    mode="phrygian",
    meter_name="4/4",
    tempo_bpm=63,
    seed=137,
    target=(-0.65, -0.55),
    # The repeated chords sink one voice at a time; the second phrase takes a bar longer.
    harmony={
        "A": "i | iv6:3 io7:1 | vii7 | iv",
        "A2": "i | io7:2 vii:2 | iv6 | II^3:2 #viio7:2 | i^5:2 #viio7:2 | i",
        "coda": "iv@1 | i",
    },
    themes={
        "A": Theme(
            cells={"a": "h. q", "b": "h. e e", "c": "h q q"},
            bars="a b a c",
            shape="0.4 0.6 0.5 0.6 0.5",
            ends={4: 4},
        ),
        "A2": Theme(
            cells={"a": "h. q", "b": "q. e q q", "c": "h h", "d": "h. rq"},
            bars="a b a b c d",
            shape="0.5 0.7 1 0.8 0.5 0.3 0.2",
            ends={6: 1},
        ),
        "coda": Theme(cells={"a": "rq h.", "b": "w"}, bars="a b", shape="0.3 0.2 0.1", ends={2: 1}),
    },
    form=(
        Section("A", 0.28),
        Section("A2", 0.46),
        Section("coda", 0.2),
    ),
    players=(
        Player("melody", "piano", pan=70, volume=108, level=6),
        Player("pattern", "piano", "sinking chords", low=50, high=66, pan=56, volume=84),
        Player("bass", "piano", "bass whole", pan=48, volume=90),
    ),
    compass=(57, 76),
    rubato=0.9,
    ritardando=0.35,
    reverb=62,
)

DRAIN = Piece(
    id="something-in-the-drain",
    title="Something in the Drain",
    genre="trip hop",
    tonic="E",
    mode="minor",
    meter_name="4/4",
    tempo_bpm=90,
    seed=90,
    target=(-0.65, 0.1),
    harmony={
        "intro": "i | i",
        "A": "i7 | i7 | iv | vo7:2 v:2",
        "B": "iv7 | #ivo7 | v7 | bII:2 #viio7:2",
        "coda": "bII@1 | i",
    },
    themes={
        "A": Theme(
            cells={"a": "rq e e q. e", "b": "rh q. e", "c": "q. e h"},
            bars="a b a c",
            shape="0.4 0.5 0.3 0.6 0.4",
            ends={4: 5},
        ),
        "B": Theme(
            cells={"a": "q e e h", "b": "rq q h", "c": "h q q"},
            bars="a b a c",
            shape="0.6 0.8 0.7 1 0.7",
            ends={4: 2},
        ),
    },
    form=(
        Section("intro", 0.54),
        Section("A", 0.6),
        Section("B", 0.7),
        Section("A'", 0.76, vary=0.25),
        Section("coda", 0.56),
    ),
    players=(
        Player("melody", "muted guitar", only=("A",), pan=76, volume=124, level=8),
        Player("melody", "viola", only=("B",), pan=50, volume=100),
        Player(
            "pattern",
            "electric piano",
            "rhodes",
            low=45,
            high=61,
            pan=46,
            volume=88,
            pedal=False,
            legato=0.8,
        ),
        Player(
            "pattern",
            "tremolo strings",
            "pad",
            low=52,
            high=67,
            only=("B", "A'", "coda"),
            pan=84,
            volume=60,
        ),
        Player(
            "pattern",
            "pizzicato",
            "drips",
            low=60,
            high=76,
            only=("A", "B", "A'"),
            pan=92,
            volume=88,
            legato=0.4,
        ),
        Player("bass", "synth bass", "bass drip", pan=64, volume=98, legato=0.6),
        Player("drums", "analog kit", "slow break", only=("A", "B", "A'"), volume=80),
    ),
    compass=(60, 79),
    swing=0.56,
    swing_unit=0.5,
    ritardando=0.1,
    human=0.7,
    reverb=48,
)

PIECES = (COAT, PHONE, DRAIN)
