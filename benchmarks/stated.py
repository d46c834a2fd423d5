"""State the figures of the committed reports: one in the README, all of them in docs/results.md.

    python benchmarks/stated.py [--reports docs/reports/VERSION]

Writes between the markers `<!-- NAME: begin -->` and `<!-- NAME: end -->` of each page; what stands
there is never written by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parent.parent
sys.path[:0] = [str(REPOSITORY)]

from benchmarks.markers import between  # noqa: E402 - found through the path set above
from benchmarks.peers.table import rendered  # noqa: E402
from emotion_stream import __version__  # noqa: E402
from emotion_stream.training.report.blocks import interval, percent  # noqa: E402
from emotion_stream.training.report.markdown import table  # noqa: E402

REPORTS = REPOSITORY / "docs" / "reports" / __version__

_KINDS = ("noise", "babble", "music")
_UNHEARD = "leave-one-corpus-out"
_LOSO = {"emodb-loso": "EMO-DB", "nemo-loso": "nEMO (Polish)"}
_SPEED = {
    "analyze a 3 s clip, whole process, median": (
        "`emotion-stream analyze` of a 3 s clip, whole process",
        2,
    ),
    "recogniser, 3 s window, one thread": ("front end and networks, 3 s window, one thread", 1),
    "peer: both": (
        "the usual way in the same run: librosa's MFCC, then the same networks in torch",
        1,
    ),
    "model file": ("model file", 1),
    "wheel": ("wheel, music included", 1),
    "idle server, resident": ("idle server, resident", 0),
}
"""How each figure of `speed.json` is told, and with how many decimals."""

Report = Mapping[str, Any]  # Any: what JSON can hold


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=Path, default=REPORTS, help="a folder of docs/reports")
    reports = parser.parse_args(arguments).reports
    for page, blocks in PAGES.items():
        file = REPOSITORY / page
        text = file.read_text("utf-8")
        for name, told in blocks.items():
            text = placed(name, told(reports), text, page)
        file.write_text(text, "utf-8")


def placed(name: str, figures: str, text: str, page: str) -> str:
    """The text of the page with the figures between the two markers. Ends the program without."""
    begin, end = marks(name)
    whole = between(begin, end, figures.strip(), text)
    if whole is None:
        sys.exit(f"{page} has no place for the figures: {begin} and {end}.")
    return whole


def marks(name: str) -> tuple[str, str]:
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


def headline(reports: Path) -> str:
    """The one figure of the README, and what is left of it where nothing is known."""
    report = _read(reports)
    found = report["findings"]
    unheard = _read(reports / _UNHEARD)["findings"]
    sure, among = unheard["sure"], len(unheard["judged_among"])
    return (
        f"**{_uar(found)}** unweighted average recall{_spread(found)} on acted speech: the "
        f"{len(found['recall'])} emotions of RAVDESS (chance is {_chance(found)}), "
        f"{found['speakers']} actors, each judged by a model that never heard them.\n\n"
        "**On a new microphone expect much less.** On whole corpora it never heard, with only "
        f"{among} emotions to choose from (chance is {percent(1 / among)}), it names one for "
        f"{percent(sure['coverage'])} of the recordings, and {percent(sure['accuracy'])} of these "
        "answers are right. It is too sure of itself there."
    )


def voices(reports: Path) -> str:
    """What is measured on voices that the models never heard."""
    report = _read(reports)
    found = report["findings"]
    sure, recall = found["sure"], found["recall"]
    return "\n\n".join(
        [
            table(("", ""), list(_overall(report))),
            table(("", *recall), [("recall", *map(percent, recall.values()))]),
            f"{_missed(found)}. It answers {percent(sure['coverage'])} of these recordings and is "
            f"right in {percent(sure['accuracy'])} of its answers "
            f"({percent(found['accuracy'])} when it must always answer).",
        ]
    )


def disturbed(reports: Path) -> str:
    """What noise, telephones and rooms cost."""
    report = _read(reports)
    return "\n\n".join(
        [
            f"On a share of {report['conditions']['share']:g} of these recordings, "
            f"{_condition(report, 'clean')} as they are:",
            table(("disturbed", "UAR"), list(_disturbed(report))),
            _no_speech(report),
        ]
    )


def elsewhere(reports: Path) -> str:
    """Other corpora, and whole ones that were never heard."""
    return "\n\n".join(
        [
            table(("", "UAR"), list(_elsewhere(reports))),
            "How far its confidence can be believed:",
            table(
                ("", "expected calibration error", "answered", "of these right"),
                list(_calibrated(reports)),
            ),
            "**On corpora never heard, and a new microphone is one, it is too sure of itself.**",
        ]
    )


def peers(reports: Path) -> str:
    return rendered(reports / "peers.json")


def speed(reports: Path) -> str:
    report = json.loads((reports / "speed.json").read_text("utf-8"))
    figures = {figure["name"]: figure for figure in report["figures"]}
    rows = [_speed_row(figures[name], *told) for name, told in _SPEED.items()]
    return table(("", "measured", "bound"), rows)


PAGES: Mapping[str, Mapping[str, Callable[[Path], str]]] = {
    "README.md": {"headline": headline},
    "docs/results.md": {
        "voices": voices,
        "disturbed": disturbed,
        "elsewhere": elsewhere,
        "peers": peers,
        "speed": speed,
    },
}
"""Every page that states figures, and what stands between which markers."""


@cache  # several blocks take figures from each
def _read(folder: Path) -> Report:
    report: Report = json.loads((folder / "report.json").read_text("utf-8"))
    return report


def _uar(found: Report) -> str:
    return percent(found["uar"]["mean_over_folds"])


def _spread(found: Report) -> str:
    return f" (standard deviation {percent(found['uar']['sd_over_folds'])})"


def _chance(found: Report) -> str:
    return percent(1 / len(found["recall"]))


def _overall(report: Report) -> Iterable[tuple[str, str]]:
    found = report["findings"]
    uar, gender, worst = found["uar"], found["gender"], found["worst_speaker"]
    yield (
        f"**Emotion Stream {__version__}**, UAR, mean over folds",
        f"**{_uar(found)}**{_spread(found)}",
    )
    yield _members(report)
    yield (
        "UAR, all utterances pooled",
        f"{percent(uar['pooled'])} (95 % interval over speakers {interval(uar['interval_95'])})",
    )
    yield "accuracy", percent(found["accuracy"])
    women, men = (percent(gender[each]["uar"]) for each in ("female", "male"))
    yield "women, men (UAR)", f"{women}, {men}"
    yield "worst speaker (UAR)", f"{percent(found['by_speaker'][worst]['uar'])} ({worst})"
    yield f"always one emotion, or at random (of {len(found['recall'])})", _chance(found)


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


def _elsewhere(reports: Path) -> Iterable[tuple[str, str]]:
    """Other corpora, with a link to the report of each."""
    link = f"reports/{reports.name}"
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


def _calibrated(reports: Path) -> Iterable[tuple[str, str, str, str]]:
    judged = {".": "RAVDESS", **_LOSO, _UNHEARD: "corpora never heard, four emotions"}
    for name, where in judged.items():
        found = _read(reports / name)["findings"]
        sure = found["sure"]
        error = f"{found['calibration_error']:.3f}"
        yield where, error, percent(sure["coverage"]), percent(sure["accuracy"])


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


def _speed_row(figure: Report, words: str, decimals: int) -> tuple[str, str, str]:
    unit, most = figure["unit"], figure["most"]
    return words, f"{figure['value']:.{decimals}f} {unit}", f"{most:g} {unit}" if most else ""


if __name__ == "__main__":
    main()
