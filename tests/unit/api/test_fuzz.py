"""Any JSON body, sent to every endpoint by an authorised caller, never causes an internal error.

Each body starts as the documented example, with ids of existing objects, so that it passes validation. Then parts are
replaced by difficult values.
"""

import copy
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import simplejson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.api.documents import openapi
from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth, Endpoint
from tests.support import world as make
from tests.support.factories import Acme
from tests.support.world import Path, World

WITH_BODY = [endpoint for endpoint in endpoints() if endpoint.body is not None]
EXAMPLES = 20
ABOUT: dict[str, Callable[[World], Path]] = {
    "bridges/{id}": make.bridge,
    "users/{id}": make.end_user,
    "webhooks/{id}": make.webhook,
    "rules/{id}": make.rule,
    "notifications/{id}": make.notification,
    "action-requests/{id}": make.request,
    "orders/{order_number}": make.number_of_a_changeable_order,
}
Place = tuple[str | int, ...]

ODD_TEXTS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ufeff",
    "\uffff",
    "\u202e",
    "😀" * 50,
    "é" * 3000,
    "null",
    "../..",
    "{id}",
    "%s%n",
]
TEXTS = st.sampled_from(ODD_TEXTS) | st.text(max_size=20)
NUMBERS = st.one_of(
    st.sampled_from([0, -1, 2**63, -(2**64), 10**299, Decimal("1E+299"), Decimal("1E-299"), Decimal("-0.0")]),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False).filter(lambda number: abs(number.adjusted()) < 300),
)
PLAIN = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """The path of every part of a value, starting with the value itself."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from places(part, (*at, name))


def replaced(whole: Any, changes: list[tuple[Place, Any]]) -> Any:
    """`whole` with the values at these paths, if they still exist."""
    changed = copy.deepcopy(whole)
    for at, value in changes:
        if not at:
            return value
        part = changed
        try:
            for name in at[:-1]:
                part = part[name]
            part[at[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    return changed


def example_of(endpoint: Endpoint, world: World) -> dict[str, Any]:
    operation = openapi()["paths"][endpoint.paths[0]][endpoint.method.lower()]
    body = dict(operation["requestBody"]["content"]["application/json"]["examples"]["example"]["value"])
    if "orderId" in body:
        body["orderId"] = make.order(world)["id"]
    if "shipmentId" in body:
        body["shipmentId"] = make.shipment(world)["id"]
    for name in ("url", "webhookUrl"):
        if name in body:
            body[name] = make.HOOK  # an IP address, so that no name is resolved
    if "key" in body and endpoint.auth is Auth.PUBLISHABLE_KEY:
        body["key"] = world.acme.publishable_key
    return body


def path_of(endpoint: Endpoint, world: World) -> str:
    made = [maker(world) for ending, maker in ABOUT.items() if ending in endpoint.path]
    # Of a task there is only the bridge.
    about = {"taskId": "01a21fcf-28b9-721c-a258-7f21387899f0", **(made[0] if made else {})}
    return endpoint.paths[0].format(**about)


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=lambda endpoint: endpoint.name)
def test_no_body_causes_an_internal_error(acme: Acme, endpoint: Endpoint) -> None:
    world = World.of(acme)
    client, path, good = world.rightful(endpoint), path_of(endpoint, world), example_of(endpoint, world)
    fields = [field.alias or name for name, field in endpoint.body.model_fields.items()] if endpoint.body else []
    anywhere = st.sampled_from([*places(good), *((name,) for name in fields)])

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(anywhere, VALUES), min_size=1, max_size=3))
    def send(changes: list[tuple[Place, Any]]) -> None:
        body = simplejson.dumps(replaced(good, changes), use_decimal=True)
        reply = client.call(endpoint.method, path, body)
        assert reply.status < 500, (body, reply.text)

    send()
