"""Waltzes and scenes for a small orchestra: from an open window to a storm."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

LAST_FERRY = Piece(
    id="the-last-ferry",
    title="The Last Ferry",
    genre="waltz",
    tonic="A",
    mode="minor",
    meter_name="3/4",
    tempo_bpm=104,
    seed=31,
    target=(-0.5, -0.25),
    harmony={
        "intro": "i | i",
        "A": "i | i | iv | iv | V7 | V7 | i | V7 | i | V7/iv | iv | ii%7 | i^5 | V7 | i | i",
        "B": "VI | VI | III | III | iv | i | V7/V | V7",
        "coda": "iv | V7 | i",
    },
    themes={
        "A": Theme(
            cells={"a": "h q", "b": "q. e q", "c": "h.", "d": "q q q"},
            bars="a b a c a b d c a b a d b d c c",
            shape="0.4 0.5 0.7 0.5 0.6 0.5 0.4 0.3 0.5 0.8 1 0.9 0.8 0.5 0.3 0.2 0.2",
            ends={8: 7, 16: 1},
        ),
        "B": Theme(
            cells={"a": "q. e q", "b": "h.", "c": "q q q"},
            bars="a b a b c a c b",
            shape="0.7 0.8 0.6 0.7 0.9 1 0.8 0.6 0.6",
            ends={8: 5},
        ),
        "coda": Theme(
            cells={"a": "h q", "b": "h."}, bars="a a b", shape="0.6 0.4 0.2 0.1", ends={3: 1}
        ),
    },
    form=(
        Section("intro", 0.32),
        Section("A", 0.4),
        Section("B", 0.52),
        Section("A'", 0.44, vary=0.25, bars=(8, 16)),
        Section("coda", 0.25),
    ),
    players=(
        Player("melody", "clarinet", pan=72, volume=90),
        Player("counter", "cello", only=("B", "A'"), low=50, high=66, pan=50, volume=84),
        Player(
            "pattern", "accordion", "waltz light", low=52, high=67, pan=52, legato=0.7, volume=100
        ),
        Player("bass", "contrabass", "bass waltz", pan=64, legato=0.85, volume=116),
    ),
    compass=(64, 83),
    rubato=0.8,
    ritardando=0.35,
    reverb=58,
)

OPEN_SHUTTERS = Piece(
    id="open-shutters",
    title="Open Shutters",
    genre="waltz",
    tonic="G",
    mode="major",
    meter_name="3/4",
    tempo_bpm=148,
    seed=32,
    target=(0.7, 0.3),
    harmony={
        "intro": "I | V7 | I | V7",
        "A": "I | I | IV | I^3 | ii7 | V7/V | V7 | V7 | I | V7/vi | vi | IV | I^5 | V7 | I | I",
        "B": "vi | V7/V | V | I^3 | IV | iv | V7sus4 | V7",
        "coda": "IV | V7 | I",
    },
    themes={
        "A": Theme(
            cells={"a": "q q q", "b": "h q", "c": "h.", "d": "e e q q", "e": "h rq"},
            bars="a b a c d b d e a b d b a d b e",
            shape="0.4 0.6 0.5 0.7 0.6 0.8 0.7 0.5 0.5 0.7 0.9 1 0.8 0.7 0.5 0.4 0.4",
            ends={8: 5, 16: 1},
        ),
        "B": Theme(
            cells={"a": "h e e", "b": "q q q", "c": "h rq"},
            bars="a b a c a b a c",
            shape="0.6 0.7 0.6 0.5 0.9 1 0.8 0.7 0.6",
            ends={4: 1, 8: 2},
        ),
    },
    form=(
        Section("intro", 0.45),
        Section("A", 0.5),
        Section("B", 0.58),
        Section("A'", 0.66, vary=0.2),
        Section("A''", 0.7, vary=0.3, bars=(8, 16), octave=0),
        Section("coda", 0.66),
    ),
    players=(
        Player("melody", "clarinet", only=("A",), pan=74, volume=100, legato=0.92),
        Player(
            "melody", "flute", only=("B", "A'", "A''"), pan=52, volume=100, legato=0.9, octave=0
        ),
        Player("duet", "clarinet", only=("A'", "A''"), pan=76, volume=88, legato=0.9),
        Player(
            "pattern",
            "pizzicato",
            "pizzicato 3/4",
            low=55,
            high=71,
            pan=50,
            level=8,
            volume=112,
            legato=0.5,
        ),
        Player(
            "pattern",
            "strings",
            "pad",
            low=55,
            high=72,
            only=("B", "A''", "coda"),
            pan=64,
            volume=66,
        ),
        Player("bass", "contrabass", "bass waltz", pan=80, legato=0.5, volume=96),
    ),
    compass=(66, 86),
    rubato=0.4,
    ritardando=0.2,
    ending="hit",
    reverb=52,
)

STAIRS = Piece(
    id="someone-on-the-stairs",
    title="Someone on the Stairs",
    genre="film music",
    tonic="E",
    mode="phrygian",
    meter_name="4/4",
    tempo_bpm=112,
    seed=33,
    target=(-0.55, 0.4),
    harmony={
        "intro": "i5 | i5",
        "A": "i | II@1 | i | vii@1 | i | II@1 | iv | II V7b9",
        "B": "VI | vo^3 | iv | II | iv | vo7 | II^3 | V7b9",
        "coda": "II@1 | io7 | i",
    },
    themes={
        "A": Theme(
            cells={"a": "rq e e h", "b": "q. e h", "c": "rh e e q"},
            bars="a c a c a c b b",
            shape="0.3 0.3 0.4 0.3 0.5 0.4 0.7 0.8 0.6",
            ends={4: 2, 8: 4},
        ),
        "B": Theme(
            cells={"a": "h q q", "b": "w", "c": "q q q q"},
            bars="a b a b c b c b",
            shape="0.5 0.6 0.5 0.7 0.7 0.9 0.9 1 1",
            ends={8: 2},
        ),
    },
    form=(
        Section("intro", 0.35),
        Section("A", 0.42),
        Section("B", 0.6),
        Section("A'", 0.74, vary=0.2),
        Section("coda", 0.62),
    ),
    players=(
        Player("melody", "bassoon", only=("A",), pan=80, volume=108, octave=-1),
        Player("melody", "violin", only=("B", "A'"), pan=46, volume=98),
        Player(
            "pattern",
            "pizzicato",
            "ostinato strings",
            low=57,
            high=72,
            pan=50,
            level=10,
            volume=116,
            legato=0.5,
            change={"B": "offbeat pizzicato"},
        ),
        Player(
            "pattern",
            "tremolo strings",
            "pad",
            low=50,
            high=66,
            only=("B", "A'", "coda"),
            pan=70,
            volume=104,
        ),
        Player("bass", "contrabass", "bass 3+3+2", pan=84, legato=0.6, volume=104),
        Player("drums", "orchestra kit", "heartbeat", volume=96, change={"A": "ticking"}, pan=64),
    ),
    compass=(64, 83),
    ritardando=0.1,
    reverb=70,
)

STORM_DRILL = Piece(
    id="storm-drill",
    title="Storm Drill",
    genre="orchestral",
    tonic="D",
    mode="minor",
    meter_name="4/4",
    tempo_bpm=144,
    seed=34,
    target=(-0.55, 0.8),
    harmony={
        "intro": "i | i",
        "A": "i | i | VI | VI | iv | iv | V | V7b9",
        "B": "VI | VII | i | i^3 | iv | bII^3 | V | V7b9",
        "coda": "VI | bII V7 | i",
    },
    themes={
        "A": Theme(
            cells={"a": "q. e q q", "b": "h h", "c": "q e e q q"},
            bars="a b a b c c a b",
            shape="0.3 0.5 0.4 0.6 0.6 0.8 0.9 1 0.8",
            ends={4: 5, 8: 5},
        ),
        "B": Theme(
            cells={"a": "h. q", "b": "q q h", "c": "w"},
            bars="a b a b a b a c",
            shape="0.5 0.7 0.7 0.6 0.8 1 0.9 0.8 0.8",
            ends={8: 7},
        ),
    },
    form=(
        Section("intro", 0.7),
        Section("A", 0.76),
        Section("B", 0.86),
        Section("A'", 0.96, vary=0.15),
        Section("coda", 1.0),
    ),
    players=(
        Player("melody", "horn", only=("A", "A'"), pan=50, volume=112, octave=-1, level=8),
        Player("melody", "strings", only=("B", "A'"), pan=64, volume=100),
        Player(
            "pattern",
            "violin",
            "ostinato strings",
            low=55,
            high=70,
            pan=44,
            volume=104,
            legato=0.6,
            level=6,
        ),
        Player(
            "pattern",
            "brass",
            "stabs",
            low=50,
            high=68,
            level=8,
            only=("B", "A'", "coda"),
            pan=80,
            volume=92,
            legato=0.7,
        ),
        Player(
            "pattern", "pizzicato", "ostinato strings", low=50, high=65, pan=76, volume=112, level=8
        ),
        Player("bass", "contrabass", "bass eighths", pan=84, legato=0.7, volume=110),
        Player("bass", "timpani", "timpani", only=("A", "A'", "coda"), pan=64, volume=104),
        Player("drums", "power kit", "war", volume=120),
    ),
    compass=(65, 84),
    ritardando=0.1,
    ending="hit",
    reverb=64,
)

PIECES = (LAST_FERRY, OPEN_SHUTTERS, STAIRS, STORM_DRILL)
