"""The files of the page, under an address that changes when any of them does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse

from emotion_stream.errors import NotFound
from emotion_stream.web.file_response import forget_range

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"

# Fixed here, because the tables of operating systems differ and modules need the exact type.
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".opus": "audio/ogg",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wav": "audio/wav",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class StaticFiles:
    """Files by their path below the folder; only what is listed here can be asked for.

    One version for all of them: ES modules import each other by relative addresses, so they must
    change together.
    """

    version: str
    files: dict[str, Path]

    def url(self, path: str) -> str:
        """The address of a file, for templates. Raises NotFound for one that is not there."""
        if path not in self.files:
            raise NotFound(f"The page has no file {path}.")
        return f"/static/{self.version}/{path}"

    async def serve(self, request: Request) -> FileResponse:
        """Answer `/static/{version}/{path}`. Raises NotFound, also for another version."""
        path = request.path_params["path"]
        if request.path_params["version"] != self.version or path not in self.files:
            raise NotFound(f"The page has no file {path[:100]}. Reload it to get the newest one.")
        forget_range(request)
        file = self.files[path]
        kind = MEDIA_TYPES.get(file.suffix, "application/octet-stream")
        return FileResponse(file, media_type=kind, headers={"cache-control": FOR_EVER})


def read_static_files(folder: Path = FOLDER) -> StaticFiles:
    """List the files of a folder and hash their names and bytes."""
    files = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    digest = hashlib.sha256()
    for name, path in files.items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return StaticFiles(digest.hexdigest()[:12], files)
