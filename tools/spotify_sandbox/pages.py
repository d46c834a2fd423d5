"""The pages of the stand-in and the files they need."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

HERE = Path(__file__).parent
STATIC = HERE / "static"
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
)
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'"


def page(name: str, *, status: int = 200, **known: object) -> HTMLResponse:
    """A template of `templates/`, filled; it may not hold code or style of its own."""
    html = TEMPLATES.get_template(name).render(**known)
    headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
    return HTMLResponse(html, status, headers)
