"""Calls of a running stack, for end-to-end tests."""

import time
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

import requests

from local.stack import Stack

T = TypeVar("T")
PATIENCE_S = 90


class Caller:
    def __init__(self, base_url: str, token: str) -> None:
        self.base_url = f"{base_url}/api/v1/embed"
        self.token = token
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        reply = self.http.request(method, f"{self.base_url}{path}", json=body, timeout=60)
        assert reply.ok, reply.text
        return reply.json()


def eventually(look: Callable[[], T], holds: Callable[[T], bool]) -> T:
    """The result of `look` once it holds. The cloud runs the functions in its own time."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        seen = look()
        if holds(seen) or time.monotonic() > deadline:
            return seen
        time.sleep(0.1)


def emails(stack: Stack, to: str) -> list[dict[str, Any]]:
    """The e-mails sent to that address so far, oldest first, read in the documented way."""
    answer = requests.get(f"{stack.environment['AWS_ENDPOINT_URL']}/_ministack/ses/messages", timeout=10)
    sent = [email for box in answer.json()["messages"].values() for email in box]
    return [email for email in sent if email["To"] == [to]]


def organization(stack: Stack, name: str, features: list[str]) -> Caller:
    """A new organization with these features: a caller with its API key."""
    printed = dict(line.split()[:2] for line in stack.command("org", "--name", name).splitlines())
    caller = Caller(stack.base_url, printed["api_key"])
    slug = f"{name.lower()}-{uuid.uuid4().hex[:8]}"
    caller("PATCH", "/config", {"slug": slug, "enabled_features": features})
    return caller
