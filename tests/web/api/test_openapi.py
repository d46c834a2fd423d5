"""The description of the API is true: what it describes is asked, and each answer compared."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import hypothesis
import schemathesis
from hypothesis import HealthCheck

from emotion_stream.settings import Settings
from emotion_stream.web import create_app
from tests.web.server_process import Served

EXAMPLES = 15


@schemathesis.serializer("audio/wav", "video/mp4")
def as_it_is(context: schemathesis.SerializationContext, value: object) -> object:
    return value


DESCRIPTION = create_app(Settings()).openapi()
api = schemathesis.openapi.from_dict(DESCRIPTION)


def _asked(path: str, method: str) -> Callable[..., None]:
    @api.include(path=path, method=method.upper()).parametrize()
    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case, server: Served) -> None:
        # What a schema cannot say (the bytes are sound, the scores sum to 1) is refused all the
        # same.
        case.call_and_validate(
            base_url=server.url, excluded_checks=[schemathesis.checks.positive_data_acceptance]
        )

    return ask


# Every answer is one that is described. A name for each: those that `parametrize` makes of one
# function are one to pytest 9.2 (`Node.nodeid`), and a worker would run the first alone.
for _path, _operations in DESCRIPTION["paths"].items():
    for _method in _operations:
        globals()[f"test_{_method}_{_path}_answers_as_described"] = _asked(_path, _method)


def test_everything_is_described_with_its_failures(server: Served) -> None:
    description = httpx.get(f"{server.url}/api/v1/openapi.json").json()
    operations = [
        operation for path in description["paths"].values() for operation in path.values()
    ]
    assert len(operations) == 30
    for operation in operations:
        assert operation["description"]
        assert operation["tags"]
        assert {"400", "403", "413", "422", "500"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            if status >= "400":
                schema = response["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Failure"}


def test_no_page_loads_a_viewer_from_elsewhere(server: Served) -> None:
    for address in ("/docs", "/redoc", "/openapi.json"):
        assert httpx.get(server.url + address).status_code == 404
