"""Drum grooves as grids: `X` accent, `x` stroke, `o` light, `g` ghost, `.` silence; fills, ends."""

from __future__ import annotations

from random import Random

from tools.starter_library.score import Note

VELOCITY = {"X": 108, "x": 88, "o": 64, "g": 40}

KICK, RIM, SNARE, CLAP, LOW_TOM, HAT, PEDAL_HAT, MID_TOM, OPEN_HAT, HIGH_TOM = (
    36, 37, 38, 39, 41, 42, 44, 45, 46, 48,
)  # fmt: skip
CRASH, RIDE, TAMBOURINE, SHAKER, CLAVES, BRUSH_TAP, BRUSH_SWIRL = 49, 51, 54, 82, 75, 38, 40
COWBELL, MUTED_CONGA, OPEN_CONGA, LOW_CONGA = 56, 62, 63, 64

LOUD = 0.64
"""The section level (0 to 1) from which a cymbal is welcome."""

Grid = dict[int, str]

GROOVES: dict[str, Grid] = {
    "rock": {
        HAT: "x.o.x.o.x.o.x.o.",
        SNARE: "....X..g.g..X...",
        KICK: "X.....x.x.......",
    },
    "hard rock": {
        CRASH: "x...x...x...x...",
        SNARE: "....X.......X..g",
        KICK: "X.x...x.x.x...x.",
    },
    "double time": {
        RIDE: "X.x.X.x.X.x.X.x.",
        SNARE: "..X...X...X...X.",
        KICK: "X..xX...X..xX...",
    },
    "pop": {
        HAT: "x.o.x.o.x.o.x.x.",
        SNARE: "....X.......X...",
        KICK: "X......xx.......",
        TAMBOURINE: "..o...o...o...o.",
    },
    "march": {
        SNARE: "x..gx.g.x..gx.gg",
        KICK: "X.......x.......",
        CRASH: "................",
    },
    "lofi": {
        HAT: "x.o.x.o.x.o.x.og",
        RIM: "....x.......x...",
        KICK: "X......o..x.....",
        SHAKER: "..g...g...g...g.",
    },
    "soul": {
        HAT: "xoxoxoxoxoxoxoxo",
        SNARE: "....X..g.g..X..g",
        KICK: "X..x...x..x.....",
        CLAP: "....o.......o...",
    },
    "bossa": {
        RIM: "x..x..x...x..x..",
        KICK: "x..ox..ox..ox..o",
        HAT: "o.o.o.o.o.o.o.o.",
    },
    "four": {
        KICK: "X...X...X...X...",
        CLAP: "....x.......x...",
        OPEN_HAT: "..x...x...x...x.",
        HAT: "o.g.o.g.o.g.o.gg",
    },
    "pulse": {
        KICK: "x.......x.......",
        HAT: "..o...o...o...o.",
        SHAKER: "g.g.g.g.g.g.g.g.",
        RIM: "....o.....o.....",
    },
    "breakbeat": {
        HAT: "x.x.x.x.x.x.x.x.",
        SNARE: "....X..g.g..X.g.",
        KICK: "X.X.......X.....",
    },
    "brushes": {
        BRUSH_SWIRL: "o...x...o...x...",
        RIDE: "x...x..ox...x..o",
        PEDAL_HAT: "....x.......x...",
    },
    "brushes waltz": {
        BRUSH_SWIRL: "o...x...x...",
        RIDE: "x...o.o.o...",
        PEDAL_HAT: "....o...o...",
    },
    "jig": {
        TAMBOURINE: "X.o.o.x.o.o.",
        KICK: "X.....x.....",
    },
    "reggae": {
        HAT: "o.x.o.x.o.x.o.x.",
        RIM: "........X.......",
        KICK: "........X.......",
        SHAKER: "g.g.g.g.g.g.g.g.",
    },
    "war": {
        LOW_TOM: "X..x..x.X..x..xx",
        SNARE: "..g.X.gg..g.X.xx",
        KICK: "X.......X.......",
        MID_TOM: "......o.......o.",
    },
    "war 5/4": {
        LOW_TOM: "X...x...o...X...x.o.",
        KICK: "X...........X.......",
        RIM: "..o...o...o...o...o.",
    },
    "war 6/8": {
        LOW_TOM: "X.o.o.X.o.x.",
        KICK: "X.....X.....",
    },
    "heartbeat": {
        KICK: "X..o....X..o....",
        LOW_TOM: "............x..o",
        CLAVES: "x.o.x.o.x.o.x.ox",
    },
    "ticking": {CLAVES: "x.o.x.o.x.o.x.ox", KICK: "x..............."},
    "hora 7/8": {
        KICK: "X...X...X.....",
        TAMBOURINE: "x.o.x.o.x.o.x.",
        RIM: "..o...o...o.o.",
    },
    "ska": {
        HAT: "..X...X...X...X.",
        SNARE: "....X..g....X.g.",
        KICK: "X.......X.x.....",
    },
    "mambo": {
        COWBELL: "X.x.x.xxX.x.x.xx",
        CLAVES: "x..x..x...x.x...",
        MUTED_CONGA: "o.oXo.o.o.oXo.o.",
        OPEN_CONGA: "............x.x.",
        LOW_CONGA: "......x.........",
        KICK: "......x.....x...",
    },
    "hand drum 6/8": {
        SHAKER: "o.g.g.o.g.g.",
        LOW_CONGA: "x.....o.....",
        OPEN_CONGA: "....o.....x.",
    },
    "scherzo 6/8": {KICK: "X...........", TAMBOURINE: "......x.o.o."},
    "brushes 5/4": {
        BRUSH_SWIRL: "o...x...o...x...x...",
        RIDE: "x...x..ox...x...x..o",
        PEDAL_HAT: "....o.......o.......",
    },
    "tabor": {LOW_TOM: "x...o.o.", TAMBOURINE: "....g.go"},
    "fairground waltz": {
        KICK: "X...........",
        SNARE: "....o...o.g.",
        TAMBOURINE: "....x...x...",
    },
    "slow break": {
        HAT: "x.o.x.ogx.o.x.o.",
        SNARE: "....X.......X..g",
        KICK: "X.....x..xx.....",
    },
    "shaker": {SHAKER: "x.o.x.o.x.o.x.o."},
}

FILLS: tuple[Grid, ...] = (
    {SNARE: "........x.xxX.x.", HIGH_TOM: "............x..."},
    {SNARE: "........x.x.....", HIGH_TOM: "............xx..", LOW_TOM: "..............xx"},
    {SNARE: "....x..x..x.XXXX"},
)


def groove(
    name: str, start: float, bars: int, bar: float, *, fill: bool, rng: Random
) -> list[Note]:
    """A groove for some bars, every other one with a seeded ghost stroke, the last with a fill."""
    grid = GROOVES[name]
    notes: list[Note] = []
    for number in range(bars):
        at = start + number * bar
        last = fill and number == bars - 1 and bars >= 4 and len(_first(grid)) == 16
        notes.extend(_bar(grid, at, bar, until=0.5 if last else 1.0))
        if last:
            notes.extend(_bar(rng.choice(FILLS), at, bar, until=1.0))
        elif number % 2 and SNARE in grid and rng.random() < 0.5:
            ghost = at + bar * rng.choice((5, 7, 11, 15)) / 16
            notes.append(Note(ghost, 0.1, SNARE, VELOCITY["g"]))
    return notes


def crash(beat: float) -> list[Note]:
    """A cymbal with the bass drum: the start of a loud section, or the end of a loud piece."""
    return [Note(beat, 1.0, CRASH, 92), Note(beat, 0.2, KICK, 96)]


def closing_stroke(beat: float, level: float) -> list[Note]:
    """The last stroke: a crash where the piece ends loud, else a ride cymbal left to ring."""
    return crash(beat) if level >= LOUD else [Note(beat, 1.0, RIDE, 62)]


def _bar(grid: Grid, start: float, bar: float, until: float) -> list[Note]:
    notes: list[Note] = []
    for pitch, row in grid.items():
        step = bar / len(row)
        notes.extend(
            Note(start + index * step, 0.1, pitch, VELOCITY[symbol])
            for index, symbol in enumerate(row)
            if symbol != "." and (index < until * len(row) or until >= 1.0)
        )
    return notes


def _first(grid: Grid) -> str:
    return next(iter(grid.values()))
