"""Train peers of the recogniser under its folds, beside it: the table in docs/results.md.

    python benchmarks/peers --corpus ravdess=DIR --protocol ravdess5 --cache DIR \\
        --out docs/reports/0.1.0/peers.json [--peers a,b] [--seeds 0] [--epochs PEER=N]
    python benchmarks/peers --out docs/reports/0.1.0/peers.json --table docs/results.md

The first measures what the file does not hold yet, one thread, and may be stopped and started
again. The second writes the table. openSMILE is left out where `pip install opensmile` was not
done; it is compared with and never shipped.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

# Before numpy and torch are loaded, which read them once: the figures are those of one thread.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

REPOSITORY = Path(__file__).parent.parent.parent
sys.path[0] = str(REPOSITORY)  # instead of this folder: `peer` and `speed` are found as a package


def main(arguments: list[str] | None = None) -> None:
    options = _options(arguments)
    from emotion_stream.errors import UsageError

    try:
        if options.corpus:
            _measure(options)
        if options.table:
            _write_table(options)
    except UsageError as error:
        sys.exit(str(error))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", metavar="NAME=DIR", help="the corpus to compare on")
    parser.add_argument("--protocol", help="as of `emotion-stream train`")
    parser.add_argument("--cache", type=Path, help="where windows and features are kept")
    parser.add_argument("--peers", help="names, with commas between; default all")
    parser.add_argument("--seeds", default="0", help="with commas between; default 0")
    parser.add_argument(
        "--epochs", action="append", default=[], metavar="PEER=N", help="instead of the published"
    )
    parser.add_argument("--out", type=Path, required=True, help="the JSON file of the results")
    parser.add_argument("--table", type=Path, help="write the table into this Markdown file")
    options = parser.parse_args(arguments)
    if options.corpus and not (options.protocol and options.cache):
        parser.error("--corpus needs --protocol and --cache")
    if not (options.corpus or options.table):
        parser.error("say what to do: --corpus or --table")
    return options


def _measure(options: argparse.Namespace) -> None:
    import torch

    from benchmarks.peers.comparison import ComparisonOrder, compare
    from benchmarks.peers.roster import roster
    from emotion_stream.cli.train import sources_from

    torch.set_num_threads(1)
    ((corpus, source),) = sources_from([options.corpus]).items()
    epochs = {name: int(count) for name, _, count in (e.partition("=") for e in options.epochs)}
    names = options.peers.split(",") if options.peers else None
    seeds = [int(seed) for seed in options.seeds.split(",")]
    order = ComparisonOrder(
        corpus,
        source,
        options.protocol,
        options.cache,
        roster(names, epochs),
        seeds,
        options.out,
    )
    compare(order, lambda line: print(line, flush=True))


def _write_table(options: argparse.Namespace) -> None:
    from benchmarks.peers.table import placed, rendered

    page = options.table.read_text(encoding="utf-8")
    options.table.write_text(placed(rendered(options.out), page), encoding="utf-8")


if __name__ == "__main__":
    main()
