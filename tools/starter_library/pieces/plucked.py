"""Guitars, harp and flute: quiet tunes from the porch, and one for a windy field."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

SLOW_BOATS = Piece(
    id="slow-boats",
    title="Slow Boats",
    genre="acoustic guitar",
    tonic="G",
    mode="major",
    meter_name="4/4",
    tempo_bpm=76,
    seed=41,
    target=(0.55, -0.4),
    harmony={
        "intro": "Iadd9 | IVadd9",
        "A": "I | V^3 | vi7 | IVmaj7 | I^3 | IV | ii7 V7 | I",
        "B": "vi7 | iii7 | IV | I^3 | ii7 | iv",
        "coda": "IVadd9@1 | Iadd9",
    },
    themes={
        "A": Theme(
            cells={"a": "q. e q q", "b": "h e e q", "c": "h. rq"},
            bars="a b a b a b a c",
            shape="0.4 0.5 0.6 0.4 0.6 0.8 1 0.6 0.3",
            ends={4: 3, 8: 1},
            shy=(4,),
        ),
        "B": Theme(
            cells={"a": "rq q q q", "b": "h h"},
            bars="a b a b a b",
            shape="0.6 0.7 0.8 0.6 0.9 1 0.7",
            ends={6: 6},
        ),
        "coda": Theme(
            cells={"a": "q. e q q", "b": "w"}, bars="a b", shape="0.6 0.5 0.4", ends={2: 5}
        ),
    },
    form=(
        Section("intro", 0.3),
        Section("A", 0.42),
        Section("B", 0.5),
        Section("A'", 0.42, vary=0.3, bars=(4, 8)),
        Section("coda", 0.25),
    ),
    players=(
        Player("melody", "nylon guitar", pan=74, volume=108, level=6),
        Player(
            "pattern", "nylon guitar", "fingerpick", low=52, high=68, voices=4, pan=48, volume=92
        ),
    ),
    compass=(62, 79),
    rubato=0.5,
    ritardando=0.3,
    reverb=50,
)

GREY_WOOL = Piece(
    id="grey-wool",
    title="Grey Wool",
    genre="acoustic guitar",
    tonic="E",
    mode="minor",
    meter_name="3/4",
    tempo_bpm=84,
    seed=42,
    target=(-0.5, -0.45),
    harmony={
        "intro": "i | i",
        "A": "i | VII^3 | VI | V7 | i | iv | i^5:2 V7:1 | i",
        "B": "III | VII | iv | i | VI | i^3 | ii%7 | V7",
        "coda": "iv | i",
    },
    themes={
        "A": Theme(
            cells={"a": "q q q", "b": "h q", "c": "h."},
            bars="a b a c a b a c",
            shape="0.6 0.5 0.5 0.3 0.6 0.9 0.7 0.4 0.2",
            ends={4: 7, 8: 1},
        ),
        "B": Theme(
            cells={"a": "q. e q", "b": "h q", "c": "h."},
            bars="a b a c a b a c",
            shape="0.6 0.8 0.7 0.6 0.8 1 0.7 0.5 0.5",
            ends={4: 5, 8: 2},
        ),
        "coda": Theme(
            cells={"a": "q q q", "b": "h."}, bars="a b", shape="0.6 0.3 0.1", ends={2: 1}
        ),
    },
    form=(
        Section("intro", 0.3),
        Section("A", 0.38),
        Section("B", 0.5),
        Section("A'", 0.36, vary=0.25),
        Section("coda", 0.22),
    ),
    players=(
        Player("melody", "nylon guitar", pan=74, volume=108, level=6),
        Player(
            "pattern",
            "nylon guitar",
            "fingerpick 3/4",
            low=50,
            high=66,
            voices=3,
            pan=50,
            volume=92,
        ),
        Player("counter", "cello", only=("A'", "coda"), low=45, high=60, pan=64, volume=74),
    ),
    compass=(60, 79),
    rubato=0.7,
    ritardando=0.35,
    reverb=54,
)

ORCHARD_GATE = Piece(
    id="the-orchard-gate",
    title="The Orchard Gate",
    genre="celtic air",
    tonic="D",
    mode="mixolydian",
    meter_name="6/8",
    tempo_bpm=54,
    seed=43,
    target=(0.4, -0.35),
    harmony={
        "intro": "I | I",
        "A": "I | VII | I | v | IV | I^3 | VII | I",
        "B": "IV | I | ii | VII | IV | I^3 | VII v | I",
        "coda": "VII@1 | I",
    },
    themes={
        "A": Theme(
            cells={"a": "q e q e", "b": "q. q.", "c": "e e e q e", "d": "h rq"},
            bars="a b a b c a c d",
            shape="0.3 0.5 0.4 0.6 0.7 0.8 0.6 0.4 0.2",
            ends={4: 5, 8: 1},
            shy=(7,),
        ),
        "B": Theme(
            cells={"a": "q. q e", "b": "e e e q.", "c": "h rq"},
            bars="a b a c a b b c",
            shape="0.8 0.9 0.8 0.7 0.9 1 0.7 0.4 0.3",
            ends={4: 2, 8: 1},
            shy=(7,),
        ),
        "coda": Theme(
            cells={"a": "q e q e", "b": "h."}, bars="a b", shape="0.4 0.5 0.3", ends={2: 5}
        ),
    },
    form=(
        Section("intro", 0.3),
        Section("A", 0.4),
        Section("B", 0.52),
        Section("coda", 0.28),
    ),
    players=(
        Player("melody", "flute", pan=76, volume=100),
        Player("counter", "cello", only=("B", "coda"), low=50, high=64, pan=56, volume=76),
        Player("pattern", "harp", "harp 6/8", low=54, high=71, pan=48, volume=100),
    ),
    compass=(64, 84),
    rubato=0.6,
    ritardando=0.35,
    reverb=64,
)

KITE_WEATHER = Piece(
    id="kite-weather",
    title="Kite Weather",
    genre="folk pop",
    tonic="G",
    mode="major",
    meter_name="4/4",
    tempo_bpm=132,
    seed=44,
    target=(0.7, 0.6),
    harmony={
        "intro": "I | IV | I | IV",
        "A": "I | V^3 | vi | IV | I | V | IV | V",
        "B": "IV | V | I^3 | vi | IV | V | I | I",
        "coda": "IV | V | I",
    },
    themes={
        "A": Theme(
            cells={"a": "e e q e e q", "b": "q. e h", "c": "e e e e h"},
            bars="a b a b a b c b",
            shape="0.3 0.4 0.5 0.4 0.4 0.6 0.7 0.6 0.5",
            ends={4: 6, 8: 2},
            shy=(4, 7),
        ),
        "B": Theme(
            cells={"a": "q q q. e", "b": "h q q", "c": "h. rq"},
            bars="a b a b a b a c",
            shape="0.7 0.8 0.8 0.7 0.9 1 0.8 0.6 0.4",
            ends={4: 6, 8: 1},
            shy=(4,),
        ),
    },
    form=(
        Section("intro", 0.5),
        Section("A", 0.56),
        Section("B", 0.72),
        Section("B'", 0.82, vary=0.15),
        Section("coda", 0.8),
    ),
    players=(
        Player("melody", "steel guitar", only=("A",), pan=78, volume=112, level=8),
        Player("melody", "whistle", only=("B", "B'"), pan=70, volume=90),
        Player("duet", "accordion", only=("B'",), pan=84, volume=70),
        Player("pattern", "steel guitar", "strum", low=50, high=67, voices=4, pan=42, volume=92),
        Player("bass", "electric bass", "bass pop", pan=64, volume=104, legato=0.9),
        Player(
            "drums",
            "room kit",
            "pop",
            only=("A", "B", "B'", "coda"),
            volume=92,
            change={"A": "shaker"},
        ),
    ),
    compass=(64, 83),
    ritardando=0.06,
    reverb=40,
)

MARGIN = Piece(
    id="notes-in-the-margin",
    title="Notes in the Margin",
    genre="folk",
    tonic="A",
    mode="mixolydian",
    meter_name="4/4",
    tempo_bpm=96,
    seed=45,
    target=(0.2, -0.05),
    harmony={
        "intro": "I | VII@1",
        "A": "I | VII@1 | IV@1 | I | ii7 | v7 | IV | I",
        "B": "vi7 | v | IV | I^3 | ii7 | v7 | VII | VII",
        "coda": "IV@1 | I",
    },
    themes={
        "A": Theme(
            cells={"a": "e e q q q", "b": "q. e q rq", "c": "h e e q"},
            bars="a b a b c b a b",
            shape="0.4 0.5 0.4 0.5 0.6 0.8 0.7 0.5 0.3",
            ends={4: 5, 8: 1},
        ),
        "B": Theme(
            cells={"a": "rq e e q q", "b": "h. rq"},
            bars="a b a b a b a b",
            shape="0.6 0.7 0.6 0.5 0.7 0.9 0.8 0.6 0.5",
            ends={8: 2},
        ),
    },
    form=(
        Section("intro", 0.4),
        Section("A", 0.46),
        Section("B", 0.5),
        Section("A'", 0.5, vary=0.25, bars=(4, 8)),
        Section("coda", 0.36),
    ),
    players=(
        Player("melody", "clean guitar", pan=76, volume=100),
        Player("pattern", "steel guitar", "travis", low=52, high=69, voices=4, pan=46, volume=90),
        Player(
            "bass", "double bass", "bass half", only=("A", "B", "A'", "coda"), pan=64, volume=96
        ),
        Player("drums", "brush kit", "shaker", only=("B", "A'"), volume=64, pan=70),
    ),
    compass=(62, 81),
    rubato=0.2,
    ritardando=0.2,
    reverb=44,
)

PIECES = (SLOW_BOATS, GREY_WOOL, ORCHARD_GATE, KITE_WEATHER, MARGIN)
