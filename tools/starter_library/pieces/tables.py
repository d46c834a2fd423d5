"""Neither here nor there: a corner table, a pavane, a tin of beans."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

CORNER_TABLE = Piece(
    id="the-corner-table",
    title="The Corner Table",
    genre="cool jazz",
    tonic="Eb",
    mode="dorian",
    meter_name="5/4",
    tempo_bpm=132,
    seed=121,
    target=(0.0, 0.1),
    harmony={
        "intro": "i7:3 IV7:2 | i7:3 IV7:2",
        "A": "i7:3 IV7:2 | i7:3 IV7:2 | ii7:3 v7:2 | IIImaj7",
        "B": "VIImaj7 | IIImaj7 | ii7:3 v7:2 | i7 | IIImaj7:3 IV7:2 | VIImaj7:3 v7:2",
        "coda": "i7:3 IV9:2 | i7",
    },
    themes={
        "A": Theme(
            cells={"a": "re e e e q e e q", "b": "q. e q h", "c": "e e h rh"},
            bars="a b a c",
            shape="0.4 0.6 0.5 0.8 0.5",
            ends={4: 4},
        ),
        "B": Theme(
            cells={"a": "h. q q", "b": "q. e q rh", "c": "re e q q h"},
            bars="a b a b c b",
            shape="0.7 0.8 0.7 0.9 1 0.7 0.5",
            ends={6: 2},
        ),
    },
    form=(
        Section("intro", 0.34),
        Section("A", 0.4),
        Section("B", 0.5),
        Section("A'", 0.44, vary=0.3),
        Section("coda", 0.34),
    ),
    players=(
        Player("melody", "vibraphone", only=("A",), pan=76, volume=110, level=4),
        Player(
            "melody", "tenor saxophone", only=("A'", "B"), pan=56, volume=98, octave=-1, level=6
        ),
        Player(
            "pattern",
            "piano",
            "comp 5/4",
            low=50,
            high=65,
            voices=3,
            pan=46,
            volume=84,
            legato=0.7,
            pedal=False,
        ),
        Player("bass", "double bass", "bass vamp 5/4", pan=66, volume=100, legato=0.9),
        Player("drums", "brush kit", "brushes 5/4", volume=84, pan=70),
    ),
    compass=(63, 82),
    swing=0.62,
    ritardando=0.12,
    reverb=42,
)

TWO_STEPS = Piece(
    id="two-steps-and-a-bow",
    title="Two Steps and a Bow",
    genre="pavane",
    tonic="G",
    mode="dorian",
    meter_name="4/4",
    tempo_bpm=110,
    seed=91,
    target=(0.0, -0.1),
    # The passamezzo antico, a ground that Europe danced to for a hundred years, with divisions.
    harmony={
        "A": "i VII | i v | III VII | i V | i VII | i v | III VII | i:1 V:1 I:2",
        "B": "III VII | IV V | III IV | i:1 V:1 I:2",
    },
    themes={
        "A": Theme(
            cells={"a": "h q q", "b": "q. e h", "c": "q e e q q", "d": "q q h"},
            bars="a b c b a b c d",
            shape="0.4 0.5 0.6 0.5 0.6 0.8 0.9 0.5 0.3",
            ends={4: 5, 8: 1},
        ),
        "B": Theme(
            cells={"a": "q. e q q", "b": "h h", "c": "q q h"},
            bars="a b a c",
            shape="0.7 0.8 1 0.7 0.4",
            ends={2: 5, 4: 1},
        ),
    },
    form=(
        Section("A", 0.4),
        Section("B", 0.5),
        Section("A'", 0.5, vary=0.4),
    ),
    players=(
        Player("melody", "recorder", pan=68, volume=112, legato=0.9),
        Player("counter", "viola", only=("B", "A'"), low=53, high=66, pan=52, volume=86),
        Player("pattern", "steel guitar", "pavane", low=52, high=69, voices=3, pan=44, volume=104),
        Player("bass", "cello", "bass half", pan=80, volume=92, legato=0.85),
        Player("drums", "orchestra kit", "tabor", volume=84, pan=64),
    ),
    compass=(65, 84),
    rubato=0.2,
    ritardando=0.25,
    reverb=60,
)

BEANS = Piece(
    id="beans-in-a-tin",
    title="Beans in a Tin",
    genre="kalimba",
    tonic="F",
    mode="mixolydian",
    meter_name="6/8",
    tempo_bpm=86,
    seed=158,
    target=(0.25, 0.2),
    harmony={
        "intro": "I | v7 | I | v7",
        "A": "I | v7 | VII | ii7 | I | v7 | ii7 | v7",
        "B": "vi7 | ii7 | v7 | VII | vi7 | ii7",
        "coda": "VII@1 | v7 | I",
    },
    themes={
        # Quarters against the dotted pulse: three over two.
        "A": Theme(
            cells={"a": "q q q", "b": "e e e q.", "c": "q. q e"},
            bars="a b a b a c a b",
            shape="0.4 0.6 0.5 0.6 0.6 0.8 0.7 0.5 0.4",
            ends={4: 4, 8: 5},
        ),
        "B": Theme(
            cells={"a": "re e e q e", "b": "q. q.", "c": "q q q"},
            bars="a b a b c b",
            shape="0.7 0.8 0.7 0.9 1 0.8 0.6",
            ends={6: 2},
        ),
        "coda": Theme(
            cells={"a": "q q q", "b": "q. q.", "c": "h."},
            bars="a b c",
            shape="0.5 0.5 0.4 0.3",
            ends={3: 1},
        ),
    },
    form=(
        Section("intro", 0.46),
        Section("A", 0.5),
        Section("B", 0.56),
        Section("A'", 0.6, vary=0.2),
        Section("coda", 0.46),
    ),
    players=(
        Player("melody", "kalimba", only=("A", "coda"), pan=74, volume=112, level=8),
        Player("melody", "pan flute", only=("B",), pan=58, volume=92),
        Player("counter", "voices", only=("A'",), low=53, high=67, pan=86, volume=72),
        Player("pattern", "kalimba", "thumbs 6/8", low=55, high=67, voices=3, pan=44, volume=92),
        Player(
            "pattern",
            "muted guitar",
            "strum 6/8",
            low=53,
            high=69,
            only=("B", "A'"),
            pan=88,
            volume=64,
            legato=0.5,
        ),
        Player("bass", "double bass", "bass 6/8", pan=64, volume=108, legato=0.85),
        Player("drums", "room kit", "hand drum 6/8", volume=84),
    ),
    compass=(65, 82),
    ritardando=0.15,
    reverb=44,
)

PIECES = (CORNER_TABLE, TWO_STEPS, BEANS)
