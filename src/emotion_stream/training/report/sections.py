"""The sections of a report, from its JSON. What an older report did not measure is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emotion_stream.training.fit.fingerprint import changed, flat
from emotion_stream.training.report.blocks import (
    Block,
    Commands,
    Picture,
    Section,
    Table,
    Text,
    interval,
    percent,
)
from emotion_stream.training.report.result_sections import (
    by_emotion,
    certainty,
    confusion,
    headline,
)

# The section about what the parts of the recipe are worth.

Report = Mapping[str, Any]  # Any: what JSON can hold


def ablation_section(report: Report) -> list[Block]:
    """What `ablation.ablations` found."""
    if "ablations" not in report:
        return []
    tried = report["ablations"]
    folds, under = ", ".join(tried["folds"]), list(tried["conditions"])
    head = ("trained", "UAR", "lost, 95 % interval over speakers", *tried["conditions"].values())
    rows = [
        (
            _changed(run["changed"]) or "nothing left out",
            percent(run["uar"]),
            interval(run["lost_interval_95"]) if run["changed"] else "-",
            *(percent(run["under"][name]) for name in under),
        )
        for run in tried["runs"]
    ]
    return [
        Text(
            f"Trained again without one part at a time, on {folds}, one seed, and "
            f"asked about the same {tried['utterances']} utterances; conditions on the share of "
            f"them that is told above. {_otherwise(report)}{_given(tried['runs'])}The interval is "
            f"of what is lost against the first row. {_shown(tried['runs'])}"
        ),
        Table("What the parts of the recipe are worth", head, rows),
        Text("Trained by:"),
        Commands([run["command"] for run in tried["runs"]]),
    ]


def _otherwise(report: Report) -> str:
    """Where the first run is not of the recipe that the report is of."""
    recipe, first = flat(report["training"]), flat(report["ablations"]["training"])
    differing = {
        name: (recipe[name], first[name])
        for name in changed(recipe, first)
        if name in recipe and name in first  # older runs lack the newest settings
    }
    if not differing:
        return ""
    return f"All of them differ from the recipe of this report: {_changed(differing)}. "


def _given(runs: Sequence[Mapping[str, Any]]) -> str:
    if not any("--pretrained" in run["command"] for run in runs):
        return ""
    return "They start from one pre-training, which had every part. "


def _shown(runs: Sequence[Mapping[str, Any]]) -> str:
    """Whether any part is shown to matter on recordings as they are."""
    intervals = [run["lost_interval_95"] for run in runs if run["changed"]]
    if any(not low <= 0 <= high for low, high in intervals):
        return ""
    return "None leaves out zero: no part is shown to matter on recordings as they are."


def _changed(changed: Mapping[str, Any]) -> str:
    rows = sorted(changed.items())
    return ", ".join(f"{name} {now} instead of {then}" for name, (then, now) in rows)


# The section about personal calibration: what a person's help buys, simulated.

_HEAD = (
    "told",
    "judged on",
    "UAR before",
    "after",
    "difference",
    "95 % interval",
    "helped, harmed",
    "sd over speakers",
    "over draws",
)


def personal_section(report: Report) -> list[Block]:
    """What `personal_calibration.simulate` found."""
    if "personal" not in report:
        return []
    section = report["personal"]
    pull, chosen = section["pull"], section["validation"]
    return [
        Text(
            "People the model never heard, asked before and after on the same utterances: "
            f"{section['draws']} draws of which utterances are told and which are judged. The "
            "interval is over speakers; a person counts as helped or harmed by the mean over the "
            "draws. Half of the sentences, drawn at random, are told and the others judged; where "
            "a corpus does not tell its sentences apart, half of the utterances."
        ),
        Table("What a person's help buys", _HEAD, [_row(trial) for trial in section["trials"]]),
        *_by_corpus(section["trials"]),
        Text(
            f"Corrections with sharpness {pull['sharpness']:g}, strength {pull['strength']:g} and "
            f"bound {pull['bound']:g}, worth {_points(chosen['gain'])} on the validation speakers. "
            f"The best there is {_points(chosen['best_gain'])}, with "
            f"{_pull(chosen['best_pull'])}. An enrolment is {section['enrolled']} neutral "
            f"recordings; the share of the shift, {chosen['best_shift']:g}, was chosen there too."
        ),
    ]


def _by_corpus(trials: Sequence[Report]) -> list[Block]:
    """The same trials in each corpus, where there are several."""
    rows = [
        (name, *_row({**trial, **part}))
        for trial in trials
        for name, part in trial.get("by_corpus", {}).items()
    ]
    if not rows:
        return []
    return [
        Text(
            "The table above adds up all utterances, so the corpus with most of them weighs most. "
            "Each by itself:"
        ),
        Table("What a person's help buys in each corpus", ("corpus", *_HEAD), rows),
    ]


def _row(trial: Report) -> tuple[str, ...]:
    low, high = trial["interval_95"]
    return (
        _told(trial),
        "the same sentences" if trial["same_texts"] else "other sentences",
        f"{100 * trial['before']:.1f} %",
        f"{100 * trial['after']:.1f} %",
        _points(trial["difference"]),
        f"{100 * low:+.1f} to {100 * high:+.1f}",
        f"{trial['helped']}, {trial['harmed']} of {trial['speakers']}",
        f"{100 * trial['sd_over_speakers']:.1f}",
        f"{100 * trial['sd_over_draws']:.1f}",
    )


def _told(trial: Report) -> str:
    parts = []
    if trial["enrolment"]:
        ways = {"shift": "enrolment as a shift", "examples": "enrolment as examples"}
        parts.append(ways[trial["enrolment"]])
    if trial["corrections"]:
        word = "answers, right or wrong" if trial["confirming"] else "corrections"
        word = word.removesuffix("s") if trial["corrections"] == 1 else word
        mean = (
            f" ({trial['told']:.1f} found)" if trial["told"] < trial["corrections"] - 0.05 else ""
        )
        parts.append(f"{trial['corrections']} {word}{mean}")
    return " and ".join(parts)


def _pull(pull: Report) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in pull.items())


def _points(share: float) -> str:
    return f"{100 * share:+.1f} points"


# What becomes of recall in noise and through channels, and of sound that is no speech.


def conditions(report: Report) -> list[Block]:
    if "conditions" not in report:
        return []
    tried = report["conditions"]
    head = ("", "UAR", "lost", "95 % interval of the loss", "accuracy", "no speech heard", "unsure")
    rows = [
        (
            row["title"],
            percent(row["uar"]),
            *(("-", "-") if row["kind"] == "clean" else _lost(row)),
            percent(row["accuracy"]),
            percent(row["no_speech_heard"]),
            percent(row["unsure"]),
        )
        for row in tried["results"].values()
    ]
    kinds = {row["kind"] for row in tried["results"].values()}
    return [
        Text(_how(tried, kinds)),
        Table("Recall by condition", head, rows),
        Picture("conditions", "Recall in noise and through channels"),
    ]


def _lost(row: Report) -> tuple[str, str]:
    return percent(row["lost"]), interval(row["lost_interval_95"])


def _how(tried: Report, kinds: set[str]) -> str:
    which = f"The same {tried['utterances']} utterances under every condition"
    if tried["share"] < 1:
        which += f" (a share of {tried['share']:g} of every emotion of every speaker)"
    used = {k: v for k, v in tried["sources"].items() if k in kinds or "room" in tried["results"]}
    sources = "; ".join(f"{kind}: {source}" for kind, source in used.items())
    return (
        f"{which}, each with its own draw from seed {tried['seed']}. UAR is the mean over folds; "
        "the interval of what is lost against clean speech is over speakers, pooled. The ratio is "
        "of the speech while somebody speaks to the mean of what is added. "
        f"{sources[:1].upper()}{sources[1:]}{'.' if sources else ''}"
    )


def not_speech(report: Report) -> list[Block]:
    if "not_speech" not in report:
        return []
    sounds = report["not_speech"]
    head = ["folder", "sounds", "heard as speech", "given an emotion"]
    if any("highest_confidence" in counts for counts in sounds.values()):
        head.append("highest confidence")
    rows = [
        (name, *(percent(c) if key == "highest_confidence" else str(c) for key, c in row.items()))
        for name, row in sounds.items()
    ]
    asked = report.get("not_speech_model")
    return [
        *([Text(f"Given to `{asked}`, through the code that serves.")] if asked else []),
        Table("Sounds that are no speech", tuple(head), rows),
    ]


def sections(report: Report) -> list[Section]:
    """All that is there to tell, in order."""
    found = report["findings"]
    every = [
        Section("", [*_summary(report), *headline(found), *by_emotion(found), *confusion(found)]),
        Section("When it is sure", certainty(found)),
        Section("By fold, gender and speaker", _groups(found)),
        Section("Noise, channels and rooms", conditions(report)),
        Section("Sounds that are no speech", not_speech(report)),
        Section("What the parts of the recipe are worth", ablation_section(report)),
        Section("Personal calibration, simulated", personal_section(report)),
        Section("What it hears", _voices(report)),
        Section("Speed and size", _cost(report)),
        Section("Training", _training(report)),
        Section("Do it again", _commands(report)),
    ]
    return [section for section in every if section.blocks]


def _summary(report: Report) -> list[Block]:
    blocks: list[Block] = [Text(report["protocol"])]
    if "shipped" in report:
        shipped = report["shipped"]
        blocks.append(
            Text(
                f"The shipped file `{shipped['file']}` ({shipped['megabytes']:.1f} MB, sha256 "
                f"`{shipped['sha256']}`) is trained by the same recipe on all speakers of all "
                "corpora below but a few that set its threshold; no figure here is its own, for it "
                "has heard the test speakers."
            )
        )
    return blocks


def _groups(found: Report) -> list[Block]:
    def table(name: str, part: Report, marked: str | None = None) -> Table:
        names = list(part)
        return Table(
            f"Recall by {name}",
            (name, "utterances", "UAR", "accuracy"),
            [
                (each, str(row["utterances"]), percent(row["uar"]), percent(row["accuracy"]))
                for each, row in part.items()
            ],
            marked=names.index(marked) if marked else None,
        )

    worst = found["worst_speaker"]
    corpora = found.get("by_corpus", {})
    return [
        *([table("corpus", corpora)] if len(corpora) > 1 else []),
        table("fold", found["folds"]),
        table("gender", found["gender"]),
        Text(
            f"The worst speaker is {worst} with a UAR of "
            f"{percent(found['by_speaker'][worst]['uar'])}."
        ),
        table("speaker", found["by_speaker"], worst),
    ]


def _voices(report: Report) -> list[Block]:
    blocks: list[Block] = []
    if report.get("voices"):
        speakers = sorted({voice["speaker"] for voice in report["voices"]})
        blocks += [
            Text(
                "One utterance per emotion: its wave, and below it the first 20 mel-frequency "
                "cepstral coefficients over time, each from its lowest (dark) to its highest "
                f"(bright) value. Spoken by {', '.join(speakers)}."
            ),
            Picture("voices", "Waves and MFCC"),
        ]
    if report.get("embedding"):
        blocks += [
            Text(
                "Where the model places the utterances it is tested on (embedding, PCA, t-SNE). "
                "Each map is of one model, which heard none of these speakers. Who lies beside "
                "whom means something; distances between groups and their size do not."
            ),
            Picture("embedding", "Embedding maps"),
        ]
    return blocks


def _cost(report: Report) -> list[Block]:
    if "latency" not in report:
        return []
    took = report["latency"]
    rows = [
        ("one window of 3 s, median", f"{took['median_ms']:.1f} ms"),
        ("one window of 3 s, least", f"{took['least_ms']:.1f} ms"),
    ]
    if report.get("parameters"):
        rows.append(("trained parameters", f"{report['parameters']:,}"))
    return [
        Table("What a window costs", ("", "value"), rows),
        Text(
            f"The file `{took['file']}` on one thread, front end included, {took['repeats']} "
            f"times, on a machine with {took['cores']} {took['machine']} cores."
        ),
    ]


def _training(report: Report) -> list[Block]:
    if "corpora" not in report:
        return []
    columns = ("utterances", "speakers", "silent", "duplicates")
    rows = [
        (name, *(str(account[column]) for column in columns))
        for name, account in report["corpora"].items()
    ]
    origins = [f"- seed {seed}: {_origin(o)}" for seed, o in report["provenance"].items()]
    return [
        Table("What was trained on", ("corpus", *columns), rows),
        Text("\n".join(origins)),
        Text("All hyper-parameters: report.json."),
        *([Picture("curves", "Training curves")] if report.get("curves") else []),
        *([Text(report["notes"])] if report.get("notes") else []),
    ]


def _origin(origin: Report) -> str:
    changed = ", with uncommitted changes" if origin["dirty"] else ""
    return (
        f"commit `{origin['commit']}`{changed}, torch {origin['torch']}, Python {origin['python']}."
    )


def _commands(report: Report) -> list[Block]:
    return [
        Text("`DIR` is the folder of each corpus, as its authors publish it."),
        Commands(report["commands"]),
    ]
