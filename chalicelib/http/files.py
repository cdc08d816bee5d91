"""Static text files as responses that any page may load and cache."""

import hashlib
from functools import cache
from pathlib import Path

from chalicelib.http.request import RequestInfo
from chalicelib.http.responses import Response

HTML = "text/html; charset=utf-8"
JAVASCRIPT = "text/javascript; charset=utf-8"
IMMUTABLE = "public, max-age=31536000, immutable"
"""For a name that changes with the content."""


@cache
def _read(path: Path) -> tuple[str, str]:
    """The text of a file and its ETag."""
    text = path.read_text(encoding="utf-8")
    return text, f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def send_file(info: RequestInfo, path: Path, content_type: str, cache_control: str) -> Response:
    """The file, or a 304 if the client has it."""
    text, etag = _read(path)
    headers = {"ETag": etag, "Cache-Control": cache_control, "Cross-Origin-Resource-Policy": "cross-origin"}
    known = [tag.strip().removeprefix("W/") for tag in info.headers.get("if-none-match", "").split(",")]
    if etag in known or known == ["*"]:
        return Response("", 304, headers, content_type)
    return Response(text, headers=headers, content_type=content_type)
