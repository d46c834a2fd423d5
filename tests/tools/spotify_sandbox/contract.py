"""Spotify's own description of its API, with the differences that a new app meets, by name.

The differences: deprecated operations and fields are gone, a page of playlists may hold nulls, and
some refusals have a status that the description leaves out. Its discriminators name values that
are no schemas (`track` for `TrackObject`); the shapes tell them apart without.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import yaml
from openapi_schema_validator import OAS30Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

FILE = "spotify-open-api.yml"
URN = "urn:spotify-open-api"
METHODS = ("get", "post", "put", "delete")
NULLS_IN = ("PagingPlaylistObject",)
UNDESCRIBED = {
    400: "an argument that is refused",
    404: "an item or device that is not there",
    503: "Spotify is down",
}
GONE: dict[str, Any] = {"not": {}}


class Contract:
    """Checks replies and requests; each check raises AssertionError with what is wrong."""

    def __init__(self, folder: Path) -> None:
        text = (folder / FILE).read_text(encoding="utf-8")
        self.document: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
        _as_a_new_app_sees(self.document["components"]["schemas"])
        for name in NULLS_IN:
            _allow_nulls(self.document["components"]["schemas"][name])
        self._registry: Registry[Any] = Registry().with_resource(
            URN, Resource(contents=self.document, specification=DRAFT4)
        )

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Method, path and description of each operation."""
        for path, described in self.document["paths"].items():
            for method in METHODS:
                if method in described:
                    yield method, path, described[method]

    def operation(self, method: str, path: str) -> tuple[str, dict[str, Any]]:
        """The template and the description of a real path; fixed words win over names."""
        parts = path.strip("/").split("/")
        found = [
            (template, described)
            for one, template, described in self.operations()
            if one == method.lower() and _fits(template, parts)
        ]
        assert found, f"{method} {path} is not in the description"
        return min(found, key=lambda pair: pair[0].count("{"))

    def check_reply(self, response: httpx.Response, path: str) -> None:
        """The status is one of the operation's, or named above, and the body has its shape."""
        method = response.request.method
        template, operation = self.operation(method, path)
        described = operation["responses"].get(str(response.status_code))
        if described is None:
            assert response.status_code in UNDESCRIBED, f"{method} {template}: {response}"
            described = self.document["components"]["responses"]["Forbidden"]
        content = self._resolved(described).get("content")
        if content is None:
            assert response.content == b""
            return
        self._check(response.json(), content["application/json"]["schema"])

    def check_request(self, request: httpx.Request, path: str) -> None:
        """Only described arguments, all the required ones, each of its shape; so the body."""
        template, operation = self.operation(request.method, path)
        assert not operation.get("deprecated"), f"{template} is deprecated"
        described = [self._resolved(one) for one in operation.get("parameters", [])]
        query = {one["name"]: one for one in described if one["in"] == "query"}
        given = dict(request.url.params)
        assert given.keys() <= query.keys(), f"{template} takes no {given.keys() - query.keys()}"
        assert {name for name, one in query.items() if one.get("required")} <= given.keys()
        for name, value in given.items():
            self._check(_typed(value, query[name]["schema"]), query[name]["schema"])
        if request.content:
            body = operation["requestBody"]["content"]["application/json"]["schema"]
            self._check(httpx.Response(200, content=request.content).json(), body)
            assert httpx.Response(200, content=request.content).json().keys() <= set(
                body["properties"]
            )

    def _check(self, value: object, schema: dict[str, Any]) -> None:
        absolute = _absolute(schema)
        wrong = list(OAS30Validator(absolute, registry=self._registry).iter_errors(value))
        assert not wrong, "; ".join(f"{one.json_path}: {one.message}"[:200] for one in wrong[:5])

    def _resolved(self, described: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in described:
            place: Any = self.document
            for part in described["$ref"].removeprefix("#/").split("/"):
                place = place[part]
            described = place
        return described


def _fits(template: str, parts: list[str]) -> bool:
    wanted = template.strip("/").split("/")
    return len(wanted) == len(parts) and all(
        word.startswith("{") or word == part for word, part in zip(wanted, parts, strict=True)
    )


def _as_a_new_app_sees(schema: Any) -> None:
    """A deprecated property may not be there, and so cannot be required; no discriminators."""
    if isinstance(schema, list):
        for one in schema:
            _as_a_new_app_sees(one)
    if not isinstance(schema, dict):
        return
    schema.pop("discriminator", None)
    properties = schema.get("properties")
    if isinstance(properties, dict):
        for name, described in properties.items():
            if isinstance(described, dict) and described.get("deprecated"):
                properties[name] = GONE
        if "required" in schema:
            schema["required"] = [
                name for name in schema["required"] if properties.get(name) is not GONE
            ]
    for one in schema.values():
        _as_a_new_app_sees(one)


def _allow_nulls(paging: dict[str, Any]) -> None:
    items = paging["allOf"][1]["properties"]["items"]
    items["items"] = {"nullable": True, "oneOf": [items["items"], {"enum": [None]}]}


def _absolute(schema: Any) -> Any:
    """The schema with its references pointing into the description."""
    if isinstance(schema, list):
        return [_absolute(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: f"{URN}{one}" if name == "$ref" else _absolute(one) for name, one in schema.items()
    }


def _typed(value: str, schema: dict[str, Any]) -> object:
    """What stands in a query as text, as the schema means it."""
    if schema.get("type") == "integer":
        return int(value)
    return value.split(",") if schema.get("type") == "array" else value
