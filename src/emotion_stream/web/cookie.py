"""The session cookie: read, set and taken back in one place."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Response

NAME = "es_session"
ONE_YEAR_S = 365 * 24 * 3600


def token_of(request: Request) -> str | None:
    return request.cookies.get(NAME)


def give(response: Response, token: str, *, secure: bool) -> None:
    response.set_cookie(
        NAME, token, max_age=ONE_YEAR_S, httponly=True, samesite="lax", secure=secure
    )


def take_back(response: Response, *, secure: bool) -> None:
    response.delete_cookie(NAME, httponly=True, samesite="lax", secure=secure)


Token = Annotated[str | None, Depends(token_of)]
