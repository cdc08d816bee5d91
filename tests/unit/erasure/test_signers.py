"""Erasing a customer takes who signed from their shipments, in whatever words the carrier reported it."""

from typing import Any

import pytest

from tests.support.erasures import erase, naming, order, run_cleanup, shipment
from tests.support.factories import EMBED
from tests.support.pipeline import Pipeline
from tests.support.storefront import Storefront

SIGNER = r"halvorsen|12 elm"
WORDS = [
    {"status": "delivered", "status_detail": "Signed by J HALVORSEN"},
    {"status": "Delivered to neighbour", "status_detail": "J HALVORSEN"},
    {"status": "Shipment delivered (J HALVORSEN)"},
    {"status": "info", "status_detail": "Signed for by J HALVORSEN"},
    {"status": "Zugestellt", "status_detail": "Unterschrift: J HALVORSEN"},
    {"status": "Entregado", "status_detail": "a J HALVORSEN"},
    {"status": "Livré", "status_detail": "Remis à J HALVORSEN"},
    {"status": "Objeto entregue", "status_detail": "J HALVORSEN"},
]


def signed(words: dict[str, str]) -> dict[str, Any]:
    place = {"location": "12 Elm St, Halvorsen", "city": "Reno", "country": "US"}
    first = {"status": "in_transit", "status_detail": "Left the depot", "checkpoint_time": "2026-01-15T08:00:00.000Z"}
    last = {**words, **place, "checkpoint_time": "2026-01-16T10:00:00.000Z"}
    late = {"status": "Signature: J HALVORSEN", **place, "checkpoint_time": "2026-01-16T11:00:00.000Z"}
    return {**shipment(), "status": "in_transit", "checkpoints": [first, last, late]}


@pytest.mark.parametrize("words", WORDS)
def test_it_takes_the_words_of_the_delivery(shop: Storefront, words: dict[str, str]) -> None:
    pipeline = Pipeline()
    shop.sync([order()], [signed(words)])
    assert naming(SIGNER)
    erase(shop)
    run_cleanup(pipeline)
    assert naming(SIGNER) == []
    (row,) = shop.session.client.get(f"{EMBED}/shipments").data
    points = shop.session.client.get(f"{EMBED}/shipments/{row['id']}").data["checkpoints"]
    assert points[0]["status_detail"] == "Left the depot"
    assert [(point["status"], point["city"]) for point in points[1:]] == [("delivered", "Reno")] * 2


@pytest.mark.parametrize("words", WORDS)
def test_no_sync_brings_them_back_or_repeats_a_checkpoint(shop: Storefront, words: dict[str, str]) -> None:
    shop.sync([order()], [signed(words)])
    erase(shop)
    run_cleanup(Pipeline())
    shop.sync([order(status="shipped")], [{**signed(words), "service": "ground"}])
    shop.sync([], [{**signed(words), "status": "delivered"}])
    assert naming(SIGNER) == []
    (row,) = shop.session.client.get(f"{EMBED}/shipments").data
    assert len(shop.session.client.get(f"{EMBED}/shipments/{row['id']}").data["checkpoints"]) == 3


@pytest.mark.parametrize("words", WORDS)
def test_a_shipment_that_arrives_later_comes_without_them(shop: Storefront, words: dict[str, str]) -> None:
    shop.sync([order()])
    erase(shop)
    run_cleanup(Pipeline())
    shop.sync([], [signed(words)])
    assert naming(SIGNER) == []


@pytest.mark.parametrize("words", WORDS)
def test_tracking_and_the_public_view_never_show_them(shop: Storefront, words: dict[str, str]) -> None:
    shop.sync([order()], [signed(words)])
    (row,) = shop.session.client.get(f"{EMBED}/shipments").data
    tracking = shop.session.client.get(f"{EMBED}/tracking/{row['id']}").data
    page = shop.session.client.post(f"{EMBED}/tracking-pages", {"shipmentId": row["id"]}).data
    public = shop.client.get(f"{EMBED}/tracking-pages/view/{page['token']}").data
    people = shop.client.get(f"/t/{page['token']}")
    assert people.status == 200
    for text in (str(tracking), str(public), people.text):
        assert "halvorsen" not in text.lower()
        assert "12 elm" not in text.lower()
    for shown in (tracking, public):
        first, *rest = shown["checkpoints"]
        assert first["status_detail"] == "Left the depot"
        for point in rest:
            assert (point["status"], point["status_detail"], point["location"]) == ("delivered", "Delivered", None)
            assert (point["city"], point["country"]) == ("Reno", "US")
