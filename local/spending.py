"""Writes docs/spending.md: what requests and runs may make the system spend, from what routes and functions declare."""

from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth, Endpoint
from infra.system import FUNCTIONS, Function
from local.places import ROOT

PAGE = ROOT / "docs" / "spending.md"
CALLERS = {
    Auth.PUBLIC: ("Anyone", "Nobody is known. The gateway throttles each of these routes (`GuestRequestsPerSecond`)."),
    Auth.PUBLISHABLE_KEY: ("Anyone with the publishable key", "Everybody has the key, so callers are strangers."),
    Auth.SHOP: ("Shoppers without a session", "The publishable key only says which shop they mean."),
    Auth.CUSTOMER: ("Shoppers with a session", "The organization's server created the session."),
    Auth.SESSION: ("End users", "Changes count by end user; those of unverified sessions by address."),
    Auth.API_KEY: ("The organization's server", "The gateway's `RequestsPerSecond` is the limit."),
    Auth.API_KEY_OR_SERVICE: ("The organization's server, or a bridge service", "The same."),
    Auth.SERVICE: ("A bridge service", "The same."),
}
HEAD = """# What requests and runs may spend

Written by `make spending` from the declarations of routes (`limits` and `spends`, `chalicelib/http/spending.py`) and of
functions (`spends`, `infra/system.py`). Units are DynamoDB's, at most: what a request usually takes is in
[access patterns](access-patterns.md). A test fails for a route or function without a bound, and for one that exceeds it
in any unit test. The gateway's rates apply to all routes.
"""
RUNS = """## Queues, stream and schedules

What nobody waits for. A run takes up to so many units of work, and for each of them, at most:

| function | units of work in a run | read units | write units | messages | letters | calls outward | because of |
|---|---|---|---|---|---|---|---|
"""


def render() -> str:
    parts = [HEAD]
    for auth, (title, words) in CALLERS.items():
        rows = [_row(endpoint) for endpoint in endpoints() if endpoint.auth is auth]
        if rows:
            head = ("| route | limit | read units | write units | besides |", "|---|---|---|---|---|")
            parts.append("\n".join([f"## {title}\n\n{words}\n", *head, *rows, ""]))
    return "\n".join([*parts, RUNS + "".join(f"{_run(each)}\n" for each in FUNCTIONS if each.spends is not None)])


def _run(function: Function) -> str:
    spends = function.spends
    assert spends is not None, function.name
    numbers = " | ".join(f"{number:,}" for number in (spends.reads, spends.writes, spends.messages, spends.letters))
    most = f"{spends.most:,} × {spends.of}"
    return f"| `{function.name}` | {most} | {numbers} | {spends.calls or '–'} | {spends.why or '–'} |"


def _row(endpoint: Endpoint) -> str:
    spends = endpoint.spends
    assert spends is not None, endpoint.name
    limits = ", ".join(f"{limit.max_requests} in {limit.seconds} s by {limit.by.value}" for limit in endpoint.limits)
    route = f"`{endpoint.method} {endpoint.paths[0]}`"
    return f"| {route} | {limits or '–'} | {spends.reads:,} | {spends.writes:,} | {spends.sends or '–'} |"


if __name__ == "__main__":
    PAGE.write_text(render())
