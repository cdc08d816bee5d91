"""Syncs records whose every text is at its full length."""

from tests.support.factories import EMBED, Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, order, shipment

CHARACTERS = {
    "four bytes": "😀",
    "longer in lower case": "İ",
    "longer without case": "ΐ",
    "longer normalised": "ﷺ",
    "zero": "\x00",
    "separator of search entries": "\x1f",
    "separator of keys": "#",
    "highest": "\U0010ffff",
    "combining": "\u0301",
    "right to left": "\u202e",
    "bracket": "[",
    "percent": "%",
}


def sync_full_texts(acme: Acme, character: str) -> None:
    """Raises AssertionError where a text of this character costs anything."""
    merchant, text = Merchant.of(acme), character * 255
    address = dict.fromkeys(("name", "city", "state", "zip", "country", "phone"), text)
    sent = order(
        external_id=text,
        order_number=text,
        customer={"name": text, "email": text, "phone": text},
        line_items=[{"sku": text, "title": text, "image_url": f"https://img.example/{text}"}],
        shipping_address=address,
        billing_address=address,
        tags=[text],
        notes=text,
    )
    checkpoint = dict.fromkeys(
        ("status_detail", "location", "city", "state", "country", "postal_code", "carrier_status_code"), text
    )
    moved = shipment(
        external_id=text,
        order_external_id=text,
        tracking_number=text,
        carrier=text,
        service=text,
        ship_to=address,
        weight={"value": 1, "unit": text},
        checkpoints=[{**checkpoint, "status": character * 200, "checkpoint_time": "2026-05-01"}],
    )
    for outcome in ("created", "unchanged"):
        answer = merchant.sync(sent, order(2), shipments=[moved, shipment(2)])
        assert (answer["errors"], answer["warnings"]) == ([], [])
        assert (answer["orders"], answer["shipments"]) == (counted(**{outcome: 2}), counted(**{outcome: 2}))
    unlinked = shipment(3, external_id=f"{text[:-1]}3", order_external_id=text[:-1])
    assert merchant.sync(shipments=[unlinked])["shipments"] == counted(created=1)
    assert merchant.sync(order(external_id=text[:-1]))["orders"] == counted(created=1)
    changed = {"external_id": text, "tracking_number": "1Z", "carrier": "UPS", "order_external_id": None}
    assert merchant.sync(shipments=[changed])["shipments"] == counted(updated=1)
    check(merchant)
    for listed in merchant.shipments()["data"]:
        assert merchant.client.get(f"{EMBED}/tracking/{listed['id']}").status == 200
