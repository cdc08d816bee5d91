"""A small HTTP server for the demo services: JSON and HTML responses, and one line on the terminal per action."""

import json
import os
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit


class SavedData:
    """What a demo service keeps, in one JSON file."""

    def __init__(self, file: Path | None, new: dict[str, Any]) -> None:
        """`new`: what a service without a file begins with."""
        self._file = file
        self.lock = threading.RLock()
        self.data = new
        if file is not None and file.exists():
            self.data |= json.loads(file.read_text())
        self.save()

    def save(self) -> None:
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            written = self._file.with_suffix(".new")
            written.write_text(json.dumps(self.data))
            written.replace(self._file)


class Handler(BaseHTTPRequestHandler):
    """Each `do_GET`, `do_POST`, … calls one of the `respond` methods or `redirect`."""

    protocol_version = "HTTP/1.1"
    name: ClassVar[str]

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    @property
    def route(self) -> str:
        return urlsplit(self.path).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body().decode()))

    def respond(self, status: HTTPStatus, content: bytes, content_type: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def respond_json(self, value: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.respond(status, json.dumps(value, indent=2).encode(), "application/json")

    def respond_page(self, html: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        page = f"<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>{html}"
        self.respond(status, page.encode(), "text/html; charset=utf-8")

    def redirect(self, location: str) -> None:
        self.respond(HTTPStatus.SEE_OTHER, b"", "text/plain", Location=location)

    def report(self, text: str) -> None:
        # One write, so that lines of concurrent requests do not mix.
        print(f"[{self.name}] {text}\n", end="", flush=True)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
        """No access log: `report` prints what matters."""


def end_with_parent() -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


def serve(handler: type[Handler], port: int) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    threading.Thread(target=end_with_parent, daemon=True).start()
    server.serve_forever()
