"""A smoke test of the shortest path through the system; each part has tests of its own."""

from tests.support.factories import EMBED, Acme


def test_a_merchant_connects_a_shop(acme: Acme) -> None:
    session = acme.session()
    bridge = session.bridge()
    assert bridge["config"] == {"apiKey": "key-1", "apiSecret": "secret-1"}
    assert [listed["id"] for listed in session.client.get(f"{EMBED}/bridges").data] == [bridge["id"]]
    assert acme.server.get("/api/embed/users").data[0]["bridge_count"] == 1
    assert acme.server.get("/api/v1/bridges").json["pagination"]["total"] == 1
    logged = [event["event_type"] for event in acme.server.get(f"{EMBED}/events").data]
    assert sorted(logged) == [
        "bridge.connected",
        "bridge.created",
        "config.created",
        "end_user.created",
        "session.created",
    ]
