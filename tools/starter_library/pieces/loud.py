"""Loud pieces: rock and drum and bass, to let it out."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

HAMMER = Piece(
    id="hammer-and-flint",
    title="Hammer and Flint",
    genre="rock",
    tonic="E",
    mode="phrygian",
    meter_name="4/4",
    tempo_bpm=146,
    seed=55,
    target=(-0.6, 0.85),
    harmony={
        "intro": "i5 | i5 | i5 | II5",
        "A": "i5 | i5 | II5 | i5 | i5 | i5 | VI5 | VII5 II5",
        "B": "VI | VII | i | i | VI | VII | II | II",
        "coda": "i5 | II5 | i5",
    },
    themes={
        "A": Theme(
            cells={"a": "q. q. q", "b": "h e e q", "c": "e e q h"},
            bars="a b a b a b c c",
            shape="0.3 0.5 0.4 0.6 0.4 0.6 0.8 1 0.8",
            ends={4: 1, 8: 2},
        ),
        "B": Theme(
            cells={"a": "h. q", "b": "q q h", "c": "w"},
            bars="a b a b a b a c",
            shape="0.6 0.7 0.7 0.8 0.7 0.9 0.9 1 0.9",
            ends={8: 2},
        ),
    },
    form=(
        Section("intro", 0.8),
        Section("A", 0.84),
        Section("B", 0.92),
        Section("A'", 0.98, vary=0.2),
        Section("coda", 1.0),
    ),
    players=(
        Player("melody", "overdriven guitar", only=("A", "B", "A'"), pan=70, volume=88),
        Player(
            "power",
            "distorted guitar",
            "chug",
            low=52,
            high=67,
            voices=1,
            pan=34,
            volume=84,
            legato=0.8,
            change={"B": "power long"},
        ),
        Player(
            "power",
            "distorted guitar",
            "power chords",
            low=52,
            high=67,
            voices=1,
            pan=94,
            volume=78,
            legato=0.8,
            only=("B", "A'", "coda"),
        ),
        Player("bass", "picked bass", "bass eighths", pan=64, volume=108, legato=0.85),
        Player(
            "drums", "power kit", "rock", volume=108, change={"B": "hard rock", "A'": "double time"}
        ),
    ),
    compass=(64, 83),
    ritardando=0.0,
    ending="hit",
    human=0.8,
    reverb=34,
)


GAUNTLET = Piece(
    id="run-the-gauntlet",
    title="Run the Gauntlet",
    genre="drum and bass",
    tonic="F",
    mode="minor",
    meter_name="4/4",
    tempo_bpm=150,
    seed=75,
    target=(-0.5, 0.8),
    harmony={
        "intro": "i | i",
        "A": "i | VI | iv | V7 | i | VI | bII | V7",
        "B": "VI | VII | i | V7^3 | VI | VII | iv | V7b9",
        "coda": "VI | bII | i",
    },
    themes={
        "A": Theme(
            cells={"a": "e e q q. e", "b": "h q rq", "c": "e e e e q q"},
            bars="a b a b a b c b",
            shape="0.4 0.5 0.4 0.6 0.5 0.7 0.9 0.8 0.6",
            ends={4: 5, 8: 7},
        ),
        "B": Theme(
            cells={"a": "h. q", "b": "q. q. q", "c": "w"},
            bars="a b a b a b a c",
            shape="0.6 0.7 0.7 0.8 0.8 1 0.9 0.8 0.7",
            ends={8: 5},
        ),
    },
    form=(
        Section("intro", 0.7),
        Section("A", 0.78),
        Section("B", 0.86),
        Section("A'", 0.94, vary=0.15),
        Section("coda", 0.92),
    ),
    players=(
        Player("melody", "saw lead", pan=64, volume=62),
        Player(
            "pattern",
            "synth strings",
            "pad",
            low=55,
            high=72,
            only=("B", "A'", "coda"),
            pan=84,
            volume=72,
        ),
        Player(
            "pattern",
            "square lead",
            "ostinato strings",
            low=55,
            high=70,
            pan=44,
            volume=52,
            legato=0.5,
        ),
        Player("bass", "synth bass", "bass sixteenths", pan=64, volume=96, legato=0.75),
        Player("drums", "electronic kit", "breakbeat", volume=108),
    ),
    compass=(65, 84),
    ritardando=0.0,
    ending="hit",
    human=0.2,
    reverb=38,
)


PIECES = (HAMMER, GAUNTLET)
