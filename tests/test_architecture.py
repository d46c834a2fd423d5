"""The shape of the house: what is imported where, how large files and functions are."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import emotion_stream

ROOT = Path(emotion_stream.__file__).parent
REPOSITORY = ROOT.parent.parent
MODULES = sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)
HEAVY = ("torch", "librosa", "sklearn", "matplotlib", "scipy")


def modules_after(statement: str) -> set[str]:
    """The top-level modules loaded once a fresh interpreter has run the statement."""
    command = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True, timeout=60
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.process
def test_serving_loads_no_library_of_the_learning_wing() -> None:
    assert modules_after("import emotion_stream.web.app").isdisjoint(HEAVY)


@pytest.mark.process
def test_importing_the_package_is_light() -> None:
    loaded = modules_after("import emotion_stream")
    assert loaded.isdisjoint({*HEAVY, "onnxruntime", "av", "fastapi", "sqlalchemy", "numpy"})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_holds_one_noun_and_says_what_it_is_for(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 300, "split it before it passes 300 lines"
    assert ast.get_docstring(ast.parse(source)), "the first line says what the module is for"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_stay_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f"{f.name}: {_length(f)} lines" for f in functions if _length(f) > 50]
    assert not long


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_settings_read_the_environment(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "os.environ" not in source
    assert "getenv" not in source


def test_the_changelog_names_the_version() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = next(line for line in changelog.splitlines() if line.startswith("## ["))
    assert newest.startswith(f"## [{emotion_stream.__version__}]")
