"""Writes docs/spending.md: what a request to each route may make the system spend, from the routes' declarations."""

from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth, Endpoint
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
HEAD = """# What a request may spend

Written by `make spending` from the routes' declarations (`limits` and `spends`, `chalicelib/http/spending.py`). Units
are DynamoDB's, at most: what a request usually takes is in [access patterns](access-patterns.md). A test fails for a
route without a bound, and for one whose requests in tests exceed it. The gateway's rates apply to all of them.
"""


def render() -> str:
    parts = [HEAD]
    for auth, (title, words) in CALLERS.items():
        rows = [_row(endpoint) for endpoint in endpoints() if endpoint.auth is auth]
        if rows:
            head = ("| route | limit | read units | write units | besides |", "|---|---|---|---|---|")
            parts.append("\n".join([f"## {title}\n\n{words}\n", *head, *rows, ""]))
    return "\n".join(parts)


def _row(endpoint: Endpoint) -> str:
    spends = endpoint.spends
    assert spends is not None, endpoint.name
    limits = ", ".join(f"{limit.max_requests} in {limit.seconds} s by {limit.by.value}" for limit in endpoint.limits)
    route = f"`{endpoint.method} {endpoint.paths[0]}`"
    return f"| {route} | {limits or '–'} | {spends.reads:,} | {spends.writes:,} | {spends.sends or '–'} |"


if __name__ == "__main__":
    PAGE.write_text(render())
