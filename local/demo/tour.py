"""Prints the addresses and keys of the demo, and commands to paste."""

from typing import Any


def print_tour(demo: dict[str, Any]) -> None:
    base, session, key = demo["base_url"], demo["session_token"], demo["api_key"]
    shop_key = demo["service_keys"]["shopify"]
    new_order = (
        '{"orders":[{"external_id":"tour-1","order_number":"TOUR-1","status":"confirmed","payment_status":"paid",'
        '"currency":"USD","totals":{"total":42.50},"customer":{"name":"Jane Doe","email":"jane@example.com"}}]}'
    )
    steps = [
        ("The merchant's orders", f"curl -s '{base}/api/v1/embed/orders?limit=3' -H 'Authorization: Bearer {session}'"),
        (
            "Search their orders",
            f"curl -s '{base}/api/v1/embed/orders?search=1004' -H 'Authorization: Bearer {session}'",
        ),
        (
            "Sync a new order; the receiver prints the signed webhook",
            f"curl -s {base}/api/v1/bridges/{demo['bridges']['shopify']}/sync -H 'Authorization: Bearer {shop_key}' "
            f"-H 'Content-Type: application/json' -d '{new_order}'",
        ),
        ("The latest events", f"curl -s '{base}/api/v1/embed/events?limit=5' -H 'Authorization: Bearer {key}'"),
        (
            "A session from a browser, with only the publishable key (in production, require identityVerification)",
            f"curl -s {base}/api/v1/embed/sessions/auto -H 'Content-Type: application/json' "
            f'-d \'{{"key":"{demo["publishable_key"]}","externalId":"merchant-1"}}\'',
        ),
    ]
    print()
    print(f"  API              {base}            {base}/docs, {base}/openapi.json")
    print(f"  organization     {demo['organization_id']}  (slug {demo['slug']})")
    print(f"  API key          {key}")
    print(f"  publishable key  {demo['publishable_key']}")
    print(f"  merchant         {session}")
    print(f"  webhooks         {demo['receiver_url']}")
    print(f"  demo shop        {demo['shop']['url']}")
    print(f"  demo EasyPost    {demo['easypost_url']}")
    print(f"  bridge service   {demo['bridge_service_url']}")
    for status in ("out_for_delivery", "delivered", "exception"):
        if status in demo.get("tracking_pages", {}):
            print(f"  tracking page    {demo['tracking_pages'][status]}   ({status})")
    if "followed_page" in demo:
        print(f"  tracking page    {demo['followed_page']}   (the demo EasyPost reports a scan every few seconds)")
    print(f"  sent e-mails     {demo['mail_command']}")
    print("  all of this      .local/demo.json")
    for number, (title, command) in enumerate(steps, 1):
        print(f"\n  {number}. {title}\n{command} | python3 -m json.tool")
    print(flush=True)
