"""The account of a model: report.json is the truth, the rest is drawn from it.

`sections` puts it into words and tables, `markdown` and `html` write these down.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emotion_stream.training.report.markdown import render

__all__ = ["render", "write_report"]


def write_report(report: Mapping[str, Any], folder: Path) -> None:  # Any: what JSON can hold
    """Write report.json, report.md with its pictures, and report.html into `folder`."""
    from emotion_stream.training.report.figures import write_pictures
    from emotion_stream.training.report.html import render_html

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    (folder / "report.md").write_text(render(report))
    (folder / "report.html").write_text(render_html(report))
    write_pictures(report, folder)
