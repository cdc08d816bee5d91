"""Anyone can invent a cursor. It only leads further down the caller's own list."""

from base64 import urlsafe_b64encode

import pytest

from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Auth, Endpoint
from chalicelib.http.pagination import PageQuery
from tests.support import world as make
from tests.support.factories import EMBED, Acme
from tests.support.world import NUMBER, World

INVENTED = ["~", "#", "BR#", "CONFIG", "KEY#~", "2026", "\x00", "\uffff"]
PAGED = [e for e in endpoints() if e.query is not None and issubclass(e.query, PageQuery) and "{" not in e.path]


@pytest.fixture
def world(acme: Acme) -> World:
    world = World.of(acme)
    # Every list has rows, for both organizations and both end users.
    make.request(world)
    make.page(world)
    make.notification(world)
    make.organization_delivery(world)
    disabled = make.webhook(world)["id"]
    assert world.owner.client.patch(f"{EMBED}/webhooks/{disabled}", {"isActive": False}).status == 200
    for session in (world.neighbour, world.strangers_user):
        session.bridge()
    return world


@pytest.mark.parametrize("endpoint", PAGED, ids=lambda endpoint: endpoint.name)
def test_invented_cursors_reveal_nothing_outside_the_list(world: World, endpoint: Endpoint) -> None:
    client = world.owner.client if endpoint.auth is Auth.SESSION else world.acme.server
    assert endpoint.query is not None
    owner = f"end_user_id={world.owner.end_user_id}&" if "end_user_id" in endpoint.query.model_fields else ""
    number = endpoint.query.model_fields.get("order_number")
    order = f"order_number={NUMBER}&" if number and number.is_required() else ""
    state = "state=disabled&" if "state" in endpoint.query.model_fields else ""
    path = f"{endpoint.paths[0]}?{owner}{order}{state}"
    rows = client.get(f"{path}limit=100").data
    assert rows
    for text in INVENTED:
        cursor = urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
        reply = client.get(f"{path}cursor={cursor}")
        assert reply.status == 200 or reply.fields == ["cursor"], reply.text
        assert reply.status != 200 or all(row in rows for row in reply.data)
