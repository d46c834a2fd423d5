"""Chamber music: strings, voices, a cello with its piano."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

FOR_THE_ONE = Piece(
    id="for-the-one-who-stayed",
    title="For the One Who Stayed",
    genre="chamber",
    tonic="Eb",
    mode="major",
    meter_name="4/4",
    tempo_bpm=66,
    seed=21,
    target=(0.45, -0.5),
    harmony={
        "intro": "Iadd9 | IV@1",
        "A": "I | V^3 | vi | IV I^3 | ii7 | V7/V | I^5 V7 | I",
        "B": "vi | iii | IV | V7sus4 V7",
        "coda": "iv@1 | Iadd9",
    },
    themes={
        "A": Theme(
            cells={"a": "h. e e", "b": "q. e h", "c": "q q e e q", "d": "h. rq"},
            bars="a b a b c b c d",
            shape="0.4 0.6 0.5 0.4 0.6 0.9 1 0.6 0.3",
            ends={4: 3, 8: 1},
        ),
        "B": Theme(
            cells={"a": "rq q q. e", "b": "h h"},
            bars="a b a b",
            shape="0.6 0.8 1 0.8 0.6",
            ends={4: 2},
        ),
        "coda": Theme(cells={"a": "h h", "b": "w"}, bars="a b", shape="0.6 0.4 0.2", ends={2: 1}),
    },
    form=(
        Section("intro", 0.25),
        Section("A", 0.4),
        Section("B", 0.55),
        Section("A'", 0.48, vary=0.2, bars=(4, 8)),
        Section("coda", 0.25),
    ),
    players=(
        Player("melody", "cello", pan=76, volume=112),
        Player("pattern", "piano", "wide arpeggio", low=55, high=72, pan=54, volume=92),
    ),
    compass=(51, 70),
    rubato=0.9,
    ritardando=0.3,
    reverb=60,
)

RAIN = Piece(
    id="rain-on-the-allotment",
    title="Rain on the Allotment",
    genre="string quartet",
    tonic="D",
    mode="minor",
    meter_name="4/4",
    tempo_bpm=60,
    seed=22,
    target=(-0.6, -0.55),
    harmony={
        "A": "i | V^3 i^3:2 | iv:2 i^5 | V7sus4 V | VI | iv6:2 ii%7^3 | i^5 V7 | i",
        "B": "III | V7^3/III III | VI iv | V",
        "coda": "VI iv | I",
    },
    themes={
        "A": Theme(
            cells={"a": "h q. e", "b": "h q q", "c": "w"},
            bars="a b b c a b b c",
            shape="0.5 0.6 0.5 0.4 0.7 1 0.7 0.5 0.3",
            ends={4: 2, 8: 1},
        ),
        "B": Theme(
            cells={"a": "q q h", "b": "q. e h"},
            bars="a b a b",
            shape="0.6 0.9 1 0.7 0.5",
            ends={4: 5},
        ),
        "coda": Theme(cells={"a": "h h", "b": "w"}, bars="a b", shape="0.5 0.3 0.2", ends={2: 1}),
    },
    form=(
        Section("A", 0.34),
        Section("B", 0.55),
        Section("A'", 0.42, vary=0.15, bars=(4, 8)),
        Section("coda", 0.25),
    ),
    players=(
        Player("soprano", "violin", pan=46, volume=104),
        Player("alto", "violin", pan=56, volume=86, vary=0.7),
        Player("tenor", "viola", pan=74, volume=92, vary=0.7),
        Player("ground", "cello", pan=84, volume=98),
    ),
    compass=(66, 84),
    rubato=0.8,
    ritardando=0.3,
    reverb=70,
)

EVENSONG = Piece(
    id="evensong",
    title="Evensong",
    genre="choral",
    tonic="G",
    mode="major",
    meter_name="4/4",
    tempo_bpm=72,
    seed=23,
    target=(0.5, -0.5),
    harmony={
        "A": "I V^3 | vi iii | IV I^3 | V7sus4 V | I V7/IV | IV ii7 | I^5 V7 | I",
        "B": "vi V7^3/V | V I^3 | IV V7^3/vi | vi V",
        "coda": "IV@1 iv@1 | I",
    },
    themes={
        "A": Theme(
            cells={"a": "h h", "b": "h q q", "c": "w"},
            bars="a b a c a b a c",
            shape="0.4 0.6 0.7 0.5 0.6 1 0.6 0.4 0.3",
            ends={4: 2, 8: 1},
        ),
        "B": Theme(
            cells={"a": "h q q", "b": "h h"},
            bars="a b a b",
            shape="0.7 0.8 1 0.9 0.6",
            ends={4: 2},
        ),
        "coda": Theme(cells={"a": "w"}, bars="a a", shape="0.4 0.4 0.3", ends={2: 3}),
    },
    form=(
        Section("A", 0.36),
        Section("B", 0.52),
        Section("A'", 0.44, vary=0.2, bars=(4, 8)),
        Section("coda", 0.28),
    ),
    players=(
        Player("soprano", "choir", pan=48, volume=104),
        Player("alto", "choir", pan=58, volume=96),
        Player("tenor", "choir", pan=70, volume=98),
        Player("ground", "choir", pan=80, volume=104),
        Player("ground", "church organ", only=("A'", "coda"), pan=64, volume=64),
    ),
    compass=(66, 79),
    rubato=0.6,
    ritardando=0.3,
    reverb=95,
)

SMALL_HANDS = Piece(
    id="small-hands",
    title="Small Hands",
    genre="lullaby",
    tonic="F",
    mode="major",
    meter_name="3/4",
    tempo_bpm=92,
    seed=24,
    target=(0.55, -0.5),
    harmony={
        "intro": "I | IV@1",
        "A": "I | I^3 | IV | I | ii7 | V7 | vi | V7 | I | V7/IV | IV | iv | I^5 | V7 | IV@1 | I",
        "coda": "IV@1 | I | I",
    },
    themes={
        "A": Theme(
            cells={"a": "h q", "b": "h.", "c": "q q q"},
            bars="a a c b a a c b a a c b c a b b",
            shape="0.4 0.6 0.5 0.5 0.7 0.7 0.5 0.5 0.6 0.8 0.9 1 0.7 0.6 0.4 0.4 0.3",
            ends={8: 2, 16: 1},
            shy=(4,),
        ),
        "coda": Theme(
            cells={"a": "h q", "b": "h.", "c": "rq h"},
            bars="a b c",
            shape="0.5 0.4 0.6",
            ends={2: 5, 3: 1},
        ),
    },
    form=(
        Section("intro", 0.22),
        Section("A", 0.3),
        Section("A'", 0.36, vary=0.2, bars=(8, 16)),
        Section("coda", 0.18),
    ),
    players=(
        Player("melody", "music box", pan=70, volume=100),
        Player(
            "pattern",
            "celesta",
            "lullaby",
            low=62,
            high=78,
            pan=50,
            volume=84,
            only=("intro", "A", "A'"),
        ),
        Player(
            "pattern",
            "slow strings",
            "pad",
            low=53,
            high=70,
            pan=64,
            volume=72,
            only=("A'", "coda"),
        ),
        Player("pattern", "harp", "waltz light", low=52, high=67, pan=40, volume=80),
    ),
    compass=(72, 89),
    rubato=0.7,
    ritardando=0.4,
    reverb=66,
)

PIECES = (FOR_THE_ONE, RAIN, EVENSONG, SMALL_HANDS)
