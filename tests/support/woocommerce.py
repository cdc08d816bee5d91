"""Orders as a WooCommerce 11 shop gave them, shortened to what matters."""

from typing import Any

BILLING = {
    "first_name": "Jörg",
    "last_name": "O'Neill",
    "company": "",
    "address_1": "Hauptstr. 5",
    "address_2": "",
    "city": "Berlin",
    "state": "DE-BE",
    "postcode": "10115",
    "country": "DE",
    "email": "joerg@example.com",
    "phone": "+49 30 123",
}
NO_ADDRESS = dict.fromkeys((*BILLING.keys() - {"email"},), "")


def line(**fields: Any) -> dict[str, Any]:
    return {
        "id": 6,
        "name": "Mug",
        "product_id": 10,
        "variation_id": 0,
        "quantity": 3,
        "subtotal": "59.97",
        "subtotal_tax": "11.39",
        "total": "51.07",
        "total_tax": "9.70",
        "taxes": [{"id": 1, "total": "9.70", "subtotal": "11.39"}],
        "meta_data": [],
        "sku": "MUG-1",
        "price": 17.023333333333333,
        "image": {"id": "", "src": ""},
        "parent_name": None,
        **fields,
    }


def order(**fields: Any) -> dict[str, Any]:
    """With two coupons, a fee, a negative fee and two ways of shipping."""
    return {
        "id": 18,
        "number": "18",
        "status": "on-hold",
        "currency": "EUR",
        "prices_include_tax": False,
        "date_created": "2026-11-27T20:18:39",
        "date_created_gmt": "2026-11-28T01:18:39",
        "date_modified_gmt": "2026-11-28T01:20:00",
        "date_paid": None,
        "date_paid_gmt": None,
        "discount_total": "11.23",
        "discount_tax": "2.13",
        "shipping_total": "6.00",
        "shipping_tax": "1.14",
        "cart_tax": "9.79",
        "total": "68.50",
        "total_tax": "10.93",
        "customer_id": 0,
        "customer_note": "",
        "billing": BILLING,
        "shipping": {**BILLING, "company": "Töpfer GmbH", "address_2": "Hinterhaus, 3. OG", "phone": ""},
        "meta_data": [],
        "line_items": [
            line(),
            line(
                id=7, name="Sticker", quantity=7, subtotal="2.33", total="0.00", sku=None, price=0.00014285714285714287
            ),
        ],
        "shipping_lines": [
            {"id": 8, "method_title": "A", "total": "4.90"},
            {"id": 9, "method_title": "B", "total": "1.10"},
        ],
        "fee_lines": [
            {"id": 10, "name": "Gift wrap", "total": "3.00"},
            {"id": 11, "name": "Loyalty", "total": "-2.50"},
        ],
        "coupon_lines": [{"id": 13, "code": "ten", "discount": "6.23"}, {"id": 14, "code": "five", "discount": "5"}],
        "refunds": [],
        **fields,
    }
