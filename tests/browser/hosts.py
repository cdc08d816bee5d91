"""Pages of other origins that show the components, with the API in process."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Response, Route

from tests.support.gateway import Client, Reply

API = "https://api.example.com"
PAGE = "https://merchant.example/"
STRICT = (
    f"default-src 'none'; script-src {API}; connect-src {API}; require-trusted-types-for 'script'; "
    "trusted-types lit-html; base-uri 'none'; form-action 'none'"
)
"""Allows the components' files and calls, and nothing inline."""
NOT_SENT = ("content-length", "accept-encoding")


class Host:
    """One browser. What it logs, requests and stores is kept to be looked at."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.errors: list[str] = []
        self.requested: list[str] = []
        self.methods: list[str] = []
        self.refused: list[str] = []
        self.failing: Callable[[Route], bool] = lambda route: False
        """Answers a call in the place of the API if it returns True."""
        context.route("**/*", self._answer)
        self.tab: Page = context.new_page()
        self.tab.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self._page: tuple[str, dict[str, str]] = ("", {})

    def open(self, body: str, policy: str | None = None, script: str = "") -> Page:
        """A page with the components' module, `body`, and a script of the page's own after it."""
        own = f'<script type="module">{script}</script>' if script else ""
        module = f'<script type="module" src="{API}/embed.js"></script>'
        html = f'<!doctype html><html lang="en"><title>Host</title>{own}{body}{module}'
        self._page = (html, {"Content-Security-Policy": policy} if policy else {})
        self.tab.goto(PAGE)
        return self.tab

    def go(self, path: str) -> Response | None:
        """A page of the API's own."""
        return self.tab.goto(API + path)

    def _answer(self, route: Route) -> None:
        request = route.request
        self.requested.append(request.url)
        self.methods.append(request.method)
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != API:
            html, headers = self._page
            route.fulfill(status=200, headers={"Content-Type": "text/html; charset=utf-8", **headers}, body=html)
            return
        if self.failing(route):
            return
        reply = self.call(route)
        if reply.status in (401, 403):
            self.refused.append(f"{request.method} {parts.path}: {reply.text}")
        route.fulfill(status=reply.status, headers=reply.headers, body=reply.text)

    def call(self, route: Route) -> Reply:
        """What the API answers."""
        request, parts = route.request, urlsplit(route.request.url)
        headers = {name: value for name, value in request.headers.items() if name not in NOT_SENT}
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return Client().call(request.method, path, request.post_data, **headers)
