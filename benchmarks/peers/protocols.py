"""Who is trained on, who chooses and who is tested, by the name of a protocol."""

from __future__ import annotations

from collections.abc import Iterable

from emotion_stream.errors import UsageError
from emotion_stream.training.folds import Split, ravdess_folds

_LOSO = "-loso"


def splits_of(protocol: str, speakers: Iterable[str]) -> tuple[Split, ...]:
    """`ravdess5`, or `<corpus>-loso`: leave one speaker out, the next in order validates.

    Raises UsageError for another name, and for speakers the protocol cannot do with.
    """
    everybody = sorted(set(speakers))
    if protocol == "ravdess5":
        return ravdess_folds(everybody)
    corpus = protocol.removesuffix(_LOSO)
    if not protocol.endswith(_LOSO) or any(not s.startswith(f"{corpus}/") for s in everybody):
        raise UsageError(f"Unknown protocol {protocol!r} here; known: ravdess5, <corpus>-loso.")
    if len(everybody) < 3:
        raise UsageError(f"{protocol} needs three speakers or more; found {len(everybody)}.")
    following = [*everybody[1:], everybody[0]]
    return tuple(
        Split(
            test.partition("/")[2],
            frozenset(everybody) - {test, validation},
            frozenset({validation}),
            frozenset({test}),
        )
        for test, validation in zip(everybody, following, strict=True)
    )
