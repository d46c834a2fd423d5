"""Networks of other people have the sizes their papers give, and learn what can be learnt."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from benchmarks.peers import front_ends
from benchmarks.peers.material import CLASSES, Part
from benchmarks.peers.net_peer import NetPeer, NetRecipe
from benchmarks.peers.networks import LightSernet, MeanMfccCnn, ResidualLstm
from benchmarks.peers.roster import NAMES, roster
from emotion_stream.errors import UsageError

pytestmark = pytest.mark.training


def test_light_sernet_is_of_the_published_size() -> None:
    net = LightSernet(classes=7)  # of EMO-DB
    statistics = sum(
        values.numel() for name, values in net.named_buffers() if name.endswith(("mean", "var"))
    )
    assert sum(values.numel() for values in net.parameters()) + statistics == 463_431


def test_the_residual_lstm_is_of_the_published_size() -> None:
    assert sum(values.numel() for values in ResidualLstm().parameters()) == 46_772


@pytest.mark.parametrize("name", ["mfcc-cnn", "light-sernet", "res-lstm"])
@pytest.mark.parametrize("size", [4_000, 30_000, 48_000])
def test_every_network_takes_what_its_front_end_gives(name: str, size: int) -> None:
    (peer,) = roster([name])
    assert isinstance(peer, NetPeer)
    sound = np.random.default_rng(0).normal(0, 0.1, size).astype(np.float32)
    features = torch.from_numpy(peer.front_end(sound))
    assert peer.build().eval()(torch.stack([features, features])).shape == (2, CLASSES)


def test_front_ends_give_the_published_shapes() -> None:
    sound = np.random.default_rng(0).normal(0, 0.1, 48_000).astype(np.float32)
    assert front_ends.sernet_mfcc(sound).shape == (184, 40)
    assert front_ends.mfcc_and_chroma(sound).shape == (71, 46)
    assert front_ends.mean_and_deviation_of_mfcc(sound).shape == (80,)


def _told_apart(rows: int, seed: int) -> Part:
    """Two emotions of three: the sign of forty noisy numbers."""
    rng = np.random.default_rng(seed)
    labels = np.resize(np.array([2, 4]), rows)
    features = rng.normal(size=(rows, 40)) + 2 * (labels[:, None] - 3)
    return Part(features.astype(np.float32), np.arange(rows), labels)


def test_a_network_learns_and_never_answers_what_its_corpus_lacks() -> None:
    recipe = NetRecipe(epochs=3, published_epochs=9, batch_size=8, learning_rate=1e-2)
    peer = NetPeer("x", "x", "x", front_ends.mean_mfcc, MeanMfccCnn, recipe)
    fitted = peer.fit(_told_apart(64, 0), _told_apart(16, 1), seed=0)
    test = _told_apart(32, 2)
    logits = fitted.logits(test.features)
    assert test.uar(logits) == 1
    assert set(logits.argmax(axis=1).tolist()) == {2, 4}
    assert np.isneginf(logits[:, [0, 1, 3, 5, 6, 7]]).all()
    assert fitted.chosen["epoch"] == 3


def test_peers_are_found_by_name() -> None:
    assert [peer.name for peer in roster()] == list(NAMES)
    (peer,) = roster(["res-lstm"], {"res-lstm": 2})
    assert peer.recipe["epochs"] == 2
    with pytest.raises(UsageError, match="Unknown peer 'x'"):
        roster(["x"])
    with pytest.raises(UsageError, match="not trained in epochs"):
        roster(None, {"mfcc-svm": 3})
