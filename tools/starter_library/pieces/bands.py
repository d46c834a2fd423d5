"""Bands with drums: a trio with brushes, a soul groove, a march."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

BREAD = Piece(
    id="bread-in-the-oven",
    title="Bread in the Oven",
    genre="jazz trio",
    tonic="Bb",
    mode="major",
    meter_name="4/4",
    tempo_bpm=132,
    seed=52,
    target=(0.55, 0.15),
    harmony={
        "A": "Imaj7 V7/ii | ii7 V7 | iii7 V7/ii | ii7 V7 | I7 | IV7 #ivo7 | iii7 V7/ii | ii7 V7",
        "A2": "Imaj7 V7/ii | ii7 V7 | iii7 V7/ii | ii7 V7 | I7 | IV7 #ivo7 | I^5 V7 | I6",
        "B": "V7/vi | V7/vi | V7/ii | V7/ii | V7/V | V7/V | V7 | V7",
        "coda": "iii7 V7/ii | ii7 bIImaj7 | I69",
    },
    themes={
        "A": Theme(
            cells={"a": "e e q re e q", "b": "q e e rh", "c": "e e e e q. e", "d": "q. e rh"},
            bars="a b a b c b a d",
            shape="0.4 0.5 0.5 0.6 0.7 0.9 0.8 0.5 0.4",
            ends={8: 5},
        ),
        "A2": Theme(
            cells={"a": "e e q re e q", "b": "q e e rh", "c": "e e e e q. e", "d": "q. e rh"},
            bars="a b a b c b a d",
            shape="0.4 0.5 0.5 0.7 0.8 1 0.8 0.5 0.3",
            ends={8: 1},
        ),
        "B": Theme(
            cells={"a": "re e e e q. e", "b": "h. rq"},
            bars="a b a b a b a b",
            shape="0.7 0.8 0.6 0.7 0.8 1 0.8 0.7 0.5",
        ),
    },
    form=(
        Section("A", 0.5),
        Section("A2", 0.56, vary=0.15),
        Section("B", 0.62),
        Section("A2'", 0.58, vary=0.3),
        Section("coda", 0.45),
    ),
    players=(
        Player("melody", "piano", pan=58, volume=108, legato=0.9, level=4),
        Player(
            "pattern",
            "piano",
            "comp",
            low=54,
            high=70,
            voices=3,
            pan=54,
            volume=84,
            legato=0.8,
            pedal=False,
        ),
        Player("walking", "double bass", pan=72, volume=112, legato=0.92),
        Player("drums", "brush kit", "brushes", volume=92, pan=66),
    ),
    compass=(65, 86),
    swing=0.64,
    ritardando=0.15,
    reverb=40,
)

SATURDAY = Piece(
    id="saturday-shoes",
    title="Saturday Shoes",
    genre="soul",
    tonic="F",
    mode="major",
    meter_name="4/4",
    tempo_bpm=104,
    seed=53,
    target=(0.65, 0.55),
    harmony={
        "intro": "I7 | IV7",
        "A": "I7 | IV7 | I7 | IV9 V7sus4 | vi7 | ii7 | IVmaj7 iii7 | ii7 V7sus4",
        "B": "IVmaj7 | iv6 | iii7 | V7/ii | ii7 | V7/V | V7sus4 | V7",
        "coda": "IV I^3 | bVII IV | I",
    },
    themes={
        "A": Theme(
            cells={"a": "re e e q e q", "b": "q. e rq e e", "c": "s s e e e q rq"},
            bars="a b a b c b a b",
            shape="0.5 0.6 0.5 0.7 0.8 0.6 0.8 0.6 0.5",
            ends={4: 5, 8: 2},
            shy=(4, 7),
        ),
        "B": Theme(
            cells={"a": "q. e h", "b": "re e q e e q"},
            bars="a b a b a b a b",
            shape="0.6 0.7 0.7 0.8 0.8 1 0.9 0.7 0.6",
            ends={8: 5},
        ),
    },
    form=(
        Section("intro", 0.6),
        Section("A", 0.66),
        Section("B", 0.7),
        Section("A'", 0.8, vary=0.2),
        Section("coda", 0.85),
    ),
    players=(
        Player("melody", "soprano saxophone", pan=72, volume=98, legato=0.85),
        Player("duet", "trumpet", only=("A'",), pan=82, volume=74, legato=0.8),
        Player(
            "pattern",
            "electric piano",
            "rhodes",
            low=50,
            high=66,
            voices=4,
            pan=46,
            volume=96,
            pedal=False,
            legato=0.85,
            change={"A'": "gospel"},
        ),
        Player(
            "pattern", "organ", "pad", low=52, high=67, only=("B", "A'", "coda"), pan=84, volume=54
        ),
        Player("bass", "electric bass", "bass soul", pan=64, volume=112, legato=0.8),
        Player("drums", "standard kit", "soul", volume=100),
    ),
    compass=(66, 84),
    swing=0.56,
    swing_unit=0.5,
    ritardando=0.05,
    ending="hit",
    reverb=36,
)

BRASS_BUTTONS = Piece(
    id="brass-buttons",
    title="Brass Buttons",
    genre="march",
    tonic="Bb",
    mode="major",
    meter_name="4/4",
    tempo_bpm=116,
    seed=54,
    target=(0.6, 0.65),
    harmony={
        "intro": "I | V7",
        "A": "I | I^3 bIIIo7 | V7^5 | V7 | I | V7/ii ii | I^5 V7 | I",
        "B": "IV | IV^3 | I^5 | V7/V | V7 | I^3 | V7/V | V7",
        "coda": "IV iv | I^5 V7 | I",
    },
    themes={
        "A": Theme(
            cells={"a": "q. e q q", "b": "h q rq", "c": "e e e e q q", "d": "q q q rq"},
            bars="a b a b c c a d",
            shape="0.3 0.5 0.5 0.6 0.5 0.8 1 0.6 0.4",
            ends={4: 2, 8: 1},
        ),
        "B": Theme(
            cells={"a": "h h", "b": "q. e h", "c": "q q h"},
            bars="a b a c a b c b",
            shape="0.6 0.7 0.8 0.6 0.6 0.9 1 0.7 0.6",
            ends={4: 2, 8: 5},
        ),
        "coda": Theme(
            cells={"a": "q q q q", "b": "h. rq", "c": "q rq rh"},
            bars="a a c",
            shape="0.6 0.8 0.7 0.5",
            ends={3: 1},
        ),
    },
    form=(
        Section("intro", 0.68),
        Section("A", 0.66),
        Section("B", 0.6),
        Section("A'", 0.82, vary=0.15),
        Section("coda", 0.9),
    ),
    players=(
        Player("melody", "trumpet", only=("A", "A'", "coda"), pan=58, volume=92, legato=0.75),
        Player("melody", "horn", only=("B",), pan=76, volume=108, octave=-1, legato=0.9),
        Player("duet", "trumpet", only=("A'", "coda"), pan=70, volume=80, legato=0.75),
        Player("melody", "piccolo", only=("A'",), pan=44, volume=70, octave=1, legato=0.7),
        Player(
            "pattern", "horn", "afterbeats march", low=53, high=69, pan=80, volume=88, legato=0.55
        ),
        Player("bass", "tuba", "bass march", pan=64, volume=108, legato=0.8),
        Player("drums", "standard kit", "march", volume=88),
    ),
    compass=(63, 80),
    ritardando=0.1,
    ending="hit",
    reverb=48,
)

PIECES = (BREAD, SATURDAY, BRASS_BUTTONS)
