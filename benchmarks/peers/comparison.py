"""Every peer under the folds of one protocol; what is finished is kept, fold by fold."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers import speed
from benchmarks.peers.front_ends import FrontEnd, PeerMissing
from benchmarks.peers.material import CLASSES, Floats, Material, Part, read_material
from benchmarks.peers.peer import Fitted, Peer
from emotion_stream.emotions import EMOTIONS
from emotion_stream.training.atomic_write import atomic_write
from emotion_stream.training.data.dataset import read_corpora
from emotion_stream.training.data.folds import Split
from emotion_stream.training.data.protocols import folds, protocol
from emotion_stream.training.data.windows import as_float
from emotion_stream.training.evaluate import metrics
from emotion_stream.training.fit.run_folder import provenance, write_json

Report = dict[str, Any]  # Any: what JSON can hold

_PARTS = ("train", "validation", "test")
_SHARD = 256  # windows whose features are lost at most when a run is stopped


@dataclass(frozen=True)
class ComparisonOrder:
    """One corpus under one protocol; `cache` may be that of a training run."""

    corpus: str
    source: Path
    protocol: str
    cache: Path
    peers: Sequence[Peer]
    seeds: Sequence[int]
    out: Path


def compare(order: ComparisonOrder, say: Callable[[str], None]) -> Report:
    """Measure what `order.out` does not hold yet, and write it there after every fold.

    A peer whose package is missing is left out, and `say` tells so. A fold is measured anew where
    the recipe of its peer, the corpus or the split is another.
    """
    utterances = read_corpora({order.corpus: order.source})[order.corpus]
    say(f"{order.corpus}: {len(utterances)} files")
    material = read_material(utterances, order.cache, lambda _: None)
    splits = folds(protocol(order.protocol), utterances, order.corpus, order.seeds[0])
    report: Report = json.loads(order.out.read_text()) if order.out.exists() else {}
    entry = report.setdefault(order.protocol, {"peers": {}})
    entry.update(corpus=order.corpus, provenance=asdict(provenance()), **material.account)
    timed: list[tuple[Peer, Part]] = []
    for peer in order.peers:
        try:
            features = features_of(peer.front_end, material, order.cache)
        except PeerMissing as error:
            say(f"{peer.name} is left out: {error}")
            continue
        timed.append((peer, material.part(features, splits[0].train, learnt=True)))
        entry["peers"][peer.name] = _begun(peer, material, entry["peers"].get(peer.name))
        for line in _measure(peer, material, features, splits, order, entry["peers"][peer.name]):
            _write(report, order.out)
            say(f"{peer.name} {line}")
    entry["speed"] = speed.measured(timed)
    _write(report, order.out)
    return report


def _begun(peer: Peer, material: Material, before: Report | None) -> Report:
    """The entry of a peer, with the folds of `before` where they were measured in the same way."""
    entry: Report = {
        "title": peer.title,
        "source": peer.source,
        "recipe": json.loads(json.dumps(peer.recipe)),
        "windows": material.digest[:16],
    }
    same = before is not None and all(before.get(key) == value for key, value in entry.items())
    return {**entry, "folds": before["folds"] if before is not None and same else {}}


def _measure(
    peer: Peer,
    material: Material,
    features: Floats,
    splits: Sequence[Split],
    order: ComparisonOrder,
    entry: Report,
) -> Iterator[str]:
    """Fill `entry` fold by fold, each with the commit it was measured at; a line about each."""
    commit = provenance().commit
    for seed in order.seeds if peer.chance else order.seeds[:1]:
        for split in splits:
            name = f"seed-{seed}/{split.name}"
            people = {part: sorted(getattr(split, part)) for part in _PARTS}
            if entry["folds"].get(name, {}).get("speakers") == people:
                continue
            begun_s = time.process_time()
            fitted = peer.fit(
                material.part(features, split.train, learnt=True),
                material.part(features, split.validation, learnt=True),
                seed,
            )
            judged = _judged(fitted, material.part(features, split.test))
            judged["speakers"] = people
            judged["commit"] = commit
            judged["training_cpu_s"] = round(time.process_time() - begun_s, 1)
            entry["folds"][name] = judged
            yield f"{name}: UAR {judged['uar']:.3f}, {judged['training_cpu_s']} s"


def _judged(fitted: Fitted, test: Part) -> Report:
    predictions = test.predictions(fitted.logits(test.features))
    counts = np.bincount(test.labels, minlength=CLASSES)
    hits = np.bincount(test.labels[test.labels == predictions], minlength=CLASSES)
    names = [emotion.value for emotion in EMOTIONS]
    return {
        "uar": metrics.uar(test.labels, predictions, CLASSES),
        "accuracy": metrics.accuracy(test.labels, predictions),
        "hits": dict(zip(names, hits.tolist(), strict=True)),
        "utterances": dict(zip(names, counts.tolist(), strict=True)),
        "parameters": fitted.parameters,
        "chosen": dict(fitted.chosen),
    }


def features_of(front_end: FrontEnd, material: Material, cache: Path) -> Floats:
    """Features of every window [windows, ...], computed once and kept in `cache`.

    Kept every few hundred windows, so that a run which was stopped goes on from there.
    """
    digest = hashlib.sha256(material.digest.encode() + _probe(front_end)).hexdigest()
    file = cache / f"peer-features-{digest[:20]}.npy"
    done = 0
    rows = np.load(file) if file.exists() else None
    while rows is None or (done := len(rows)) < len(material.windows):
        windows = material.windows[done : done + _SHARD]
        fresh = np.stack([front_end(as_float(window)) for window in windows])
        rows = fresh if rows is None else np.concatenate([rows, fresh])
        _save(rows, file)
    return np.asarray(rows, np.float32)


def _save(rows: Floats, file: Path) -> None:
    with atomic_write(file) as unfinished, unfinished.open("wb") as out:
        np.save(out, rows)


def _probe(front_end: FrontEnd) -> bytes:
    """What it makes of a fixed sound: another front end, another probe."""
    sound = np.random.default_rng(0).normal(0, 0.1, 8000).astype(np.float32)
    return np.round(front_end(sound).astype(np.float64), 2).tobytes()


def _write(report: Report, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_json(file, report, indent=1)
