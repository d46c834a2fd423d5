"""A pytest plugin: without the `train` extra its tests are left out, aloud; in CI only when asked.

`--without-training` leaves out what is marked `training`; a file that is marked as a whole is not
even imported, because its imports need the extra. Where the extra is missing and nobody asked, a
run at home says so in its first lines and does the same; on a build machine it fails.
"""

from __future__ import annotations

import os
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

NEEDED = ("torch", "filelock", "librosa", "matplotlib", "onnx", "sklearn", "soundfile")
MARKED_FILE = re.compile(r"^pytestmark = .*\bmark\.training\b", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--without-training",
        action="store_true",
        help="leave out the tests that need the `train` extra, and do not import it",
    )


@cache
def missing() -> tuple[str, ...]:
    """The libraries of the extra that are not installed."""
    return tuple(name for name in NEEDED if find_spec(name) is None)


def left_out(config: pytest.Config) -> bool:
    return bool(config.getoption("without_training") or missing())


def pytest_configure(config: pytest.Config) -> None:
    if missing() and os.environ.get("CI") and not config.getoption("without_training"):
        raise pytest.UsageError(
            f"The train extra is not complete here: {', '.join(missing())}. Install it, or ask "
            "for --without-training (make test TRAINING=0)."
        )


def pytest_report_header(config: pytest.Config) -> str | None:
    if not left_out(config):
        return None
    why = "asked for" if config.getoption("without_training") else f"no {', '.join(missing())} here"
    return f"tests of the learning wing: left out ({why})"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """True for a file whose every test is marked `training`, where those are left out."""
    if collection_path.suffix != ".py" or not left_out(config):
        return None
    return bool(MARKED_FILE.search(collection_path.read_text(encoding="utf-8"))) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect single tests that are marked in a file that is not."""
    if not left_out(config):
        return
    needing = [item for item in items if item.get_closest_marker("training")]
    if needing:
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if not item.get_closest_marker("training")]
