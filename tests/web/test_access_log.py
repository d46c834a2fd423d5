"""The log names addresses and never what was asked there."""

from __future__ import annotations

import logging

import pytest

from emotion_stream.web.access_log import WithoutQuery


@pytest.mark.parametrize(
    ("address", "kept"), [("/a?q=secret", "/a"), ("/a?b?c", "/a"), ("/a", "/a"), ("?", "")]
)
def test_the_query_is_cut_off(address: str, kept: str) -> None:
    arguments = ("127.0.0.1:5", "GET", address, "1.1", 200)
    line = '%s - "%s %s HTTP/%s" %d'
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, line, arguments, None)
    assert WithoutQuery().filter(record)
    assert record.getMessage() == f'127.0.0.1:5 - "GET {kept} HTTP/1.1" 200'


def test_other_records_pass() -> None:
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, "hello", None, None)
    assert WithoutQuery().filter(record)
    assert record.getMessage() == "hello"
