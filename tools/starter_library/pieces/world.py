"""Dances and tunes from many places: jig, tango, bossa nova, harp and flute."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

BROKEN_HEEL = Piece(
    id="tango-of-the-broken-heel",
    title="Tango of the Broken Heel",
    genre="tango",
    tonic="A",
    mode="minor",
    meter_name="4/4",
    tempo_bpm=120,
    seed=11,
    target=(-0.45, 0.5),
    harmony={
        "intro": "i | V7",
        "A": "i | i | iv | V7 | ii%7 | V7 | i V7/iv | iv V7",
        "A2": "i | i | iv | V7 | iv | i^5 | V7/V V7 | i",
        "B": "VI | III | V7/III | III | iv | i | V7/V | V7",
        "coda": "bII V7 | i",
    },
    themes={
        "A": Theme(
            cells={"a": "e e e e q q", "b": "q. e h", "c": "e s s e e q q", "d": "h q rq"},
            bars="a b a b c b c d",
            shape="0.4 0.6 0.5 0.7 0.6 0.8 1 0.7 0.5",
            ends={4: 5, 8: 7},
        ),
        "A2": Theme(
            cells={"a": "e e e e q q", "b": "q. e h", "c": "e s s e e q q", "d": "q q h"},
            bars="a b a b c b c d",
            shape="0.4 0.6 0.5 0.8 1 0.8 0.7 0.5 0.3",
            ends={4: 7, 8: 1},
        ),
        "B": Theme(
            cells={"a": "h. e e", "b": "h q e e", "c": "w"},
            bars="a b a c a b b c",
            shape="0.5 0.7 0.6 0.8 0.7 0.9 1 0.8 0.7",
            ends={4: 3, 8: 5},
        ),
    },
    form=(
        Section("intro", 0.6),
        Section("A", 0.62),
        Section("B", 0.5),
        Section("A2", 0.78, vary=0.2),
        Section("coda", 0.85),
    ),
    players=(
        Player("melody", "bandoneon", only=("A", "A2"), pan=54, legato=0.72, volume=96),
        Player("melody", "violin", only=("B",), pan=80, volume=108),
        Player("duet", "violin", only=("A2",), pan=80, legato=0.8, volume=92),
        Player(
            "pattern",
            "piano",
            "tango",
            low=54,
            high=70,
            pan=60,
            legato=0.6,
            pedal=False,
            volume=100,
            change={"B": "milonga"},
        ),
        Player("bass", "contrabass", "bass tango", pan=66, legato=0.7, volume=110),
    ),
    compass=(62, 84),
    rubato=0.35,
    ritardando=0.1,
    ending="hit",
    reverb=44,
)

MARKET_DAY = Piece(
    id="market-day",
    title="Market Day",
    genre="celtic jig",
    tonic="D",
    mode="major",
    meter_name="6/8",
    tempo_bpm=116,
    seed=8,
    target=(0.75, 0.6),
    harmony={
        "intro": "I | I",
        "A": "I | IV | I | V | I | IV | I V7 | I",
        "B": "vi | IV | I | V | vi | IV | V7sus4 V7 | I",
        "coda": "IV V | I",
    },
    themes={
        "A": Theme(
            cells={"a": "e e e e e e", "b": "q e q e", "c": "q e q."},
            bars="a b a b a b a c",
            shape="0.4 0.6 0.5 0.7 0.5 0.8 0.9 0.6 0.4",
            ends={4: 2, 8: 1},
            shy=(4,),
        ),
        "B": Theme(
            cells={"a": "q e e e e", "b": "e e e q e", "c": "q. q."},
            bars="a b a b a b a c",
            shape="0.7 0.8 0.7 0.6 0.8 1 0.9 0.6 0.4",
            ends={4: 5, 8: 1},
            shy=(4,),
        ),
    },
    form=(
        Section("intro", 0.5),
        Section("A", 0.52),
        Section("A'", 0.58, vary=0.15),
        Section("B", 0.66),
        Section("B'", 0.74, vary=0.15),
        Section("A''", 0.78, vary=0.2),
        Section("coda", 0.8),
    ),
    players=(
        Player("melody", "whistle", pan=70, legato=0.85, volume=92),
        Player("melody", "violin", only=("A'", "B'", "A''"), pan=52, legato=0.8, volume=86),
        Player(
            "pattern", "steel guitar", "strum 6/8", low=50, high=69, voices=4, pan=40, volume=88
        ),
        Player("bass", "double bass", "bass jig", pan=64, legato=0.8, volume=104),
        Player("drums", "room kit", "jig", only=("A'", "B", "B'", "A''", "coda"), volume=84),
    ),
    compass=(69, 88),
    swing_unit=1.0,
    ritardando=0.08,
    ending="hit",
    reverb=38,
)

CHAIR = Piece(
    id="a-chair-by-the-window",
    title="A Chair by the Window",
    genre="bossa nova",
    tonic="A",
    mode="major",
    meter_name="4/4",
    tempo_bpm=114,
    seed=51,
    target=(0.5, 0.0),
    harmony={
        "intro": "Imaj9 | bIImaj7",
        "A": "Imaj9 | Imaj9 | V7/V | V7/V | ii9 | V7b9 | Imaj9 | bIImaj7",
        "B": "IVmaj7 | iv6 | iii7 | V7b9/ii | ii9 | V13 | Imaj9 | Imaj9",
        "coda": "ii9 | bIImaj7 | Imaj9",
    },
    themes={
        "A": Theme(
            cells={"a": "q. e rq e e", "b": "e q e h", "c": "e q e q q"},
            bars="a b a b c b c b",
            shape="0.5 0.6 0.5 0.7 0.8 0.6 0.5 0.4 0.4",
            ends={4: 6, 8: 5},
        ),
        "B": Theme(
            cells={"a": "rq e q e q", "b": "h. rq", "c": "q. q. q"},
            bars="a c a c a c a b",
            shape="0.8 0.9 0.8 0.7 0.9 1 0.6 0.4 0.3",
            ends={8: 1},
        ),
    },
    form=(
        Section("intro", 0.34),
        Section("A", 0.42),
        Section("B", 0.5),
        Section("A'", 0.48, vary=0.2),
        Section("coda", 0.34),
    ),
    players=(
        Player("melody", "flute", only=("A", "B"), pan=76, volume=98, octave=0),
        Player("melody", "jazz guitar", only=("A'",), pan=76, volume=106, level=6),
        Player(
            "pattern",
            "nylon guitar",
            "bossa guitar",
            low=55,
            high=71,
            voices=3,
            pan=48,
            volume=94,
            legato=0.7,
        ),
        Player("bass", "double bass", "bass bossa", pan=64, volume=106, legato=0.85),
        Player("drums", "brush kit", "bossa", volume=74),
    ),
    compass=(62, 82),
    ritardando=0.15,
    reverb=46,
)


PIECES = (CHAIR, BROKEN_HEEL, MARKET_DAY)
