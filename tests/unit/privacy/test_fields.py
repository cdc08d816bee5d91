"""The table of personal data knows every field of every record and of every stored item."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

import pytest
from pydantic import BaseModel

import chalicelib
from chalicelib.orders import shape as orders
from chalicelib.orders.record import LineItemRecord, OrderRecord
from chalicelib.orders.store import OrderDetailItem, OrderItem
from chalicelib.privacy import fields
from chalicelib.privacy.fields import Privacy, Table
from chalicelib.privacy.redaction import ERASED, PERSONAL_ADDRESS_FIELDS, Traces
from chalicelib.records.record import AddressRecord, Record
from chalicelib.shipments import shape as shipments
from chalicelib.shipments.record import CheckpointRecord, ShipmentRecord
from chalicelib.shipments.store import ShipmentDetailItem, ShipmentItem
from chalicelib.table.items import Item
from tests.support.records import free_texts, handling_of

JANE = Traces(["jane@example.com"], ["Jane Doe"])
SAYS = "Jane Doe <jane@example.com>"

SAFE_TEXTS = {"weight.unit": "such as kg or lb", "dimensions.unit": "such as cm or in"}


def item_classes() -> list[type[Item]]:
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        importlib.import_module(module.name)
    return sorted(_subclasses(Item), key=lambda item: item.__name__)


def _subclasses(base: type[Item]) -> Iterator[type[Item]]:
    for subclass in base.__subclasses__():
        if subclass.__subclasses__():
            yield from _subclasses(subclass)
        elif subclass.__module__.startswith("chalicelib."):
            yield subclass


class TestRecords:
    @pytest.mark.parametrize(
        ("record", "table"),
        [
            (OrderRecord, fields.ORDER),
            (LineItemRecord, fields.LINE_ITEM),
            (ShipmentRecord, fields.SHIPMENT),
            (CheckpointRecord, fields.CHECKPOINT),
        ],
    )
    def test_every_field_that_a_sync_may_send_is_in_the_table(self, record: type[BaseModel], table: Table) -> None:
        assert set(record.model_fields) <= set(table)

    def test_every_field_that_is_merged_is_in_the_table(self) -> None:
        assert {*orders.DEFAULTS, *orders.IN_DETAIL} <= set(fields.ORDER)
        assert {*shipments.DEFAULTS, *shipments.IN_SUMMARY, *shipments.IN_DETAIL} <= set(fields.SHIPMENT)
        assert {*shipments.IN_CHECKPOINT} <= set(fields.CHECKPOINT)

    @pytest.mark.parametrize(("record", "table"), [(OrderRecord, fields.ORDER), (ShipmentRecord, fields.SHIPMENT)])
    def test_free_text_is_never_safe(self, record: type[Record], table: Table) -> None:
        unsafe = [path for path in free_texts(record) if handling_of(table, path) is Privacy.SAFE]
        assert set(unsafe) <= set(SAFE_TEXTS), "text may name the customer: choose another handling for it"

    def test_an_address_is_a_person_or_a_place(self) -> None:
        place = {"city", "state", "zip", "country"}
        assert set(AddressRecord.model_fields) == place | (set(PERSONAL_ADDRESS_FIELDS) - {"email"})


class TestItems:
    # Their fields are those of the records above.
    OF_RECORDS = (OrderItem, OrderDetailItem, ShipmentItem, ShipmentDetailItem)

    def test_every_item_is_in_the_table(self) -> None:
        known = {*fields.ITEMS, *fields.REMOVED_ITEMS, *fields.UNRELATED_ITEMS}
        assert {item.__name__ for item in item_classes() if item not in self.OF_RECORDS} == known

    def test_every_attribute_of_an_item_that_is_redacted_is_in_the_table(self) -> None:
        shared = set(Item.get_attributes())
        for item in item_classes():
            if item.__name__ in fields.ITEMS:
                assert set(item.get_attributes()) - shared == set(fields.ITEMS[item.__name__]), item.__name__


class TestRedacting:
    @pytest.mark.parametrize(
        ("handling", "value", "redacted"),
        [
            (Privacy.SAFE, 7, 7),
            (Privacy.LABEL, SAYS, f"Jane Doe <{ERASED}>"),
            (Privacy.TEXT, SAYS, f"{ERASED} <{ERASED}>"),
            (Privacy.NOTE, SAYS, f"{ERASED} <{ERASED}>"),
            (Privacy.PERSONAL, {"name": "Jane Doe"}, {}),
            (Privacy.PERSONAL, "Jane Doe", None),
            (Privacy.ADDRESS, {"name": "Eve", "city": "Reno"}, {"city": "Reno"}),
            (Privacy.ADDRESS, None, None),
            (Privacy.SENDER, {"name": "Jane Doe", "city": "Reno"}, {"city": "Reno"}),
            (Privacy.SENDER, {"name": "Dock 4", "city": "Reno"}, {"name": "Dock 4", "city": "Reno"}),
            (Privacy.CARRIER_WORDS, SAYS, f"{ERASED} <{ERASED}>"),
            ({"title": Privacy.TEXT}, [{"title": SAYS}], [{"title": f"{ERASED} <{ERASED}>"}]),
        ],
    )
    def test_does_with_each_kind_what_the_table_says(
        self, handling: "Privacy | Table", value: object, redacted: object
    ) -> None:
        assert fields.redacted({"field": handling}, {"field": value}, JANE) == {"field": redacted}

    def test_a_field_that_the_table_does_not_know_counts_as_text(self) -> None:
        assert fields.redacted({}, {"new": SAYS}, JANE) == {"new": f"{ERASED} <{ERASED}>"}

    def test_every_kind_is_used(self) -> None:
        def used(table: Table) -> Iterator[Privacy]:
            for handling in table.values():
                if isinstance(handling, Mapping):
                    yield from used(handling)
                else:
                    yield handling

        assert {*used(fields.ORDER), *used(fields.SHIPMENT)} == set(Privacy)
