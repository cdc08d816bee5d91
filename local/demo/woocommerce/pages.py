"""Pages of the demo shop for people: its orders, and the consent to an app's keys."""

import html
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from local.demo.woocommerce.orders import PRODUCTS
from local.demo.woocommerce.store import Json

STYLE = """<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem; border-bottom: 1px solid #ddd }
form { display: inline } input, select, button { font: inherit; max-width: 11rem } td form { white-space: nowrap }
</style>"""
ACTIONS = (
    ("processing", "Process"),
    ("on-hold", "Hold"),
    ("cancelled", "Cancel"),
    ("completed", "Complete"),
    ("trash", "Trash"),
)


def orders_page(shop_name: str, orders: Iterable[Json]) -> str:
    name = html.escape(shop_name)
    return (
        f"<title>{name}</title>{STYLE}<h1>{name}</h1><p>A demo shop that behaves like WooCommerce. "
        f"Connect it, then change an order here and see it change there. <a href='/demo/log'>Log</a></p>"
        f"{_new_order()}<table><tr><th>Order<th>Customer<th>Items<th>Total<th>Status<th>Address<th>Ship<th></tr>"
        f"{''.join(map(_row, orders))}</table>"
    )


def _new_order() -> str:
    products = "".join(f"<option value={key}>{title}, {price}</option>" for key, (title, _, price) in PRODUCTS.items())
    return (
        f"<form method=post action='/demo/orders'><label>New order: <select name=product_id>{products}</select></label>"
        " <label>Quantity <input name=quantity type=number value=1 min=1 max=99></label> "
        "<label>Name <input name=name value='Grace Hopper'></label> "
        "<label>E-mail <input name=email type=email value='grace@example.com'></label> <button>Order</button></form>"
    )


def _row(order: Json) -> str:
    billing, shipping = order["billing"], order["shipping"]
    items = ", ".join(f"{line['quantity']} × {_plain(line['name'])}" for line in order["line_items"])
    path = f"/demo/orders/{order['id']}"
    actions = "".join(
        f"<form method=post action='{path}/status'><button name=status value={status}>{label}</button></form> "
        for status, label in ACTIONS
    )
    return (
        f"<tr><td>#{html.escape(order['number'])}<td>{html.escape(billing['first_name'])} "
        f"{html.escape(billing['last_name'])}<td>{items}<td>{order['total']} {html.escape(order['currency'])}"
        f"<td>{html.escape(order['status'])}"
        f"<td><form method=post action='{path}/address'><input name=address_1 aria-label='Street' "
        f"value='{html.escape(shipping['address_1'])}'><button>Save</button></form>"
        f"<td><form method=post action='{path}/ship'><input name=number required aria-label='Tracking number' "
        f"placeholder='Tracking number'><button>Ship</button></form><td>{actions}"
    )


def _plain(name: str) -> str:
    """WooCommerce's names have HTML entities already."""
    return html.escape(html.unescape(name))


def consent_page(query: Mapping[str, str]) -> str:
    app = html.escape(query["app_name"])
    no = f"{query['return_url']}{'&' if '?' in query['return_url'] else '?'}{urlencode({'success': 0})}"
    fields = "".join(
        f"<input type=hidden name={name} value='{html.escape(query[name])}'>"
        for name in ("app_name", "user_id", "return_url", "callback_url", "scope")
    )
    return (
        f"<title>Connect</title>{STYLE}<h1>{app} would like to connect to your store</h1>"
        f"<p>This will give {app} {html.escape(query['scope']).replace('_', '/')} access to orders.</p>"
        f"<form method=post action='/wc-auth/v1/access_granted'>{fields}<button>Approve</button></form> "
        f"<a href='{html.escape(no)}'>No, thanks</a>"
    )
