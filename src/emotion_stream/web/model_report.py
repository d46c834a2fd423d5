"""What the report of a model says about it, for the page: only about the very file in use."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from emotion_stream.web.services import RecognizerInfo

log = logging.getLogger(__name__)

PACKAGE = Path(__file__).parents[1]
# In the wheel the reports lie beside the model; in a checkout where they were written.
FOLDERS = (PACKAGE / "assets" / "reports", PACKAGE.parents[1] / "docs" / "reports")


def figures_of(
    model: RecognizerInfo, folders: Sequence[Path] = FOLDERS
) -> Mapping[str, str] | None:
    """The main findings in words, or None without a report of exactly this file."""
    for folder in folders:
        try:
            report = json.loads((folder / model.version / "report.json").read_bytes())
            if report["shipped"]["sha256"] == model.sha256:
                return _in_words(report["findings"])
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the report of model %s cannot be read: %r", model.version, error)
    return None


def _in_words(findings: Any) -> dict[str, str]:  # Any: JSON as it comes
    uar, sure = findings["uar"], findings["sure"]
    low, high = uar["interval_95"]
    return {
        "Unweighted average recall (UAR)": f"{uar['mean_over_folds']:.0%} "
        f"(95% interval {low:.0%} to {high:.0%})",
        "Accuracy": f"{findings['accuracy']:.0%}",
        f"Accuracy where it is sure ({sure['coverage']:.0%} of the recordings)": (
            f"{sure['accuracy']:.0%}"
        ),
        "Speakers": str(findings["speakers"]),
        "Recordings": str(findings["utterances"]),
    }
