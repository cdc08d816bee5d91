"""The pages under test, by the name of their screenshot."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from chalicelib.organizations.brands import ShopperBrand
from chalicelib.storefront.order_page import render as render_order
from chalicelib.storefront.order_page_view import OpenedOrder
from chalicelib.tracking_pages.document import RenderedPage
from chalicelib.tracking_pages.page import render
from chalicelib.tracking_pages.problems import render_problem
from tests.unit.tracking_pages.rendering.samples import (
    ARRIVED,
    BRANDING,
    HELD_UP,
    NOW,
    ON_THE_ROAD,
    WITH_THE_DRIVER,
    checkpoint,
    many_checkpoints,
    view,
)

WORDS = "Donaudampfschifffahrtsgesellschaftskapitän"
HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


def shipment(*args: Any, language: str = "en", now: str = NOW, **fields: Any) -> RenderedPage:
    return render(view(*args, **fields), language=language, now=now)


SUPPORT = {"email": "help@acme.example", "phone": "+1 555 0100", "url": "https://acme.example/help"}
ORDER = {
    "number": "#1001",
    "items": [
        {"title": "Stoneware mug, speckled blue", "quantity": 2},
        {"title": "Single-origin espresso beans, 1 kg", "quantity": 1},
    ],
}


def detailed(*args: Any, language: str = "en", **fields: Any) -> RenderedPage:
    return render(view(*args, **fields), language=language, now=NOW, support=SUPPORT, order=ORDER)


def order(status: str, *shipments: str, language: str = "en", number: str = "#1001", **fields: Any) -> RenderedPage:
    """The order page with one shipment for each of the statuses."""
    lines = [
        ("Stoneware mug, speckled blue", Decimal(2), Decimal("18.50")),
        ("Single-origin espresso beans, 1 kg", Decimal("1.5"), Decimal("29.9")),
    ]
    opened = OpenedOrder(
        view={
            "orderNumber": number,
            "createdAt": 1_768_400_000_000,
            "grandTotal": Decimal("1054.8"),
            "currency": "EUR",
            "shippingCity": "Evanston",
            "shippingCountry": "US",
            "items": [
                {"productName": name, "quantity": quantity, "totalPrice": quantity * price}
                for name, quantity, price in lines
            ],
            **fields,
        },
        status=status,
        shipments=[
            {"status": word, "carrier": carrier, "carrier_name": None, "tracking_number": f"1Z999AA1012345678{n}"}
            for n, (word, carrier) in enumerate(zip(shipments, ("ups", "royal_mail", "bobs_bikes"), strict=False))
        ],
        brand=ShopperBrand(BRANDING, SUPPORT),
    )
    return render_order(opened, language)


def branded(**fields: Any) -> dict[str, Any]:
    return {**BRANDING, **fields}


CASES: dict[str, Callable[[], RenderedPage]] = {
    "in-transit": shipment,
    "label-created": lambda: shipment("label_created", [], {"company_name": "Acme", "primary_color": "#059669"}),
    "out-for-delivery": lambda: shipment("out_for_delivery", WITH_THE_DRIVER),
    "pickup-german": lambda: shipment("available_for_pickup", WITH_THE_DRIVER, language="de"),
    "delivered": lambda: shipment("delivered", ARRIVED, actual_delivery="2026-01-20"),
    "held-up": lambda: shipment("exception", HELD_UP, branded(primary_color="#FFD400"), now="2026-01-22T09:00:00.000Z"),
    "attempt-failed-french": lambda: shipment("attempt_failed", WITH_THE_DRIVER, language="fr"),
    "returned": lambda: shipment("returned", ON_THE_ROAD, branded(primary_color="#ffffff")),
    "picked-up-spanish": lambda: shipment(
        "picked_up", ON_THE_ROAD[:2], branded(primary_color="#39FF14"), language="es", estimated_delivery=None
    ),
    "held-up-without-details": lambda: shipment(
        "exception", [], branded(primary_color="#ff00ff"), estimated_delivery=None
    ),
    "with-order-and-contact": detailed,
    "with-order-and-contact-french": lambda: detailed("out_for_delivery", WITH_THE_DRIVER, language="fr"),
    "order-on-its-way": lambda: order("SHIPPED", "in_transit"),
    "order-partly-german": lambda: order("PARTIALLY_SHIPPED", "delivered", "exception", "pending", language="de"),
    "order-pending-portuguese": lambda: order("PENDING", language="pt"),
    "order-delivered-spanish": lambda: order("DELIVERED", "delivered", language="es"),
    "order-hostile": lambda: order(
        "PROCESSING",
        "in_transit",
        number=HOSTILE,
        shippingCity=HOSTILE,
        currency=None,
        items=[{"productName": WORDS * 4, "quantity": 1, "totalPrice": Decimal(1)}],
    ),
    "order-unknown-french": lambda: render_order(OpenedOrder(None, "", (), ShopperBrand(BRANDING, SUPPORT)), "fr"),
    "cancelled": lambda: shipment("cancelled", [], branded(primary_color="#000000")),
    "long": lambda: shipment(
        "in_transit",
        many_checkpoints(200, detail=f"Ankunft {WORDS * 3}", location=f"{WORDS}, Österreich"),
        branded(company_name=WORDS * 9, primary_color="#808080"),
        tracking_number="9" * 200,
        language="de",
    ),
    "right-to-left-data": lambda: shipment(
        "in_transit",
        [checkpoint("in_transit", "وصلت الشحنة إلى مركز الفرز (7)", "دبي", "2026-01-18T08:00:00.000Z")],
        branded(company_name="متجر الأمل"),
    ),
    "hostile": lambda: shipment(
        HOSTILE,
        [checkpoint(HOSTILE, HOSTILE, HOSTILE, "2026-01-18T08:00:00.000Z")],
        {"company_name": HOSTILE, "primary_color": "red;}*{display:none}", "logo_url": "javascript:alert(1)"},
        tracking_number=HOSTILE,
    ),
    "revoked": lambda: render_problem("revoked", branding=BRANDING, language="en"),
    "expired-spanish": lambda: render_problem("expired", branding=BRANDING, language="es"),
    "unknown": lambda: render_problem("unknown", branding=None, language="en"),
    "busy": lambda: render_problem("busy", branding=None, language="en"),
    "failed-portuguese": lambda: render_problem(
        "failed", branding=None, language="pt", reference="b7d0b2f4-9d1c-4b57-b6b1-1f6f3c7e2a90"
    ),
}
