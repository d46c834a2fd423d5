"""State the figures of the committed reports in the README and in the model card.

    python benchmarks/stated.py [--reports docs/reports/VERSION]

Writes between the markers `<!-- figures: begin -->` and `<!-- figures: end -->` of each page; what
stands there is never written by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parent.parent
sys.path[:0] = [str(REPOSITORY)]

from benchmarks.markers import between  # noqa: E402 - found through the path set above
from emotion_stream import __version__  # noqa: E402
from emotion_stream.training.report.blocks import interval, percent  # noqa: E402
from emotion_stream.training.report.markdown import table  # noqa: E402

REPORTS = REPOSITORY / "docs" / "reports" / __version__
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"

_KINDS = ("noise", "babble", "music")
_UNHEARD = "leave-one-corpus-out"
_LOSO = {"emodb-loso": "EMO-DB", "nemo-loso": "nEMO (Polish)"}

Report = Mapping[str, Any]  # Any: what JSON can hold


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=Path, default=REPORTS, help="a folder of docs/reports")
    reports = parser.parse_args(arguments).reports
    for page, text in (("README.md", in_readme), ("docs/model-card.md", in_card)):
        file = REPOSITORY / page
        file.write_text(placed(text(reports), file.read_text("utf-8"), page), "utf-8")


def placed(figures: str, page: str, name: str) -> str:
    """The page with the figures between its two markers. Ends the program without them."""
    whole = between(BEGIN, END, figures.strip(), page)
    if whole is None:
        sys.exit(f"{name} has no place for the figures: {BEGIN} and {END}.")
    return whole


def in_readme(reports: Path) -> str:
    report = _read(reports)
    found = report["findings"]
    clean = _condition(report, "clean")
    ten = ", ".join(_condition(report, f"{kind}-10") for kind in _KINDS)
    rows = [
        (
            f"**Emotion Stream {__version__}**, mean over folds",
            f"**{_uar(found)}**{_spread(found)}",
        ),
        _members(report),
        (
            "the same with noise, babble or music 10 dB below the voice",
            f"{ten} (clean: {clean} on the same recordings)",
        ),
        *_elsewhere(reports, "docs/reports"),
        ("always one emotion, or at random (of eight)", "12.5 %"),
    ]
    coverage, certain = 1 - found["sure"]["coverage"], found["sure"]["accuracy"]
    return f"""{table(("", "UAR"), rows)}

It calls itself "not sure" on {percent(coverage)} of these recordings; of the answers it does
give, {percent(certain)} are right ({percent(found["accuracy"])} when it must always answer).
{_missed(found)}. {_calibration(reports, found)}"""


def in_card(reports: Path) -> str:
    report = _read(reports)
    found = report["findings"]
    gender, worst = found["gender"], found["worst_speaker"]
    sure = found["sure"]
    rows = [
        ("UAR, mean over folds", f"**{_uar(found)}**{_spread(found)}"),
        _members(report),
        (
            "UAR, all utterances pooled",
            f"{percent(found['uar']['pooled'])} (95 % interval over speakers "
            f"{interval(found['uar']['interval_95'])})",
        ),
        ("accuracy", percent(found["accuracy"])),
        (
            "women, men (UAR)",
            f"{percent(gender['female']['uar'])}, {percent(gender['male']['uar'])}",
        ),
        (
            "worst speaker (UAR)",
            f"{percent(found['by_speaker'][worst]['uar'])} ({worst})",
        ),
        ("expected calibration error", f"{found['calibration_error']:.3f}"),
        *_calibrated_elsewhere(reports),
        (
            "answers when sure",
            f"{percent(sure['coverage'])} of the recordings, {percent(sure['accuracy'])} of "
            "these right",
        ),
    ]
    recall = found["recall"]
    return "\n\n".join(
        [
            table(("", ""), rows),
            table(("", *recall), [("recall", *map(percent, recall.values()))]),
            f"{_missed(found)}.",
            f"On a share of {report['conditions']['share']:g} of these recordings, "
            f"{_condition(report, 'clean')} as they are:",
            table(("disturbed", "UAR"), list(_disturbed(report))),
            "Elsewhere:",
            table(("", "UAR"), list(_elsewhere(reports, "reports"))),
            _no_speech(report),
        ]
    )


@cache  # each page takes several figures from each
def _read(folder: Path) -> Report:
    report: Report = json.loads((folder / "report.json").read_text("utf-8"))
    return report


def _uar(found: Report) -> str:
    return percent(found["uar"]["mean_over_folds"])


def _spread(found: Report) -> str:
    return f" (standard deviation {percent(found['uar']['sd_over_folds'])})"


def _members(report: Report) -> tuple[str, str]:
    """What the networks are worth one by one; they differ in their seeds."""
    members = report["findings"]["members"]
    return (
        f"each of the {members['networks']} networks in it, alone",
        f"{percent(members['mean_over_folds'])} (standard deviation over their seeds "
        f"{percent(members['sd_over_seeds'])})",
    )


def _alone(found: Report) -> str:
    members = found["members"]
    return (
        f"; each of the {members['networks']} networks alone "
        f"{percent(members['mean_over_folds'])} ({percent(members['sd_over_seeds'])} over their "
        "seeds)"
    )


def _condition(report: Report, name: str) -> str:
    return percent(report["conditions"]["results"][name]["uar"])


def _disturbed(report: Report) -> Iterable[tuple[str, str]]:
    for snr_db in (20, 10, 5, 0):
        shown = ", ".join(_condition(report, f"{kind}-{snr_db}") for kind in _KINDS)
        yield f"noise of everyday life, babble, music at {snr_db} dB", shown
    channels = ", ".join(_condition(report, name) for name in ("8khz", "mu-law", "opus-16k"))
    yield "8 kHz, mu-law, Opus 16 kbit/s", channels
    yield "a far microphone in a simulated room", _condition(report, "room")


def _elsewhere(reports: Path, link: str) -> Iterable[tuple[str, str]]:
    """Other corpora, with a link to the report of each; `link` leads to the folder of `reports`."""
    link = f"{link}/{reports.name}"
    for name, corpus in _LOSO.items():
        found = _read(reports / name)["findings"]
        classes = len(found["judged_among"])
        yield (
            f"[{corpus}]({link}/{name}/report.md), {classes} emotions, each of "
            f"{found['speakers']} speakers left out in turn",
            f"{_uar(found)}{_spread(found)}{_alone(found)}",
        )
    left_out = _read(reports / _UNHEARD)["findings"]["by_corpus"]
    yield (
        f"[a whole corpus never heard]({link}/{_UNHEARD}/report.md), four emotions: "
        f"{', '.join(left_out)}",
        ", ".join(percent(row["uar"]) for row in left_out.values()),
    )


def _calibration(reports: Path, found: Report) -> str:
    """How far its confidence can be believed, and where it cannot."""
    here = f"Expected calibration error is {found['calibration_error']:.3f}"
    elsewhere = ", ".join(
        f"{_read(reports / name)['findings']['calibration_error']:.3f} on {corpus}"
        for name, corpus in _LOSO.items()
    )
    unheard = _read(reports / _UNHEARD)["findings"]
    sure = unheard["sure"]
    return (
        f"{here}, {elsewhere}. **On corpora never heard, and a new microphone is one, it is too "
        f"sure of itself**: {unheard['calibration_error']:.3f}; it answers "
        f"{percent(sure['coverage'])}, and {percent(sure['accuracy'])} of these answers are right."
    )


def _calibrated_elsewhere(reports: Path) -> Iterable[tuple[str, str]]:
    for name, where in (*_LOSO.items(), (_UNHEARD, "corpora never heard, four emotions")):
        found = _read(reports / name)["findings"]
        sure = found["sure"]
        yield (
            f"the same on {where}",
            f"{found['calibration_error']:.3f}; {percent(sure['coverage'])} answered, "
            f"{percent(sure['accuracy'])} of these right",
        )


def _missed(found: Report) -> str:
    recall: Mapping[str, float] = found["recall"]
    worst = sorted(recall, key=lambda name: recall[name])[:3]
    return f"{worst[0].capitalize()}, {worst[1]} and {worst[2]} are missed most often"


def _no_speech(report: Report) -> str:
    return " ".join(
        f"Of {counts['sounds']} in `{name}` {counts['heard_as_speech']} were heard as speech and "
        f"{counts['given_an_emotion']} were given an emotion."
        for name, counts in report["not_speech"].items()
    )


if __name__ == "__main__":
    main()
