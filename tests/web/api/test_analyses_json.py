"""A reading has one JSON shape: what the description of the API says, the page reads."""

from __future__ import annotations

import re
from importlib.resources import files

from emotion_stream.settings import Settings
from emotion_stream.web import create_app

SCRIPT = files("emotion_stream") / "web" / "static" / "js" / "api.js"


def typedef(name: str) -> set[str]:
    """The names of the fields that the page's own type of `name` adds."""
    words = re.sub(r"\n \* ", " ", SCRIPT.read_text(encoding="utf-8"))
    found = re.search(rf"@typedef \{{(?:\w+ & )?\{{(.+?)\}}\}} {name}\b", words)
    assert found is not None, f"api.js has no type {name}"
    flat = re.sub(r"[<{\[][^<{\[]*?[>}\]]", "", found[1])
    return set(re.findall(r"(\w+):", flat))


def described(name: str) -> set[str]:
    schemas = create_app(Settings()).openapi()["components"]["schemas"]
    return set(schemas[name]["properties"])


def test_the_page_knows_the_fields_of_a_reading_that_the_api_describes() -> None:
    assert typedef("ReadingSummary") == described("KeptReading")
    assert typedef("ReadingSummary") | typedef("Reading") == described("Reading")
    assert typedef("TimelineWindow") == described("Moment")
