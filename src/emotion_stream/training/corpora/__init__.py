"""Corpora of emotional speech: one recipe each, read in the layout their authors publish."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from emotion_stream.errors import UsageError
from emotion_stream.training.corpora import (
    ased,
    crema_d,
    emodb,
    emogator,
    emospeech_india,
    nemo,
    ravdess,
    savee,
    tess,
)
from emotion_stream.training.corpora.manifest import read_manifest
from emotion_stream.training.corpora.utterance import Recipe, Utterance, audio_files, emotions_of

__all__ = ["RECIPES", "Recipe", "Utterance", "emotions_of", "read_corpus"]

RECIPES: Mapping[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        ravdess.RECIPE,
        ravdess.SONG_RECIPE,
        crema_d.RECIPE,
        emodb.RECIPE,
        savee.RECIPE,
        tess.RECIPE,
        nemo.RECIPE,
        ased.RECIPE,
        emospeech_india.RECIPE,
        emogator.RECIPE,
    )
}


def read_corpus(name: str, source: Path) -> tuple[Utterance, ...]:
    """The utterances of the corpus `name` in the folder `source`, or of a CSV manifest.

    A manifest may go by any name. Raises UsageError when the corpus is unknown, the source is
    not there, or nothing in it belongs to the corpus.
    """
    if source.is_file() and source.suffix.lower() == ".csv":
        return read_manifest(source, name)
    if name not in RECIPES:
        raise UsageError(
            f"Unknown corpus {name!r}; known: {', '.join(RECIPES)}; or give a CSV manifest."
        )
    if not source.is_dir():
        raise UsageError(f"There is no folder {source} to read {name} from.")
    parse = RECIPES[name].parse
    utterances = tuple(u for path in audio_files(source) if (u := parse(path)) is not None)
    if not utterances:
        raise UsageError(
            f"No file in {source} is named like one of {RECIPES[name].title}; is the folder right?"
        )
    return utterances
