"""`emotion-stream corpora`: what can be trained on, and whether a copy of it is whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from emotion_stream.cli.train import sources_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from emotion_stream.training.data.corpora import Recipe
    from emotion_stream.training.data.corpora.inspection import Inspection

_SHOWN = 10
_NOT_KNOWN = "?"

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

corpora = typer.Typer(
    help="Corpora of emotional speech: what can be trained on, and whether a copy is whole.",
    invoke_without_command=True,
)


@corpora.callback()
def _corpora(context: typer.Context, as_json: AsJson = False) -> None:
    """List the corpora, or check a copy of one."""
    if context.invoked_subcommand is None:
        list_recipes(as_json)


@corpora.command("list")
def list_recipes(as_json: AsJson = False) -> None:
    """List the corpora that have a recipe, with their licence and where to get them."""
    from emotion_stream.training.data.corpora import RECIPES

    if as_json:
        typer.echo(json.dumps([_facts(recipe) for recipe in RECIPES.values()], indent=2))
        return
    typer.echo(_table(RECIPES.values()))
    typer.echo(
        "Any other: NAME=FILE.csv, with the columns path, emotion, speaker[, gender, language]."
    )


@corpora.command()
def check(
    pairs: Annotated[
        list[str],
        typer.Argument(metavar="NAME=DIR...", help="A corpus and its folder, or NAME=FILE.csv."),
    ],
    as_json: AsJson = False,
) -> None:
    """Decode every file of a corpus and say what is there, missing, broken or double.

    Exit code: 0 all can be used, 1 training would refuse a file, 2 wrong usage.
    """
    from emotion_stream.cli.progress import ProgressBar
    from emotion_stream.training.data.corpora import RECIPES, contents_of
    from emotion_stream.training.data.corpora.inspection import inspect
    from emotion_stream.training.data.corpora.manifest import is_manifest

    sources = sources_from(pairs, "corpora check")
    found = {name: contents_of(name, source) for name, source in sources.items()}
    inspections = []
    with ProgressBar(sum(len(contents.utterances) for contents in found.values())) as progress:

        def advance(name: str) -> None:
            progress.start_file(name, None)
            progress.finish_file()

        for name, contents in found.items():
            recipe = None if is_manifest(sources[name]) else RECIPES[name]
            inspections.append(inspect(name, recipe, contents, advance))
    if as_json:
        texts = [_as_dict(each, sources[each.name]) for each in inspections]
        typer.echo(json.dumps(texts, indent=2))
    else:
        typer.echo("\n\n".join(_as_text(each, sources[each.name]) for each in inspections))
    if any(each.broken for each in inspections):
        raise typer.Exit(1)


def _facts(recipe: Recipe) -> dict[str, Any]:  # Any: what JSON can hold
    release = recipe.release
    return {
        "name": recipe.name,
        "recipe": recipe.version,
        "title": release.title,
        "edition": release.edition,
        "kind": recipe.kind,
        "licence": release.licence,
        "languages": list(release.languages),
        "speakers": release.speakers,
        "clips": release.clips,
        "url": release.url,
        "citation": release.citation,
        "labels": dict(recipe.labels),
        "meanings": dict(recipe.meanings),
    }


def _table(recipes: Iterable[Recipe]) -> str:
    """Two lines each, since an address would not fit into a column of a terminal."""
    lines = [_row("Name", "Title", "Language", "Speakers", "Clips")]
    for recipe in recipes:
        release = recipe.release
        languages = ", ".join(release.languages) or "wordless"
        sizes = (
            _NOT_KNOWN if count is None else f"{count:,}"
            for count in (release.speakers, release.clips)
        )
        lines.append(_row(recipe.name, release.title, languages, *sizes))
        lines.append(f"{'':17}{release.licence}; {release.url}")
    return "\n".join(lines)


def _row(name: str, title: str, languages: str, speakers: str, clips: str) -> str:
    return f"{name:15}  {title:29}  {languages:8}  {speakers:>8}  {clips:>7}"


def _as_dict(found: Inspection, source: Path) -> dict[str, Any]:  # Any: what JSON can hold
    return {
        "name": found.name,
        "source": str(source),
        "recipe": found.recipe and found.recipe.version,
        "broken": found.broken,
        "clips": found.contents.clips,
        "usable": len(found.contents.utterances) - len(found.unreadable) - len(found.silent),
        "emotions": found.emotions(),
        "speakers": found.speakers(),
        "genders": found.genders(),
        "named_speakers": sorted(found.named_speakers()),
        "missing_clips": found.missing_clips(),
        "missing_speakers": list(found.missing_speakers()),
        "left_out": [
            {"file": str(each.path), "cause": each.cause, "reason": each.reason}
            for each in found.contents.left_out
        ],
        "unreadable": {str(path): why for path, why in found.unreadable.items()},
        "silent": [str(path) for path in found.silent],
        "duplicates": [[str(path) for path in group] for group in found.duplicates],
    }


def _as_text(found: Inspection, source: Path) -> str:
    speakers = found.speakers()
    title = found.recipe.title if found.recipe else "CSV manifest"
    lines = [f"{found.name} ({title}) in {source}"]
    clips = f"{len(found.contents.utterances)} to learn from, {found.contents.clips} of the corpus"
    lines += [_line("clips", clips), _line("emotions", _counted(found.emotions()))]
    if speakers:
        spread = f"{min(speakers.values())} to {max(speakers.values())} clips each"
        lines.append(_line("speakers", f"{len(speakers)}, {spread}; {_counted(found.genders())}"))
    if too_few := _too_few(found):
        lines.append(_line("training", too_few))
    lines.append(_line("missing", _missing(found, len(speakers))))
    lines += [_line("left out", f"{n}: {why}") for why, n in found.left_out().items()]
    unreadable = [f"{path}: {why}" for path, why in found.unreadable.items()]
    doubles = [" = ".join(map(str, group)) for group in found.duplicates]
    lines += _listed("unreadable", unreadable)
    lines += _listed("silent", [str(path) for path in found.silent])
    lines += _listed("the same sound", doubles)
    return "\n".join(lines)


def _too_few(found: Inspection) -> str:
    """Why it cannot be trained on alone; empty where it can."""
    from emotion_stream.training.data.folds import FEWEST_TO_SPARE

    count = len(found.named_speakers())
    if count >= FEWEST_TO_SPARE:
        return ""
    return (
        f"needs more speakers: {count or 'none'} can be told apart and heard with a label; "
        f"{FEWEST_TO_SPARE} are needed, or another corpus that has as many"
    )


def _missing(found: Inspection, speakers: int) -> str:
    if found.recipe is None:
        return "nothing to compare with"
    release, clips = found.recipe.release, found.missing_clips()
    people = ", ".join(each.rpartition("/")[2] for each in found.missing_speakers())
    if not people and release.speakers is not None and release.speakers > speakers:
        people = f"{release.speakers - speakers} of {release.speakers}"
    parts = [f"{clips} of {release.clips} clips"] if clips else []
    parts += [f"speakers {people}"] if people else []
    if clips is None:
        parts.append("clips of the full release are not known")
    return "; ".join(parts) or "nothing"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _listed(heading: str, items: Sequence[str]) -> list[str]:
    """The first items; `--json` gives all."""
    if not items:
        return []
    shown = [f"    {item}" for item in items[:_SHOWN]]
    rest = len(items) - _SHOWN
    more = [f"    and {rest} more: see --json"] if rest > 0 else []
    return [_line(heading, str(len(items))), *shown, *more]


def _line(heading: str, text: str) -> str:
    return f"  {heading + ':':16}{text}"
