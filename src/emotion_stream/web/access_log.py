"""What the server writes to its log: no query strings, no names of files, no cookies."""

from __future__ import annotations

import logging
from typing import Any


class WithoutQuery(logging.Filter):
    """Cuts the query off the address in uvicorn's access records: it may hold what is private."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, address, version, status = record.args
            record.args = (client, method, str(address).partition("?")[0], version, status)
        return True


def quiet_requests() -> None:
    """Keep the addresses of our own requests out of every log: a searched phrase tells a mood."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


LOGGING: dict[str, Any] = {  # Any: the shape of logging.config.dictConfig
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_query": {"()": WithoutQuery}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "stream": "ext://sys.stderr",
        },
        "access": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_query"],
            "stream": "ext://sys.stderr",
        },
    },
    "loggers": {
        "uvicorn.error": {"level": "WARNING"},
        "uvicorn.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        "emotion_stream": {"level": "INFO"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
