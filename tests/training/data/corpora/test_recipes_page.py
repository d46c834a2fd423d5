"""docs/corpora.md says of every recipe what the recipe says."""

from __future__ import annotations

from pathlib import Path

from emotion_stream.training.data.corpora import RECIPES, Recipe

PAGE = Path(__file__).parents[4] / "docs" / "corpora.md"


def _rows_under(heading: str) -> list[str]:
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| `")]


def _corpus_row(recipe: Recipe) -> str:
    release = recipe.release
    languages = ", ".join(release.languages) or "wordless"
    sizes = ("?" if n is None else f"{n:,}" for n in (release.speakers, release.clips))
    address = f"[{release.citation}]({release.url})"
    cells = (f"`{recipe.name}`", release.title, languages, *sizes, release.licence, address)
    return f"| {' | '.join(cells)} |"


def _label_row(recipe: Recipe) -> str:
    taken = [
        f"{recipe.label_in_words(label)} → {emotion}"
        for label, emotion in recipe.labels.items()
        if emotion is not None
    ]
    left = [recipe.label_in_words(label) for label, e in recipe.labels.items() if e is None]
    return f"| `{recipe.name}` | {', '.join(taken)} | {', '.join(left) or '-'} |"


def test_the_table_is_that_of_the_recipes() -> None:
    assert _rows_under("Recipes") == [_corpus_row(recipe) for recipe in RECIPES.values()]


def test_the_label_maps_are_those_of_the_recipes() -> None:
    assert _rows_under("Labels") == [_label_row(recipe) for recipe in RECIPES.values()]
