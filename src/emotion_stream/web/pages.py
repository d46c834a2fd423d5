"""The pages of the server, rendered from `templates/` with what is known at the time."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from emotion_stream import __version__
from emotion_stream.emotions import LEAST_LEAD
from emotion_stream.errors import EmotionStreamError, ModelError
from emotion_stream.web.services import RecognizerInfo, services_of, spotify_in_page
from emotion_stream.web.static_files import StaticFiles

# What the report of a model says about it, for the page: only about the very file in use.

log = logging.getLogger(__name__)

PACKAGE = Path(__file__).parents[1]
# In the wheel the reports lie beside the model; in a checkout where they were written.
FOLDERS = (PACKAGE / "assets" / "reports", PACKAGE.parents[1] / "docs" / "reports")


def report_figures(
    model: RecognizerInfo, folders: Sequence[Path] = FOLDERS
) -> Mapping[str, str] | None:
    """The main findings in words, or None without a report of exactly this file."""
    for folder in folders:
        try:
            report = json.loads((folder / model.version / "report.json").read_bytes())
            if report["shipped"]["sha256"] == model.sha256:
                return _in_words(report["findings"])
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the report of model %s cannot be read: %r", model.version, error)
    return None


def _in_words(findings: Any) -> dict[str, str]:  # Any: JSON as it comes
    uar, sure = findings["uar"], findings["sure"]
    low, high = uar["interval_95"]
    return {
        "Unweighted average recall (UAR)": f"{uar['mean_over_folds']:.0%} "
        f"(95% interval {low:.0%} to {high:.0%})",
        "Accuracy": f"{findings['accuracy']:.0%}",
        f"Accuracy where it is sure ({sure['coverage']:.0%} of the recordings)": (
            f"{sure['accuracy']:.0%}"
        ),
        "Speakers": str(findings["speakers"]),
        "Recordings": str(findings["utterances"]),
    }


# Every template gets `request`, `version` (of the program), `static("js/app.js")` (the address of
# a file of the page), `has_file` (whether it is there), `page` (`index`, `settings`, `spotify`,
# `about`, `help_now` or `error`) and `spotify` (whether its players may be loaded). Besides these:
#
# | template        | address     | gets                                              |
# |-----------------|-------------|---------------------------------------------------|
# | `index.html`    | `/`         | `max_upload_mb`                                   |
# | `settings.html` | `/settings` |                                                   |
# | `spotify.html`  | `/spotify`  | `dashboard`, `apps`: addresses at Spotify         |
# | `about.html`    | `/about`    | `model`, `model_problem`, `least_lead`, `report`  |
# | `help_now.html` | `/help-now` | `checked_on`, `emergency`, `directories`          |
# | `error.html`    | any         | `error`: the sentence, with `.code` and `.status` |
#
# `model` is the recogniser's info (`version`, `labels`, `corpora`, `licence`, ...) or None, and
# then `model_problem` is a sentence; `report` holds figures of the model's report or is None.
# `checked_on` is a date; `emergency` and `directories` are lists of `HelpEntry`.

TEMPLATES = Path(__file__).parent / "templates"
SPOTIFY_DASHBOARD = "https://developer.spotify.com/dashboard"
SPOTIFY_APPS = "https://www.spotify.com/account/apps/"
HELP_LINES = Path(__file__).parent / "data" / "help_lines.json"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class HelpEntry:
    """A number to call or a directory to open. `call` is None where there is only a page."""

    name: str
    what: str
    link: str | None
    call: str | None


@dataclass(frozen=True)
class HelpLines:
    checked_on: date
    emergency: Sequence[HelpEntry]
    directories: Sequence[HelpEntry]


def read_help_lines(path: Path = HELP_LINES) -> HelpLines:
    """The one file of crisis lines, with the day somebody last checked it."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return HelpLines(
        date.fromisoformat(data["checked_on"]),
        [HelpEntry(**entry) for entry in data["emergency"]],
        [HelpEntry(**entry) for entry in data["directories"]],
    )


def page_environment(assets: StaticFiles) -> Environment:
    """Templates that escape what they show and fail on a name that is not there."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "static": assets.url,
        "has_file": assets.files.__contains__,
        "version": __version__,
    }
    return environment


def render(request: Request, page: str, *, status: int = 200, **context: object) -> HTMLResponse:
    template = request.app.state.pages.get_template(f"{page}.html")
    spotify = spotify_in_page(request.app) is not None
    html = template.render(request=request, page=page, spotify=spotify, **context)
    return HTMLResponse(html, status_code=status)


def error_page(request: Request, error: EmotionStreamError) -> HTMLResponse:
    return render(request, "error", status=error.status, error=error)


@router.api_route("/", methods=["GET", "HEAD"])
async def index(request: Request) -> HTMLResponse:
    largest = services_of(request).settings.max_upload_mb
    return render(request, "index", max_upload_mb=largest)


@router.api_route("/settings", methods=["GET", "HEAD"])
async def settings(request: Request) -> HTMLResponse:
    return render(request, "settings")


@router.api_route("/spotify", methods=["GET", "HEAD"])
async def spotify(request: Request) -> HTMLResponse:
    return render(request, "spotify", dashboard=SPOTIFY_DASHBOARD, apps=SPOTIFY_APPS)


@router.api_route("/about", methods=["GET", "HEAD"])
async def about(request: Request) -> HTMLResponse:
    heard = services_of(request).recognizer
    model, problem = (None, str(heard)) if isinstance(heard, ModelError) else (heard.info, None)
    report = None if model is None else await anyio.to_thread.run_sync(report_figures, model)
    return render(
        request,
        "about",
        model=model,
        model_problem=problem,
        least_lead=LEAST_LEAD,
        report=report,
    )


@router.api_route("/help-now", methods=["GET", "HEAD"])
async def help_now(request: Request) -> HTMLResponse:
    lines = read_help_lines()
    return render(
        request,
        "help_now",
        checked_on=lines.checked_on,
        emergency=lines.emergency,
        directories=lines.directories,
    )
