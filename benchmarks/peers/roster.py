"""Who is compared: the peers by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from benchmarks.peers import front_ends
from benchmarks.peers.net_peer import NetPeer, NetRecipe
from benchmarks.peers.networks import LightSernet, MeanMfccCnn, ResidualLstm
from benchmarks.peers.peer import Peer
from benchmarks.peers.svm_peer import SvmPeer
from emotion_stream.errors import UsageError

_PEERS: tuple[NetPeer | SvmPeer, ...] = (
    SvmPeer(
        "mfcc-svm",
        "mean and deviation of 40 MFCC, SVM",
        "the usual baseline",
        front_ends.mean_and_deviation_of_mfcc,
    ),
    SvmPeer(
        "egemaps-svm",
        "openSMILE eGeMAPSv02, SVM",
        "Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417",
        front_ends.egemaps,
    ),
    SvmPeer(
        "compare-svm",
        "openSMILE ComParE_2016, SVM",
        "Schuller et al. 2016, doi:10.21437/Interspeech.2016-129",
        front_ends.compare,
    ),
    NetPeer(
        "mfcc-cnn",
        "1-D CNN on mean MFCC",
        "the usual hobby project",
        front_ends.mean_mfcc,
        MeanMfccCnn,
        NetRecipe(epochs=1000, published_epochs=1000, batch_size=16, learning_rate=1e-3),
    ),
    NetPeer(
        "res-lstm",
        "ResLSTM-SA-h64",
        "Krasnoproshin & Vashkevich 2026, arXiv:2606.03359",
        front_ends.mfcc_and_chroma,
        ResidualLstm,
        NetRecipe(
            epochs=100,
            published_epochs=100,
            batch_size=32,
            learning_rate=2e-3,
            weight_decay=0.01,
        ),
    ),
    NetPeer(
        "light-sernet",
        "LIGHT-SERNET",
        "Aftab et al. 2022, arXiv:2110.03435",
        front_ends.sernet_mfcc,
        LightSernet,
        NetRecipe(epochs=300, published_epochs=300, batch_size=16, learning_rate=1e-3),
    ),
)
NAMES = tuple(peer.name for peer in _PEERS)


def roster(names: list[str] | None = None, epochs: Mapping[str, int] | None = None) -> list[Peer]:
    """The peers called `names`, or all; some with other `epochs` than published.

    Raises UsageError for a name that is not among `NAMES`, or has no epochs.
    """
    for name in [*(names or ()), *(epochs or ())]:
        if name not in NAMES:
            raise UsageError(f"Unknown peer {name!r}; known: {', '.join(NAMES)}.")
    chosen = [peer for peer in _PEERS if names is None or peer.name in names]
    return [_with_epochs(peer, (epochs or {}).get(peer.name)) for peer in chosen]


def _with_epochs(peer: NetPeer | SvmPeer, epochs: int | None) -> Peer:
    if epochs is None:
        return peer
    if isinstance(peer, SvmPeer):
        raise UsageError(f"{peer.name} is not trained in epochs.")
    return replace(peer, settings=replace(peer.settings, epochs=epochs))
