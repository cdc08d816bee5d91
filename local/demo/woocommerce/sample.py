"""The orders that a new demo shop has, and as many as a trial of large numbers needs."""

from datetime import UTC, datetime, timedelta

from local.demo.woocommerce import orders
from local.demo.woocommerce.store import Json, Store

CUSTOMERS = (
    ("Ada", "Lovelace", "", "12 St James's Square", "", "London", "SW1Y 4JH", "GB"),
    ("Grace", "Hopper", "Compilers Inc", "1 Harbor Drive", "Suite 5", "New York", "10001", "US"),
    ("Konrad", "Zuse", "", "Methfesselstr. 7", "", "Berlin", "10965", "DE"),
)
STATUSES = ("processing", "on-hold", "completed", "processing", "cancelled", "pending")
CARTS = ([(101, 2)], [(102, 1), (103, 2)], [(101, 1), (102, 4)])


def add_sample_orders(store: Store, count: int = 6) -> None:
    store.add_many("order", [sample_order(store, number, count) for number in range(count)])
    for order in store.all("order"):
        if not order["number"]:
            store.save({**order, "number": str(order["id"])})


def sample_order(store: Store, number: int, count: int) -> Json:
    """The order with this number of so many, made a minute after the one before."""
    first, last, company, street, second, city, postcode, country = CUSTOMERS[number % len(CUSTOMERS)]
    created = (datetime.now(UTC) - timedelta(minutes=count - number)).strftime("%Y-%m-%dT%H:%M:%S")
    address = dict(
        zip(orders.ADDRESS, (first, last, company, street, second, city, "", postcode, country), strict=True)
    )
    order = orders.new_order({"date_created_gmt": created, "payment_method": orders.REFUNDING})
    order["billing"].update(address, email=f"{first.lower()}@example.com", phone="")
    order["shipping"].update(address)
    cart = CARTS[number % len(CARTS)]
    order["line_items"] = [orders.new_line(store, {"product_id": key, "quantity": count}) for key, count in cart]
    order["shipping_lines"] = [{"id": number + 1, "method_title": "Parcel", "total": "4.90", "meta_data": []}]
    order["status"] = STATUSES[number % len(STATUSES)]
    if order["status"] in ("processing", "completed"):
        order["date_paid"] = order["date_paid_gmt"] = created
    orders.calculate(order)
    return order
