"""Erasing a customer redacts every text that a sync can send, whichever field names them."""

from collections.abc import Callable

from chalicelib.orders.record import OrderRecord
from chalicelib.privacy import fields
from chalicelib.privacy.fields import Privacy, Table
from chalicelib.shipments.record import ShipmentRecord
from tests.support.erasures import EMAIL, PERSON, erase, naming, run_cleanup
from tests.support.pipeline import Pipeline
from tests.support.records import filled, handling_of
from tests.support.storefront import Storefront

SAYS = f"Jane Doe <{EMAIL}>"
OF_CUSTOMER = {"customer.name": "Jane Doe", "customer.email": EMAIL, "customer.phone": "+1 555 0100"}
NAMES_NOBODY = {
    Privacy.ADDRESS: ("Reno", {"city", "state", "zip", "country"}),  # the place stays
    Privacy.SENDER: ("Reno", {"city", "state", "zip", "country"}),
    Privacy.SAFE: ("kg", {"unit"}),
}
"""Fields that no erasure redacts, by handling, and what they say here."""


def texts(table: Table) -> Callable[[str], str]:
    def text(path: str) -> str:
        handling = handling_of(table, path)
        harmless, names = NAMES_NOBODY.get(handling, ("", set()))
        if path.rpartition(".")[2] in names:
            return harmless
        # A label identifies something, so it loses e-mail addresses only.
        return OF_CUSTOMER.get(path) or (EMAIL if handling is Privacy.LABEL else SAYS)

    return text


def test_nothing_names_the_customer(shop: Storefront) -> None:
    order = {"external_id": "o-1", **filled(OrderRecord, texts(fields.ORDER))}
    shipment = {"external_id": "s-1", "order_external_id": "o-1", **filled(ShipmentRecord, texts(fields.SHIPMENT))}
    pipeline = Pipeline()
    assert shop.sync([order], [shipment])["warnings"] == []
    assert naming(PERSON)

    erase(shop)
    run_cleanup(pipeline)

    assert naming(PERSON) == []
