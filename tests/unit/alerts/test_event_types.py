from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.alerts.event_types import describe
from chalicelib.events.fields import fields_of
from chalicelib.events.types import SUBSCRIBABLE

ORDER = {
    "order_number": "1001",
    "status": "shipped",
    "totals": {"total": Decimal("49.90")},
    "currency": "USD",
}
SHIPMENT = {
    "tracking_number": "1Z999AA1",
    "carrier": "ups",
    "status": "in_transit",
    "estimated_delivery": "2026-01-20",
}
BRIDGE = {"name": "My Shopify Store", "type": "shopify"}
FIELDS = ["order_number", "external_id", "status", "previous_status", "totals", "currency", "tracking_number"]
FIELDS += ["carrier", "carrier_name", "estimated_delivery", "name", "type", "error_message"]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["total", "x"]), inner, max_size=2),
    max_leaves=5,
)


@pytest.mark.parametrize("event_type", SUBSCRIBABLE)
def test_every_type_has_fields_and_a_text_of_its_own(event_type: str) -> None:
    assert fields_of(event_type)
    _, title, message = describe(event_type, {}, "My rule")
    assert title != "My rule"
    assert "matched this alert" not in message


class TestMessages:
    @pytest.mark.parametrize(
        ("event_type", "data", "expected"),
        [
            (
                "shipment.exception",
                SHIPMENT,
                ("critical", "Shipment exception detected", "Shipment 1Z999AA1 has an exception with UPS."),
            ),
            ("order.created", ORDER, ("info", "New order", "Order 1001 was placed for 49.90 USD.")),
            ("order.updated", ORDER, ("info", "Order updated", "Order 1001 was updated; its status is shipped.")),
            (
                "order.status_changed",
                {**ORDER, "previous_status": "partially_shipped"},
                ("info", "Order status changed", "Order 1001 changed from partially shipped to shipped."),
            ),
            (
                "order.status_changed",
                {**ORDER, "status": "on_hold"},
                ("warning", "Order status changed", "Order 1001 changed to on hold."),
            ),
            ("shipment.created", SHIPMENT, ("info", "Shipment created", "Shipment 1Z999AA1 was created with UPS.")),
            (
                "shipment.shipped",
                SHIPMENT,
                (
                    "info",
                    "Shipment on its way",
                    "Shipment 1Z999AA1 is on its way with UPS and is expected on 2026-01-20.",
                ),
            ),
            (
                "shipment.delivered",
                SHIPMENT,
                ("info", "Shipment delivered", "Shipment 1Z999AA1 was delivered by UPS."),
            ),
            (
                "tracking.updated",
                SHIPMENT,
                (
                    "info",
                    "Tracking updated",
                    "Shipment 1Z999AA1 has new tracking information with UPS; it is now in transit.",
                ),
            ),
            (
                "tracking.updated",
                {"tracking_number": "1Z", "status": "attempt_failed"},
                ("warning", "Tracking updated", "Shipment 1Z has new tracking information; it is now attempt failed."),
            ),
            ("bridge.connected", BRIDGE, ("info", "Connection active", "My Shopify Store is connected.")),
            (
                "bridge.disconnected",
                {**BRIDGE, "error_message": "The access token was revoked."},
                (
                    "critical",
                    "Connection lost",
                    "My Shopify Store is no longer connected: The access token was revoked.",
                ),
            ),
            ("bridge.sync_completed", BRIDGE, ("info", "Sync completed", "My Shopify Store finished syncing.")),
        ],
    )
    def test_of_each_event(self, event_type: str, data: dict[str, Any], expected: tuple[str, str, str]) -> None:
        assert describe(event_type, data, "My rule") == expected

    @pytest.mark.parametrize("event_type", SUBSCRIBABLE)
    def test_of_each_event_stays_a_sentence_without_its_data(self, event_type: str) -> None:
        nothings: list[Any] = [{}, None, [], "text"]
        for data in nothings:
            _, title, message = describe(event_type, data, "My rule")
            assert title
            assert message[0].isupper()
            assert message.endswith(".")
            assert "None" not in message
            assert "  " not in message

    @pytest.mark.parametrize(
        ("shipment", "carrier"),
        [
            ({"carrier": "royal_mail", "carrier_name": "Royal Mail"}, "Royal Mail"),
            ({"carrier": "royal_mail"}, "Royal Mail"),
            ({"carrier": "usps"}, "USPS"),
            ({"carrier": "ups", "carrier_name": "ups"}, "UPS"),
            ({"carrier": "bobs_bikes", "carrier_name": "Bob's Bikes"}, "Bob's Bikes"),
            ({"carrier": "dhl_express", "carrier_name": None}, "DHL Express"),
        ],
    )
    def test_of_a_carrier_is_its_name(self, shipment: dict[str, Any], carrier: str) -> None:
        assert describe("shipment.exception", shipment, "")[2] == f"A shipment has an exception with {carrier}."

    def test_of_an_unknown_event_type_is_the_rules_name(self) -> None:
        assert describe("order.eaten", {}, "My rule") == (
            "info",
            "My rule",
            "The event order.eaten matched this alert.",
        )

    def test_fits_on_a_line_whatever_the_data(self) -> None:
        data = {"order_number": "1\n2\x00" + "3" * 10_000, "status": "x" * 10_000, "previous_status": "y" * 10_000}
        message = describe("order.status_changed", data, "")[2]
        assert message.isprintable()
        assert len(message) < 300

    @given(st.sampled_from([*SUBSCRIBABLE, "other"]), st.dictionaries(st.sampled_from(FIELDS), anything), st.text())
    def test_is_printable_for_anything(self, event_type: str, data: dict[str, Any], rule_name: str) -> None:
        severity, title, message = describe(event_type, data, rule_name)
        assert severity in ("info", "warning", "critical")
        assert 0 < len(title) <= 100
        assert 0 < len(message) <= 400
        assert title.isprintable()
        assert message.isprintable()
