"""For an empty stage: a scherzo that jumps out of its box, a waltz gone sour."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

LID = Piece(
    id="who-left-the-lid-off",
    title="Who Left the Lid Off",
    genre="scherzo",
    tonic="F",
    mode="lydian",
    meter_name="6/8",
    tempo_bpm=136,
    seed=88,
    target=(0.3, 0.65),
    harmony={
        "intro": "I | I",
        "A": "I | II@1 | I | vii | iii | bVI | II | V7",
        "B": "bIII | bIII | iv | iv | bII | bII | ivo7 | V7b9",
        "C": "vi | iii | II | vii | bVI | iv6 | ivo7 | V7b9",
        "coda": "bVI | bII | vii | I",
    },
    themes={
        "A": Theme(
            cells={"a": "e e e q e", "b": "q e re re e", "c": "e e e e e e", "d": "q. rq."},
            bars="a b a b c a c d",
            shape="0.3 0.5 0.4 0.6 0.7 0.9 0.8 0.6 0.5",
            ends={4: 7, 8: 5},
        ),
        "B": Theme(
            cells={"a": "q. q e", "b": "e re e q.", "c": "e e e e e e"},
            bars="a b a b a c c b",
            shape="0.5 0.6 0.6 0.7 0.8 1 0.9 0.7 0.6",
            ends={8: 5},
        ),
        "C": Theme(
            cells={"a": "q e q e", "b": "e e e q."},
            bars="a b a b a b a b",
            shape="0.4 0.3 0.5 0.4 0.6 0.5 0.7 0.6 0.5",
            ends={8: 2},
        ),
        "coda": Theme(
            cells={"a": "e e e e e e", "b": "e re re rq."},
            bars="a a a b",
            shape="0.5 0.8 1 0.8 0.6",
            ends={4: 1},
        ),
    },
    form=(
        Section("intro", 0.7),
        Section("A", 0.6),
        Section("B", 0.88),
        Section("A'", 0.62, vary=0.15),
        Section("C", 0.74),
        Section("A''", 0.92, vary=0.1),
        Section("coda", 0.96),
    ),
    players=(
        Player("melody", "xylophone", only=("A", "coda"), pan=76, volume=124, level=14),
        Player("melody", "oboe", only=("B", "A''"), pan=52, volume=112, legato=0.7),
        Player(
            "melody", "bassoon", only=("C",), pan=84, volume=122, octave=-1, legato=0.65, level=6
        ),
        Player("duet", "clarinet", only=("B", "A''"), pan=72, volume=96, legato=0.7),
        Player(
            "pattern",
            "pizzicato",
            "hiccup 6/8",
            low=55,
            high=72,
            pan=44,
            volume=84,
            level=8,
            legato=0.5,
        ),
        Player(
            "pattern",
            "violin",
            "ostinato 6/8",
            low=57,
            high=74,
            only=("intro", "B", "A''", "coda"),
            pan=36,
            volume=76,
            legato=0.5,
            level=4,
        ),
        Player("bass", "contrabass", "bass hops 6/8", pan=82, volume=100, legato=0.5, level=6),
        Player("bass", "timpani", "bass hops 6/8", only=("B", "A''"), pan=64, volume=76),
        Player("drums", "orchestra kit", "scherzo 6/8", volume=68),
    ),
    compass=(65, 86),
    ritardando=0.0,
    ending="hit",
    reverb=56,
)

MILK = Piece(
    id="sour-milk-waltz",
    title="Sour Milk Waltz",
    genre="grotesque waltz",
    tonic="C",
    mode="phrygian",
    meter_name="3/4",
    tempo_bpm=140,
    seed=126,
    target=(-0.65, 0.2),
    harmony={
        "intro": "i | vo",
        "A": "i | i | vo7 | vo7 | iv | iv | #ivo7 | V7b9",
        "A2": "i | i | vo7 | vo7 | iv | ii | #viio7 | i",
        "B": "iv | iv | vii | vii | VI+ | VI+ | ii | V7b9",
        "coda": "ii | #viio7 | i",
    },
    themes={
        "A": Theme(
            cells={"a": "q. e q", "b": "h q", "c": "q q q", "d": "h rq"},
            bars="a b a b c b c d",
            shape="0.4 0.5 0.4 0.6 0.6 0.8 0.7 0.5 0.4",
            ends={4: 5, 8: 2},
        ),
        "A2": Theme(
            cells={"a": "q. e q", "b": "h q", "c": "q q q", "d": "h rq"},
            bars="a b a b c b c d",
            shape="0.4 0.6 0.5 0.7 0.8 0.9 0.6 0.4 0.2",
            ends={4: 5, 8: 1},
        ),
        "B": Theme(
            cells={"a": "e e e e q", "b": "h.", "c": "q q q"},
            bars="a b a b a c a b",
            shape="0.6 0.7 0.6 0.8 0.8 1 0.9 0.8 0.7",
            ends={8: 5},
        ),
    },
    form=(
        Section("intro", 0.4),
        Section("A", 0.46),
        Section("B", 0.56),
        Section("A'", 0.5, vary=0.2),
        Section("A2", 0.7),
        Section("coda", 0.6),
    ),
    players=(
        Player("melody", "bassoon", only=("A", "A2"), pan=76, volume=112, octave=-1, legato=0.7),
        Player("melody", "oboe", only=("B", "A2"), pan=52, volume=92, legato=0.75),
        Player("melody", "xylophone", only=("A'", "A2"), pan=60, volume=108, octave=1),
        Player("counter", "viola", only=("B",), low=50, high=63, pan=84, volume=88),
        Player(
            "pattern",
            "accordion",
            "waltz",
            low=55,
            high=70,
            pan=46,
            volume=76,
            legato=0.45,
            only=("A2", "B", "coda"),
        ),
        Player(
            "pattern", "pizzicato", "pizzicato 3/4", low=60, high=75, pan=40, volume=110, legato=0.5
        ),
        Player("bass", "tuba", "bass waltz", pan=64, volume=100, legato=0.6),
        Player("drums", "orchestra kit", "fairground waltz", only=("B", "A2", "coda"), volume=84),
    ),
    compass=(58, 79),
    rubato=0.5,
    ritardando=0.1,
    ending="hit",
    reverb=54,
)

PIECES = (LID, MILK)
