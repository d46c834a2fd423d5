"""The pieces of the starter library, one declarative specification each."""

from __future__ import annotations

from tools.starter_library.form import Piece
from tools.starter_library.pieces import (
    bands,
    chamber,
    dances,
    loud,
    machines,
    piano,
    plucked,
    rooms,
    scenes,
    shadows,
    tables,
    theatre,
    world,
)

PIECES: tuple[Piece, ...] = (
    *piano.PIECES,
    *chamber.PIECES,
    *scenes.PIECES,
    *plucked.PIECES,
    *world.PIECES,
    *bands.PIECES,
    *rooms.PIECES,
    *machines.PIECES,
    *loud.PIECES,
    *dances.PIECES,
    *theatre.PIECES,
    *shadows.PIECES,
    *tables.PIECES,
)
