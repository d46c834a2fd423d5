"""The shape of the house: what is imported where, how large files and functions are."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import emotion_stream
from tests.offenders import assert_none

ROOT = Path(emotion_stream.__file__).parent
REPOSITORY = ROOT.parent.parent
SWITCHES_TELEMETRY_OFF = 'os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")'
LONGEST_FILE = 500
LONGEST_FUNCTION = 50
HEAVY = ("torch", "librosa", "sklearn", "matplotlib", "scipy")


@cache
def sources() -> dict[str, str]:
    """The text of each module but the migrations, by its path from the package or the tools."""
    return {
        path.relative_to(top.parent).as_posix(): path.read_text(encoding="utf-8")
        for top in (ROOT, REPOSITORY / "tools")
        for path in sorted(top.rglob("*.py"))
        if "migrations" not in path.parts
    }


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(source) for name, source in sources().items()}


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


def test_a_module_says_what_it_is_for() -> None:
    assert_none(name for name, tree in trees().items() if not ast.get_docstring(tree))


def test_a_file_is_short_enough_to_be_read() -> None:
    """A place to look and no target: most files are far shorter."""
    lengths = {name: len(source.splitlines()) for name, source in sources().items()}
    assert_none(f"{name}: {n} lines" for name, n in lengths.items() if n > LONGEST_FILE)


def test_functions_stay_short() -> None:
    assert_none(
        f"{name}: {function.name} has {length} lines"
        for name, tree in trees().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := _length(function)) > LONGEST_FUNCTION
    )


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_only_the_settings_read_the_environment() -> None:
    readers = re.compile(r"os\.environ|getenv")
    assert_none(
        name
        for name, source in sources().items()
        if readers.search(
            source.replace(SWITCHES_TELEMETRY_OFF, "")
            if name == "emotion_stream/__init__.py"
            else source
        )
    )


def test_no_module_imports_itself_in_a_circle() -> None:
    """Neither at import, nor inside a function, nor for the types alone."""
    imported = {name: imports_of(path) for name, path in modules().items()}
    assert_none(" -> ".join(circle) for circle in circles(imported))


@cache
def modules() -> dict[str, Path]:
    """The file of each module by its dotted name; a package is its `__init__`."""
    return {
        ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(
            ".__init__"
        ): path
        for path in sorted(ROOT.rglob("*.py"))
    }


def imports_of(path: Path) -> set[str]:
    """The modules of the package that are imported anywhere in a file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            source = ".".join([*_package_of(path, node.level), *filter(None, [node.module])])
            names = {f"{source}.{alias.name}" for alias in node.names}
            # Of a package only the modules that are named are meant, or else its own names.
            found |= names & modules().keys()
            if not names <= modules().keys():
                found.add(source)
    return found & modules().keys()


def _package_of(path: Path, level: int) -> tuple[str, ...]:
    """Where a relative import begins; nowhere for an absolute one."""
    parts = path.relative_to(ROOT.parent).parts
    return parts[: len(parts) - level] if level else ()


def circles(imported: dict[str, set[str]]) -> list[list[str]]:
    """One shortest circle for each group of modules that reach each other."""
    reached = {name: _reached(name, imported) for name in imported}
    found, told = [], set()
    for name in imported:
        group = frozenset(other for other in reached[name] if name in reached.get(other, ()))
        if group and group not in told:
            told.add(group)
            found.append(_way_back(name, imported))
    return found


def _reached(start: str, imported: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    left = [start]
    while left:
        new = imported[left.pop()] - seen
        seen |= new
        left.extend(new)
    return seen


def _way_back(start: str, imported: dict[str, set[str]]) -> list[str]:
    """The shortest way from a module of a circle to itself."""
    ways = [[start]]
    for way in ways:
        if start in imported[way[-1]]:
            return [*way, start]
        known = {one[-1] for one in ways}
        ways.extend([*way, following] for following in sorted(imported[way[-1]] - known))
    raise AssertionError(f"{start} is in no circle")


@pytest.mark.parametrize(
    ("imported", "found"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"a"}}, [["a", "a"]]),
        ({"x": {"a"}, "a": {"b", "c"}, "b": {"c"}, "c": {"a"}}, [["a", "c", "a"]]),
        ({"a": {"b"}, "b": {"a"}, "c": {"d", "a"}, "d": {"c"}}, [["a", "b", "a"], ["c", "d", "c"]]),
    ],
)
def test_a_circle_is_found(imported: dict[str, set[str]], found: list[list[str]]) -> None:
    assert circles(imported) == found


def test_the_changelog_names_the_version() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = next(line for line in changelog.splitlines() if line.startswith("## ["))
    assert newest.startswith(f"## [{emotion_stream.__version__}]")
