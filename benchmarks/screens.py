"""First rows of the merchants' screens in a browser, on a running local stack (`make run`), on a slow processor.

The browser's cache is warm, the functions are, and every visit opens a page of its own: the documented page with one
script tag, and the portal. A row counts when the browser has painted it.
"""

import argparse
import gzip
import json
import os
import shutil
import statistics
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from infra.screens import STATIC
from local.places import ROOT

VISITS = 5
SLOW_DOWN = 4
GOAL_S = 1.0
TIMEOUT_MS = 20_000
MAX_KB = 60
SCOPES = [
    "bridges:write",
    "orders:read",
    "shipments:read",
    "tracking:read",
    "actions:write",
    "alerts:write",
    "webhooks:write",
]
# Times count from the start of the navigation. Two frames after the first row is in the document, it is painted.
WATCH = """
window.firstRow = new Promise((resolve) => {
  const rowIn = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === 'tr' && element.classList.contains('open')) return true;
      if (element.shadowRoot && rowIn(element.shadowRoot)) return true;
    }
    return false;
  };
  const look = () => {
    if (rowIn(document)) requestAnimationFrame(() => resolve(performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"""


PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Orders</title>
<script type="module" src="{base}/embed.js"></script>
<orderly-embed session-token="{token}"><orderly-orders></orderly-orders></orderly-embed>
</html>
"""


class Merchant(BaseHTTPRequestHandler):
    """The merchant's page, on another origin than the stack."""

    html = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.html)

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=Path, default=ROOT / ".local/demo.json", help="the stack's demo.json")
    demo = json.loads(parser.parse_args().demo.read_text())
    size = size_of_one_language()
    print(f"one language, gzipped: {size / 1024:.1f} KB (at most {MAX_KB})")
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    results = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for name in ("components", "portal"):
            results[name] = measure(browser, demo, name)
            spread = ", ".join(f"{seconds:.2f}" for seconds in results[name])
            print(f"{name}: first rows after {statistics.median(results[name]):.2f} s (median of {spread})")
        browser.close()
    slowest = max(map(statistics.median, results.values()))
    if slowest > GOAL_S or size > MAX_KB * 1024:
        sys.exit(f"goal missed: first rows within {GOAL_S} s, {MAX_KB} KB")


def size_of_one_language() -> int:
    loader = (STATIC / "embed.js").read_text()
    loaded = [loader.encode(), *(file.read_bytes() for file in (STATIC / "assets").iterdir() if file.name in loader)]
    return sum(len(gzip.compress(content, 9, mtime=0)) for content in loaded)


def measure(browser: Browser, demo: dict[str, str], name: str) -> list[float]:
    """Seconds of each visit, after one that warms cache and functions."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Merchant)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    seconds = [visit(context, demo, name, server.server_port) for _ in range(VISITS + 1)][1:]
    context.close()
    server.shutdown()
    server.server_close()
    return seconds


def visit(context: BrowserContext, demo: dict[str, str], name: str, port: int) -> float:
    session = create_session(demo)
    base = demo["base_url"]
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW_DOWN})
    page.add_init_script(WATCH)
    if name == "portal":
        page.goto(session["portalUrl"], wait_until="commit")
    else:
        Merchant.html = PAGE.format(base=base, token=session["token"]).encode()
        page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
    late = f"new Promise((_, reject) => setTimeout(reject, {TIMEOUT_MS}))"
    painted = float(page.evaluate(f"Promise.race([window.firstRow, {late}])"))
    page.close()
    return painted / 1000


def create_session(demo: dict[str, str]) -> dict[str, str]:
    request = urllib.request.Request(  # noqa: S310 - the local stack
        f"{demo['base_url']}/api/v1/embed/sessions",
        data=json.dumps({"externalId": "merchant-1", "scopes": SCOPES}).encode(),
        headers={"Authorization": f"Bearer {demo['api_key']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:  # noqa: S310
        created: dict[str, str] = json.load(response)["data"]
    return created


if __name__ == "__main__":
    main()
