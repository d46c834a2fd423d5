from pathlib import Path

import pytest

from emotion_stream.music.local.tags import shown_name, shown_path

CONTROLS = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u2028\u2029\ufeff"]
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("letter", [*CONTROLS, *DIRECTIONS])
def test_what_steers_a_terminal_or_turns_text_around_is_not_shown(letter: str) -> None:
    assert shown_name(f"a{letter}b") == "a b"
    assert shown_path(Path(f"/a{letter}b")) == "/a\ufffdb"


def test_bytes_that_are_no_text_are_marked() -> None:
    assert shown_name("caf\udce9 \ud800") == "caf\ufffd \ufffd"
    assert shown_path(Path("/caf\udce9")) == "/caf\ufffd"


def test_names_are_one_line_and_paths_keep_their_spaces() -> None:
    assert shown_name("  a \t  b\u00a0c ") == "a b c"
    assert shown_path(Path("/a  b ")) == "/a  b "


@pytest.mark.parametrize("text", ["Über den Wolken", "می\u200cخواهم", "👩\u200d🎤", "音楽", "שיר"])
def test_every_script_is_shown_as_it_is(text: str) -> None:
    assert shown_name(text) == text
