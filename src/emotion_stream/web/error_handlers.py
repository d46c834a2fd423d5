"""Every failure leaves the server in one shape, as JSON or as a page, and the server lives on."""

from __future__ import annotations

import asyncio
import logging
import secrets
import traceback
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emotion_stream.errors import (
    Busy,
    EmotionStreamError,
    Internal,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
    UploadStalled,
)
from emotion_stream.store.database import quotes_rows
from emotion_stream.web.pages import error_page
from emotion_stream.web.services import services_of

log = logging.getLogger(__name__)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
CLIENT_CLOSED_REQUEST = 499  # as nginx logs it; no RFC has a number for it


class ErrorBoundary:
    """The outermost edge: what nobody caught is logged under a reference, and answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        # Cancelled: the server is being stopped, and whoever waits is told so.
        except (Exception, asyncio.CancelledError) as error:
            answer = error_response(Request(scope), error)
            if started:
                raise  # half an answer is out: only closing the connection tells the client
            await answer(scope, receive, send)


def add_error_handlers(app: FastAPI) -> None:
    """Answer what the framework raises in our shape too."""

    async def handle(request: Request, error: Exception) -> Response:
        return error_response(request, error)

    for kind in (EmotionStreamError, HTTPException, RequestValidationError, ClientDisconnect):
        app.add_exception_handler(kind, handle)


def error_response(request: Request, error: BaseException) -> Response:
    """The answer to a failure: JSON, or a page where a browser navigates outside the API.

    Its detail is for who sits at this machine; for all others it is in the log.
    """
    if isinstance(error, ClientDisconnect):
        return Response(status_code=CLIENT_CLOSED_REQUEST)  # for the log; nobody reads it
    ours = spoken(request, error)
    if ours.detail:
        log.warning("%s: %s", ours.code, ours.in_full)
        if services_of(request).is_here(request):
            ours = type(ours)(ours.in_full, retry_after_s=ours.retry_after_s)
    response = (
        error_page(request, ours)
        if _is_navigation(request)
        else JSONResponse(ours.as_dict(), status_code=ours.status)
    )
    headers = MutableHeaders(raw=response.raw_headers)
    if ours.retry_after_s is not None:
        headers["retry-after"] = str(ours.retry_after_s)
    if ours.status == UploadStalled.status:
        headers["connection"] = "close"  # RFC 9110, section 15.5.9
    if ours.status == MethodNotAllowed.status:
        headers["allow"] = ", ".join(allowed_methods(request))
    return response


def allowed_methods(request: Request) -> list[str]:
    """What an address takes, over all routes: the framework names those of the first one only."""
    scope = {**request.scope, "path_params": {}}
    return [
        method
        for method in METHODS
        if any(
            route.matches({**scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
        )
    ]


def spoken(request: Request, error: BaseException) -> EmotionStreamError:
    """Any failure as one of ours; an unknown one becomes Internal, with its details in the log."""
    if isinstance(error, EmotionStreamError):
        if error.status == Internal.status:
            log.error("%s: %s", error.code, error, exc_info=error)
        return error
    if isinstance(error, RequestValidationError):
        return InvalidRequest(_first_complaint(error.errors()))
    if isinstance(error, HTTPException):
        return _of_framework(request, error)
    if isinstance(error, asyncio.CancelledError):
        return Busy("The server is being stopped. Try again when it is back.", retry_after_s=10)
    reference = secrets.token_hex(4)
    _log_mistake(reference, error)
    return Internal(
        f"Something went wrong on the server. Its log has the details under reference {reference}."
    )


def _log_mistake(reference: str, error: BaseException) -> None:
    if quotes_rows(error):
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("internal error %s: %s\n%s", reference, type(error).__name__, where)
    else:
        log.error("internal error %s", reference, exc_info=error)


def _of_framework(request: Request, error: HTTPException) -> EmotionStreamError:
    if isinstance(error.__cause__, EmotionStreamError):
        return error.__cause__  # raised while the framework read the body
    if error.status_code == NotFound.status:
        return NotFound(f"Nothing lives at {request.url.path[:200]}.")
    if error.status_code == MethodNotAllowed.status:
        return MethodNotAllowed(f"{request.url.path[:200]} does not take {request.method[:20]}.")
    return InvalidRequest(f"The request cannot be read: {error.detail}.")


def _first_complaint(complaints: Sequence[Any]) -> str:  # Any: pydantic's error dictionaries
    complaint = complaints[0]
    if complaint["type"] == "json_invalid":
        return "The body is not JSON; send an object as the API description shows."
    if complaint["loc"] == ("body",) and complaint["type"] == "model_attributes_type":
        return "The body is not a JSON object sent as application/json."
    where = ".".join(str(part) for part in complaint["loc"][1:]) or str(complaint["loc"][0])
    return f"{where[:100]}: {complaint['msg'].removeprefix('Value error, ')[:300]}."


def _is_navigation(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(
        "/api/"
    )
