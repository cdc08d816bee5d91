"""A field costs itself, not its record: what of a record can be read is read, and the rest is named."""

from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit import codec
from chalicelib.orders.record import OrderRecord
from chalicelib.records.parsing import BadRecord, parse_record
from chalicelib.shipments.record import ShipmentRecord


def order(**fields: Any) -> tuple[dict[str, Any], list[str]]:
    """What is read of an order, and the paths of what is left out."""
    record, warnings = parse_record(OrderRecord, {"external_id": "1", **fields})
    return record.given(), [warning.field for warning in warnings]


def shipment(**fields: Any) -> tuple[dict[str, Any], list[str]]:
    record, warnings = parse_record(ShipmentRecord, {"external_id": "1", **fields})
    return record.given(), [warning.field for warning in warnings]


def price(value: Any) -> Any:
    return order(line_items=[{"price": value}])[0]["line_items"][0].get("price")


class TestNumbers:
    @pytest.mark.parametrize(
        ("sent", "read"),
        [
            (Decimal("14.309999999999999"), "14.31"),
            (Decimal("-0.0"), "0"),
            ("-0.000", "0"),
            (Decimal("0.10"), "0.10"),
            (Decimal("1234567890123.45"), "1234567890123.45"),
            (Decimal("1E+2"), "100"),
            (Decimal("0.00000000005"), "0"),
            (Decimal("0.00000000015"), "2E-10"),
            (Decimal("0.00000000025"), "2E-10"),
            (Decimal("1e-400"), "0"),
            (Decimal("2.9999999999999999"), "3"),
            (Decimal("0." + "3" * 400), "0.3333333333"),
            (10**15, "1000000000000000"),
            ("19.90", "19.90"),
            (" 7 ", "7"),
            ("-.5", "-0.5"),
            ("1e3", "1000"),
            ("0." + "1" * 60, "0.1111111111"),
            ("0" * 60 + "5", "5"),
        ],
    )
    def test_have_any_number_of_places_and_are_rounded_half_even(self, sent: Any, read: str) -> None:
        assert str(price(sent)) == read

    @pytest.mark.parametrize(
        "sent",
        [
            "1_000",
            "1,000.00",
            "12,50",
            "$5",
            "many",
            "NaN",
            "1e400",
            "\u0663",
            "--1",
            "0x10",
            True,
            [],
            {},
            ["1"],
            10**16,
            Decimal("NaN"),
            Decimal("-Infinity"),
            Decimal("1e999999"),
        ],
    )
    def test_that_cannot_be_read_cost_themselves_alone(self, sent: Any) -> None:
        lines = [{"title": "Mug", "price": sent, "quantity": 2}, {"title": "Cup", "price": 1}]
        read, left_out = order(line_items=lines)
        assert read["line_items"] == [{"title": "Mug", "quantity": 2}, {"title": "Cup", "price": 1}]
        assert left_out == ["line_items.0.price"]

    @pytest.mark.parametrize("sent", [-1, "-1", Decimal("-0.5")])
    def test_of_things_are_not_negative(self, sent: Any) -> None:
        assert order(line_items=[{"quantity": sent, "sku": "A"}]) == (
            {"external_id": "1", "line_items": [{"sku": "A"}]},
            ["line_items.0.quantity"],
        )

    @given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15), st.booleans())
    def test_any_decimal_is_read(self, number: Decimal, as_text: bool) -> None:
        read = price(str(number) if as_text else number)
        assert abs(Decimal(read) - number) <= Decimal("0.00000000005")
        assert codec.loads(codec.dumps(read)) == read


class TestText:
    @pytest.mark.parametrize(
        ("sent", "read"),
        [
            (5001, "5001"),
            (Decimal("5001.0"), "5001"),
            (Decimal("5E+3"), "5000"),
            (Decimal("5.50"), "5.50"),
            ("5001.0", "5001.0"),
        ],
    )
    def test_numbers_become_digits_in_every_text_field(self, sent: Any, read: str) -> None:
        record, warnings = parse_record(
            OrderRecord, {"external_id": sent, **dict.fromkeys(("order_number", "notes"), sent)}
        )
        assert (record.external_id, record.order_number, record.notes, warnings) == (read, read, read, [])
        for name in ("sku", "title"):
            assert order(line_items=[{name: sent}])[0]["line_items"] == [{name: read}]
        assert order(shipping_address={"zip": sent}, tags=[sent])[0]["shipping_address"] == {"zip": read}
        assert order(tags=[sent])[0]["tags"] == [read]
        assert shipment(tracking_number=sent, order_external_id=sent)[0]["tracking_number"] == read

    @pytest.mark.parametrize("sent", [True, [], {"a": 1}, Decimal("NaN"), "x" * 256, Decimal("1e400")])
    def test_of_another_kind_costs_itself(self, sent: Any) -> None:
        read, left_out = order(order_number=sent, notes="Ring")
        assert (read, left_out) == ({"external_id": "1", "notes": "Ring"}, ["order_number"])

    def test_bad_entries_of_a_list_are_left_out_alone(self) -> None:
        read, left_out = order(tags=["a", None, {}, "b", "x" * 300, 7])
        assert (read["tags"], left_out) == (["a", "b", "7"], ["tags.1", "tags.2", "tags.4"])

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
    def test_any_unicode_is_read_in_every_text_field(self, text: str) -> None:
        read, left_out = order(
            order_number=text,
            customer={"name": text, "phone": text},
            line_items=[{"title": text, "sku": text}],
            shipping_address={"city": text},
            tags=[text],
            notes=text,
        )
        assert left_out == []
        assert read["notes"] == read["tags"][0] == read["customer"]["name"] == read["line_items"][0]["title"]
        assert read["notes"].strip() == text.strip()


class TestNothing:
    def test_an_empty_text_is_null_where_no_text_is_meant(self) -> None:
        blanks = dict.fromkeys(
            (
                "status",
                "payment_status",
                "fulfillment_status",
                "currency",
                "ordered_at",
                "updated_at",
                "line_items",
                "tags",
                "customer",
                "totals",
                "shipping_address",
                "billing_address",
            ),
            "",
        )
        read, left_out = order(**blanks)
        assert left_out == []
        assert read == {"external_id": "1", **dict.fromkeys(set(blanks) - {"updated_at"}), "updated_at": None}

    def test_in_shipments_too(self) -> None:
        blanks = dict.fromkeys(
            (
                "status",
                "order_external_id",
                "order_bridge_id",
                "ship_date",
                "estimated_delivery",
                "actual_delivery",
                "weight",
                "dimensions",
                "ship_from",
                "ship_to",
                "checkpoints",
            ),
            " ",
        )
        assert shipment(**blanks) == ({"external_id": "1", **dict.fromkeys(blanks)}, [])

    def test_numbers_inside_of_objects_too(self) -> None:
        assert order(totals={"total": "", "tax": 1})[0]["totals"] == {"total": None, "tax": 1}
        assert order(line_items=[{"price": "", "sku": "A"}])[0]["line_items"] == [{"sku": "A"}]

    def test_an_empty_text_stays_where_text_is_meant(self) -> None:
        assert order(order_number="", notes="")[0] == {"external_id": "1", "order_number": "", "notes": ""}

    def test_an_empty_list_is_null_where_an_object_is_meant(self) -> None:
        read, left_out = order(shipping_address=[], billing_address=[], customer=[], totals=[], tags=[], line_items=[])
        assert left_out == []
        assert read == {
            "external_id": "1",
            **dict.fromkeys(("shipping_address", "billing_address", "customer", "totals")),
            "tags": [],
            "line_items": [],
        }

    @pytest.mark.parametrize(
        "sent", ["0001-01-01T00:00:00", "0000-00-00 00:00:00", "0000-00-00", "0001-01-01T00:00:00Z"]
    )
    def test_the_first_day_of_all_is_null(self, sent: str) -> None:
        assert order(ordered_at=sent) == ({"external_id": "1", "ordered_at": None}, [])
        assert shipment(estimated_delivery=sent) == ({"external_id": "1", "estimated_delivery": None}, [])


class TestUnknownFields:
    def test_are_named_at_every_level(self) -> None:
        _, left_out = order(
            shipping_address={"line1": "1 Main St"}, totals={"grand_total": 1}, line_items=[{"grams": 7}], gift=True
        )
        assert sorted(left_out) == ["gift", "line_items.0.grams", "shipping_address.line1", "totals.grand_total"]

    @pytest.mark.parametrize(
        ("sent", "likely"),
        [
            ({"shipping_address": {"line1": "x"}}, "address1"),
            ({"shipping_address": {"street1": "x"}}, "address1"),
            ({"shipping_address": {"postal_code": "x"}}, "zip"),
            ({"order_nubmer": "x"}, "order_number"),
        ],
    )
    def test_are_told_apart_from_typing_errors(self, sent: dict[str, Any], likely: str) -> None:
        _, (warning,) = parse_record(OrderRecord, {"external_id": "1", **sent})
        assert warning.message == f"is not a known field; did you mean {likely}?"
        assert warning.value == "x"


class TestCheckpoints:
    GOOD: ClassVar = {"status": "in_transit", "checkpoint_time": "2026-05-01T10:00:00Z"}

    @pytest.mark.parametrize(
        ("bad", "path"),
        [
            ({"status": "in_transit"}, "checkpoints.1.checkpoint_time"),
            ({"status": "in_transit", "checkpoint_time": ""}, "checkpoints.1.checkpoint_time"),
            ({"status": "in_transit", "checkpoint_time": "noon"}, "checkpoints.1.checkpoint_time"),
            ({"checkpoint_time": "2026-05-01"}, "checkpoints.1.status"),
            ({"status": "x" * 201, "checkpoint_time": "2026-05-01"}, "checkpoints.1.status"),
            (None, "checkpoints.1"),
            ("delivered", "checkpoints.1"),
        ],
    )
    def test_a_bad_one_is_left_out_alone(self, bad: Any, path: str) -> None:
        read, left_out = shipment(checkpoints=[self.GOOD, bad, {**self.GOOD, "status": "Y" * 200}])
        assert [checkpoint["status"] for checkpoint in read["checkpoints"]] == ["in_transit", "y" * 200]
        assert left_out == [path]

    @pytest.mark.parametrize(
        ("sent", "left_out"),
        [
            ({"latitude": 91, "longitude": 10}, ["latitude", "longitude"]),
            ({"latitude": "x", "longitude": 10}, ["latitude", "longitude"]),
            ({"latitude": 1}, ["latitude"]),
            ({"latitude": None, "longitude": 181}, ["longitude"]),
            ({"longitude": "-10.5"}, ["longitude"]),
        ],
    )
    def test_coordinates_come_as_a_pair_on_the_globe(self, sent: dict[str, Any], left_out: list[str]) -> None:
        read, paths = shipment(checkpoints=[{**self.GOOD, **sent}])
        assert paths == [f"checkpoints.0.{name}" for name in left_out]
        assert not read["checkpoints"][0].keys() & {"latitude", "longitude"}

    def test_a_status_may_become_longer_in_lower_case(self) -> None:
        read, left_out = shipment(checkpoints=[{**self.GOOD, "status": "İ" * 200}])
        assert (read["checkpoints"][0]["status"], left_out) == ("i\u0307" * 200, [])

    def test_coordinates_have_any_number_of_places(self) -> None:
        sent = {"latitude": Decimal("41.878113600000004"), "longitude": "-87.6297982"}
        read, left_out = shipment(checkpoints=[{**self.GOOD, **sent}])
        assert left_out == []
        assert (read["checkpoints"][0]["latitude"], read["checkpoints"][0]["longitude"]) == (
            Decimal("41.8781136"),
            Decimal("-87.6297982"),
        )

    @pytest.mark.parametrize(
        ("sent", "read"),
        [(120, 120), ("-330", -330), (Decimal("60.0"), 60), ("", 120), (None, 120), (841, 120), ("x", 120)],
    )
    def test_the_offset_is_given_or_that_of_the_time(self, sent: Any, read: int) -> None:
        checkpoint = {"status": "x", "checkpoint_time": "2026-05-01T10:00:00+02:00", "utc_offset": sent}
        found, left_out = shipment(checkpoints=[checkpoint])
        assert found["checkpoints"][0]["utc_offset"] == read
        assert left_out == (["checkpoints.0.utc_offset"] if sent in (841, "x") else [])

    @pytest.mark.parametrize("newest_first", [True, False])
    def test_of_too_many_the_newest_stay(self, newest_first: bool) -> None:
        many = [{"status": f"s{n}", "checkpoint_time": f"2026-05-01T{n // 60:02d}:{n % 60:02d}Z"} for n in range(230)]
        read, left_out = shipment(checkpoints=many[::-1] if newest_first else many)
        assert left_out == ["checkpoints"]
        assert {checkpoint["status"] for checkpoint in read["checkpoints"]} == {f"s{n}" for n in range(30, 230)}


class TestWholeRecords:
    @pytest.mark.parametrize("sent", [None, "x", 1, [], [{}], True])
    def test_that_are_no_objects_fail(self, sent: Any) -> None:
        for model in (OrderRecord, ShipmentRecord):
            with pytest.raises(BadRecord, match="object"):
                parse_record(model, sent)

    def test_a_field_of_another_kind_costs_itself(self) -> None:
        read, left_out = order(
            customer="Jane", line_items={"title": "x"}, shipping_address=7, totals=1, tags="a,b", notes="n"
        )
        assert read == {"external_id": "1", "notes": "n"}
        assert left_out == ["customer", "line_items", "shipping_address", "totals", "tags"]

    def test_of_too_many_lines_the_first_thousand_stay(self) -> None:
        read, left_out = order(line_items=[{"sku": str(n)} for n in range(1001)])
        assert (len(read["line_items"]), left_out) == (1000, ["line_items"])


# Any JSON at all

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.sampled_from(["", "2026-05-01", "12.5", "delivered", "pending", "EUR"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["status", "price", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def records(model: type[OrderRecord] | type[ShipmentRecord]) -> st.SearchStrategy[dict[str, Any]]:
    names = [name for name in model.model_fields if name not in ("external_id", *model.decisive)]
    return st.fixed_dictionaries({"external_id": st.just("1")}, optional=dict.fromkeys([*names, "unknown"], JSON))


DRAWN = st.one_of(
    st.tuples(st.just(OrderRecord), records(OrderRecord)), st.tuples(st.just(ShipmentRecord), records(ShipmentRecord))
)


@given(DRAWN)
def test_a_record_is_always_read_with_a_warning_for_each_field_that_is_not(
    drawn: tuple[type[OrderRecord] | type[ShipmentRecord], dict[str, Any]],
) -> None:
    model, raw = drawn
    raw.pop("totals", None)
    record, warnings = parse_record(model, raw)
    read = record.given()
    for name in raw.keys() - read.keys():
        assert any(warning.field.partition(".")[0] == name for warning in warnings), name
    codec.dumps([read, [[warning.field, warning.value, warning.message] for warning in warnings]]).encode()
    again, more = parse_record(model, {**read, "external_id": "1"})
    assert (again.given(), more) == (read, [])
