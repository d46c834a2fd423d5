"""The key is for its owner only; without the right one nothing is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from emotion_stream.errors import StoreUnavailable
from emotion_stream.store import encryption
from emotion_stream.store.encryption import TokenCipher, Undecryptable


def test_what_is_sealed_opens_again_with_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / "data" / "spotify.key"
    encrypted = TokenCipher(file).encrypt("secret ✓")
    assert "secret" not in encrypted
    assert TokenCipher(file).decrypt(encrypted) == "secret ✓"
    assert TokenCipher(file).encrypt("secret ✓") != encrypted
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["spotify.key"]


@pytest.mark.parametrize("changed", ["", "gAAAA", "not ascii ✓"])
def test_what_is_damaged_is_not_opened(tmp_path: Path, changed: str) -> None:
    with pytest.raises(Undecryptable):
        TokenCipher(tmp_path / "spotify.key").decrypt(changed)


def test_a_new_key_opens_nothing_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "spotify.key"
    encrypted = TokenCipher(file).encrypt("secret")
    file.unlink()
    with pytest.raises(Undecryptable):
        TokenCipher(file).decrypt(encrypted)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_is_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "spotify.key"
    TokenCipher(file).encrypt("secret")
    file.chmod(mode)
    with pytest.raises(StoreUnavailable) as refused:
        TokenCipher(file).check()
    assert "chmod 600" in refused.value.detail
    assert str(file) not in str(refused.value)


@pytest.mark.parametrize("damage", ["", "half a k", "x" * 5000])
def test_a_damaged_key_is_refused_and_left_alone(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "spotify.key"
    file.write_text(damage)
    file.chmod(0o600)
    with pytest.raises(StoreUnavailable, match="cannot be used") as refused:
        TokenCipher(file).encrypt("secret")
    assert "damaged" in refused.value.detail
    assert file.read_text() == damage


def test_two_that_make_a_key_at_once_end_with_the_same_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, link = tmp_path / "spotify.key", os.link
    other: list[str] = []

    def slower(draft: Path, place: Path) -> None:
        monkeypatch.setattr(encryption.os, "link", link)
        other.append(TokenCipher(file).encrypt("by the faster one"))
        link(draft, place)

    monkeypatch.setattr(encryption.os, "link", slower)
    assert TokenCipher(file).decrypt(TokenCipher(file).encrypt("mine")) == "mine"
    assert TokenCipher(file).decrypt(other[0]) == "by the faster one"
    assert [path.name for path in tmp_path.iterdir()] == ["spotify.key"]


def test_checking_makes_no_key(tmp_path: Path) -> None:
    TokenCipher(tmp_path / "spotify.key").check()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_said(ordinary_folder: Path) -> None:
    ordinary_folder.chmod(0o500)
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        TokenCipher(ordinary_folder / "spotify.key").encrypt("secret")
