"""Keys, pads and machines: lo-fi rooms, minimalist patterns, dance and dread."""

from __future__ import annotations

from tools.starter_library.form import Piece, Player, Section
from tools.starter_library.melody import Theme

PAPER_LANTERNS = Piece(
    id="paper-lanterns",
    title="Paper Lanterns",
    genre="lo-fi",
    tonic="Eb",
    mode="major",
    meter_name="4/4",
    tempo_bpm=76,
    seed=61,
    target=(0.4, -0.35),
    harmony={
        "intro": "Imaj9 | IVmaj7",
        "A": "Imaj9 | vi7 | ii9 | V9sus4 | Imaj9 | iii7 V7b9/vi | IVmaj7 iv6 | Imaj9",
        "coda": "iv6 | Imaj9",
    },
    themes={
        "A": Theme(
            cells={"a": "rq e e q. e", "b": "q e e h", "c": "re e e e q q", "d": "h. rq"},
            bars="a b a b c b a d",
            shape="0.5 0.6 0.5 0.6 0.7 0.9 0.8 0.5 0.3",
            ends={4: 2, 8: 3},
            shy=(4,),
        ),
        "coda": Theme(
            cells={"a": "rq e e q. e", "b": "w"}, bars="a b", shape="0.6 0.6 0.4", ends={2: 5}
        ),
    },
    form=(
        Section("intro", 0.34),
        Section("A", 0.42),
        Section("A'", 0.46, vary=0.2, bars=(4, 8)),
        Section("coda", 0.3),
    ),
    players=(
        Player("melody", "vibraphone", pan=76, volume=96),
        Player(
            "pattern", "electric piano", "rhodes", low=54, high=71, voices=4, pan=52, volume=100
        ),
        Player("bass", "double bass", "bass reggae", pan=64, volume=106),
        Player("drums", "room kit", "lofi", only=("A", "A'"), volume=74),
    ),
    compass=(63, 82),
    swing=0.6,
    swing_unit=0.5,
    ritardando=0.2,
    reverb=44,
)

HALFWAY = Piece(
    id="half-the-way-home",
    title="Half the Way Home",
    genre="lo-fi",
    tonic="G",
    mode="dorian",
    meter_name="4/4",
    tempo_bpm=88,
    seed=62,
    target=(-0.05, -0.15),
    harmony={
        "intro": "i7 | IV7",
        "A": "i9 | IV9 | i9 | IV9 | VIImaj7 | IV7 | ii7 | v7",
        "B": "VIImaj7 | i7 | IV9 | IV9 | VIImaj7 | v7 | IIImaj7 | V7b9",
        "coda": "IV9 | i9",
    },
    themes={
        "A": Theme(
            cells={"a": "re e q re e q", "b": "h rh", "c": "e e e q e q"},
            bars="a b a b c b c b",
            shape="0.5 0.6 0.5 0.7 0.8 0.6 0.7 0.5 0.4",
            ends={4: 5, 8: 5},
            shy=(6,),
        ),
        "B": Theme(
            cells={"a": "q. e q q", "b": "h. rq"},
            bars="a b a b a b a b",
            shape="0.7 0.8 0.7 0.6 0.8 1 0.8 0.6 0.5",
            ends={8: 5},
        ),
    },
    form=(
        Section("intro", 0.42),
        Section("A", 0.48),
        Section("B", 0.54),
        Section("coda", 0.4),
    ),
    players=(
        Player("melody", "jazz guitar", pan=74, volume=108, level=8),
        Player("pattern", "electric piano", "rhodes", low=54, high=71, voices=4, pan=50, volume=92),
        Player("bass", "electric bass", "bass groove", pan=64, volume=100, legato=0.85),
        Player("drums", "room kit", "lofi", volume=84),
    ),
    compass=(58, 77),
    swing=0.58,
    swing_unit=0.5,
    ritardando=0.12,
    reverb=38,
)

HARBOUR = Piece(
    id="harbour-before-five",
    title="Harbour Before Five",
    genre="ambient",
    tonic="F",
    mode="lydian",
    meter_name="4/4",
    tempo_bpm=60,
    seed=63,
    target=(0.4, -0.75),
    harmony={
        "A": "Imaj9 | Imaj9 | II@1 | II@1 | vi7 | iii7 | IIadd9@1 | Imaj9",
        "B": "vi9 | iii7 | V | II@1",
        "coda": "II@1 | Iadd9",
    },
    themes={
        "A": Theme(
            cells={"a": "rh h", "b": "h. rq", "c": "rq q h"},
            bars="a b a b c b a b",
            shape="0.5 0.5 0.6 0.7 0.9 1 0.7 0.5 0.4",
            ends={4: 5, 8: 3},
        ),
        "B": Theme(
            cells={"a": "rq h.", "b": "w"}, bars="a b a b", shape="0.6 0.8 1 0.8 0.6", ends={4: 6}
        ),
        "coda": Theme(cells={"a": "rh h", "b": "w"}, bars="a b", shape="0.6 0.5 0.5", ends={2: 5}),
    },
    form=(
        Section("A", 0.25),
        Section("B", 0.38),
        Section("coda", 0.2),
    ),
    players=(
        Player("melody", "fm piano", pan=70, volume=92, pedal=True),
        Player("pattern", "warm pad", "pad", low=53, high=70, voices=4, pan=54, volume=100),
        Player(
            "pattern",
            "halo pad",
            "pad",
            low=60,
            high=76,
            voices=3,
            only=("B", "coda"),
            pan=78,
            volume=70,
        ),
        Player("pattern", "harp", "slow arpeggio", low=57, high=74, voices=3, pan=40, volume=74),
        Player("bass", "contrabass", "bass whole", pan=64, volume=84),
    ),
    compass=(69, 86),
    rubato=0.4,
    ritardando=0.25,
    reverb=100,
)

FIRST_TRAM = Piece(
    id="first-tram",
    title="First Tram",
    genre="minimalist",
    tonic="E",
    mode="major",
    meter_name="5/4",
    tempo_bpm=138,
    seed=64,
    target=(0.6, 0.3),
    harmony={
        "intro": "I | I",
        "A": "I | I | vi7 | vi7 | IV | IV | V7sus4 | V7",
        "B": "ii7 | ii7 | vi7 | IVmaj7 | I^3 | IV | V7sus4 | V7",
        "coda": "IV@1 | V@1 | I",
    },
    themes={
        "A": Theme(
            cells={"a": "q. e q h", "b": "h. h", "c": "q q q h"},
            bars="a b a b c b c b",
            shape="0.3 0.5 0.4 0.5 0.6 0.8 0.9 0.7 0.6",
            ends={4: 3, 8: 2},
            shy=(4,),
        ),
        "B": Theme(
            cells={"a": "h. q q", "b": "q q q h"},
            bars="a b a b a b a b",
            shape="0.6 0.7 0.6 0.8 0.8 1 0.9 0.7 0.6",
            ends={8: 5},
        ),
    },
    form=(
        Section("intro", 0.42),
        Section("A", 0.5),
        Section("B", 0.6),
        Section("coda", 0.46),
    ),
    players=(
        Player("melody", "clarinet", pan=76, volume=96),
        Player("pattern", "marimba", "minimal 5/4", low=60, high=77, voices=4, pan=46, volume=104),
        Player(
            "pattern",
            "bright piano",
            "ostinato 5/4",
            low=55,
            high=70,
            voices=3,
            pan=60,
            volume=84,
            only=("A", "B", "coda"),
            pedal=False,
        ),
        Player("pattern", "strings", "pad", low=55, high=72, only=("B", "coda"), pan=70, volume=64),
        Player("bass", "double bass", "bass 5/4", pan=64, volume=98),
    ),
    compass=(66, 85),
    ritardando=0.12,
    human=0.6,
    reverb=46,
)

INDEX_CARDS = Piece(
    id="index-cards",
    title="Index Cards",
    genre="minimalist",
    tonic="D",
    mode="dorian",
    meter_name="4/4",
    tempo_bpm=100,
    seed=65,
    target=(0.0, 0.0),
    harmony={
        "A": "i7 | i7 | IV | IV | VIImaj7 | VIImaj7 | i7 | v7",
        "B": "IIImaj7 | IIImaj7 | ii7 | v7 | VIImaj7 | IV | i7 | i7",
        "coda": "IV@1 | i7",
    },
    themes={
        "B": Theme(
            cells={"a": "h. q", "b": "w", "c": "h h"},
            bars="a b a b a c a b",
            shape="0.4 0.5 0.6 0.6 0.8 1 0.7 0.5 0.4",
            ends={4: 5, 8: 1},
        ),
    },
    form=(
        Section("A", 0.4),
        Section("B", 0.48),
        Section("coda", 0.36),
    ),
    players=(
        Player("melody", "clarinet", pan=70, volume=88),
        Player("pattern", "vibraphone", "minimal", low=60, high=77, voices=4, pan=44, volume=92),
        Player("pattern", "marimba", "minimal 3+3+2", low=52, high=67, voices=3, pan=84, volume=88),
        Player("bass", "double bass", "bass half", pan=64, volume=90),
    ),
    compass=(60, 79),
    ritardando=0.15,
    human=0.6,
    reverb=48,
)

PIECES = (PAPER_LANTERNS, HALFWAY, HARBOUR, FIRST_TRAM, INDEX_CARDS)
