"""Corpora of emotional speech: one recipe each, read in the layout their authors publish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora import (
    aesdd,
    ased,
    cafe,
    crema_d,
    emodb,
    emogator,
    emospeech_india,
    emovo,
    esd,
    jl_corpus,
    meld,
    nemo,
    ravdess,
    savee,
    seac,
    shemo,
    tess,
    turev,
    urdu,
)
from emotion_stream.training.data.corpora.manifest import is_manifest, read_manifest
from emotion_stream.training.data.corpora.recipe import (
    Contents,
    Recipe,
    check_labels,
    read_contents,
)
from emotion_stream.training.data.corpora.utterance import Utterance, emotions_of

__all__ = [
    "RECIPES",
    "Recipe",
    "Utterance",
    "contents_of",
    "emotions_of",
    "named_speakers",
    "read_corpus",
    "title_of",
    "voices_of",
]

RECIPES: Mapping[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        ravdess.RECIPE,
        ravdess.SONG_RECIPE,
        crema_d.RECIPE,
        savee.RECIPE,
        tess.RECIPE,
        jl_corpus.RECIPE,
        meld.RECIPE,
        esd.RECIPE,
        emospeech_india.RECIPE,
        emodb.RECIPE,
        nemo.RECIPE,
        cafe.RECIPE,
        emovo.RECIPE,
        aesdd.RECIPE,
        seac.RECIPE,
        turev.RECIPE,
        shemo.RECIPE,
        urdu.RECIPE,
        ased.RECIPE,
        emogator.RECIPE,
    )
}


def contents_of(name: str, source: Path) -> Contents:
    """What the folder `source` holds of the corpus `name`, or what a CSV manifest lists.

    A manifest may go by any name. Raises UsageError when the corpus is unknown, the source is
    not there, or nothing in it belongs to the corpus.
    """
    if is_manifest(source):
        return Contents(read_manifest(source, name))
    if source.suffix.lower() == ".csv" and not source.exists():
        raise UsageError(f"There is no file {source} to read {name} from.")
    return read_contents(_recipe(name), source)


def read_corpus(name: str, source: Path) -> tuple[Utterance, ...]:
    """The utterances of `contents_of`.

    Raises UsageError as that does, and where a file carries a label that the recipe does not know:
    left out in silence, the corpus would be smaller than anybody was told.
    """
    contents = contents_of(name, source)
    if not is_manifest(source):
        check_labels(_recipe(name), source, contents)
    return contents.utterances


def named_speakers(utterances: Iterable[Utterance]) -> frozenset[str]:
    """Speakers that stand for one person each, by whole id."""
    speakers, names = set(), set()
    for utterance in utterances:
        speakers.add(utterance.speaker)
        names.add(utterance.corpus)
    return frozenset(speakers).difference(*(RECIPES[n].anonymous for n in names if n in RECIPES))


def title_of(name: str) -> str:
    """What the authors of a corpus call it; the name of one's own recordings."""
    recipe = RECIPES.get(name)
    return name if recipe is None else recipe.title


def voices_of(name: str) -> str:
    """The corpus whose speakers those of `name` are: itself, or another of the same people."""
    recipe = RECIPES.get(name)
    return (recipe and recipe.voices) or name


def _recipe(name: str) -> Recipe:
    if name not in RECIPES:
        raise UsageError(
            f"Unknown corpus {name!r}; known: {', '.join(RECIPES)}; or give a CSV manifest."
        )
    return RECIPES[name]
