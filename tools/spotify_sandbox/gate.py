"""Who may ask the API, and every way in which Spotify refuses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tools.spotify_sandbox.scenario import Scenario
from tools.spotify_sandbox.state import Belongings, Sandbox, origin_of, sandbox_of
from tools.spotify_sandbox.tokens import Access, Person

OWNER_WITHOUT_PREMIUM = (
    "Active premium subscription required for the owner of the app. "
    "When the subscription is back, it can take hours until calls are answered."
)


@dataclass(frozen=True)
class Refusal(Exception):
    """An answer that is none of the good ones. `plain` is text instead of JSON."""

    status: int
    message: str
    reason: str | None = None
    headers: Mapping[str, str] | None = None
    plain: bool = False


@dataclass(frozen=True)
class Call:
    """A request that may be answered."""

    request: Request
    sandbox: Sandbox
    access: Access

    @property
    def person(self) -> Person:
        return self.access.person

    @property
    def mine(self) -> Belongings:
        return self.sandbox.belongings(self.person.id)

    @property
    def origin(self) -> str:
        return origin_of(self.request)

    def needs(self, *scopes: str) -> None:
        """Raises Refusal unless one of the scopes was granted."""
        if not self.access.scopes & set(scopes):
            raise Refusal(403, "Insufficient client scope")


Handler = Callable[[Call], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def guarded(handler: Handler) -> Endpoint:
    """The handler behind the gate; a Refusal becomes its answer."""

    async def endpoint(request: Request) -> Response:
        sandbox = sandbox_of(request)
        try:
            return await handler(Call(request, sandbox, admit(request)))
        except Refusal as refusal:
            return answer_to(refusal, sandbox.scenario)

    return endpoint


def admit(request: Request) -> Access:
    """Whose request it is. Raises Refusal."""
    sandbox = sandbox_of(request)
    scenario = sandbox.scenario
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not token:
        raise Refusal(401, "No token provided")
    access = sandbox.tokens.access(token)
    if access is None:
        raise Refusal(401, "Invalid access token")
    if sandbox.tokens.is_over(access):
        raise Refusal(401, "The access token expired")
    if not scenario.owner_premium:
        raise Refusal(403, OWNER_WITHOUT_PREMIUM, plain=True)
    if not scenario.on_list:
        raise Refusal(403, "User not registered in the Developer Dashboard")
    if scenario.quota != "none":
        raise too_many(scenario)
    return access


def too_many(scenario: Scenario) -> Refusal:
    """A 429 of the kind that the scenario asks for."""
    header = None if scenario.quota == "no_header" else {"retry-after": str(scenario.retry_after_s)}
    reason = "QUOTA_EXCEEDED" if scenario.quota == "reason" else None
    return Refusal(429, "Too many requests", reason, header)


def answer_to(refusal: Refusal, scenario: Scenario) -> Response:
    headers = dict(refusal.headers or {})
    if refusal.plain or scenario.plain_text_errors:
        return PlainTextResponse(refusal.message, refusal.status, headers)
    error: dict[str, object] = {"status": refusal.status, "message": refusal.message}
    if refusal.reason is not None:
        error["reason"] = refusal.reason
    return JSONResponse({"error": error}, refusal.status, headers)


def number(request: Request, name: str, default: int, *, least: int, most: int) -> int:
    """A whole number of the query. Raises Refusal in Spotify's words."""
    given = request.query_params.get(name)
    if given is None:
        return default
    if not given.isdecimal() or not least <= int(given[:9]) <= most:
        raise Refusal(400, f"Invalid {name}")
    return int(given)


def listed(request: Request, name: str, *, most: int) -> list[str]:
    """A list of the query, parted by commas. Raises Refusal where it is empty or too long."""
    values = [value for value in request.query_params.get(name, "").split(",") if value]
    if not values:
        raise Refusal(400, f"Missing required field: {name}")
    if len(values) > most:
        raise Refusal(400, f"Too many {name}: at most {most}")
    return values


async def body_of(request: Request) -> dict[str, object]:
    """The JSON object of a request, {} where there is no body. Raises Refusal."""
    if not await request.body():
        return {}
    try:
        body = await request.json()
    except ValueError as error:
        raise Refusal(400, "Error parsing JSON.") from error
    if not isinstance(body, dict):
        raise Refusal(400, "Error parsing JSON.")
    return body
