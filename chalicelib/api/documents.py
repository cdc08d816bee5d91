"""The OpenAPI document and the page that shows it: Swagger UI, without any third-party requests.

Packaging (`infra/package.py`) adds Swagger UI's files and openapi.json to this directory. The source tree has neither.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.kit import codec

if TYPE_CHECKING:
    from chalicelib.catalog.bridge_types import OAuth

EXAMPLES = Path(__file__).with_name("examples.json")
PACKAGED = Path(__file__).with_name("openapi.json")
RENDERER = Path(__file__).parent / "renderer"
ASSETS = {
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "swagger-ui.css": "text/css; charset=utf-8",
}
START = "start.js"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Links are relative, so that the page works below a stage path as well as at the root of a domain.
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Orderly Embed API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<noscript>This page requires JavaScript. It shows the document <a href="openapi.json">openapi.json</a>.</noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
SCRIPT = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  filter: true,
  validatorUrl: null,
});
"""


@cache
def openapi() -> dict[str, Any]:
    """Imports every room. A packaged function reads the text instead."""
    from chalicelib.api.openapi import document
    from chalicelib.api.openapi_schemas import schema_of
    from chalicelib.api.routing import endpoints
    from chalicelib.orders.record import OrderRecord
    from chalicelib.shipments.record import ShipmentRecord

    generated = document(endpoints(), _examples())
    # The body schema of the Sync API accepts any list, because records are validated one by one.
    schemas = generated["components"]["schemas"]
    for name, record in (("orders", OrderRecord), ("shipments", ShipmentRecord)):
        schemas["SyncBody"]["properties"][name]["items"] = schema_of(record, schemas)
    return generated


def _examples() -> dict[str, Any]:
    """The file's examples, with the lists of all event types filled in, and those of other types' OAuth derived from
    Shopify's."""
    from chalicelib.catalog.bridge_types import oauth_types
    from chalicelib.events.types import ORGANIZATION_ONLY, SUBSCRIBABLE

    examples: dict[str, Any] = codec.loads(EXAMPLES.read_bytes())
    examples["list_event_types"] = {"responses": {"example": {"data": SUBSCRIBABLE}}}
    examples["get_organization_webhook"]["responses"]["example"]["data"]["events"] = SUBSCRIBABLE + ORGANIZATION_ONLY
    for bridge_type, (name, oauth) in oauth_types().items():
        for step in ("start", "complete"):
            shopify = examples[f"{step}_shopify_oauth"]
            examples.setdefault(f"{step}_{bridge_type}_oauth", _adapted(shopify, bridge_type, name, oauth))
    return examples


def _adapted(value: Any, bridge_type: str, name: str, oauth: "OAuth") -> Any:
    """An example of Shopify's OAuth with another type's shop."""
    if isinstance(value, str):
        text = value.replace("mystore.myshopify.com", oauth.example + oauth.suffix)
        return text.replace("shopify", bridge_type).replace("Shopify", name)
    if not isinstance(value, dict):
        return value
    adapted = {key: _adapted(entry, bridge_type, name, oauth) for key, entry in value.items()}
    if "config" in adapted:
        secrets = {key: secret for key, secret in adapted["config"].items() if key != "shopDomain"}
        adapted["config"] = {oauth.shop_field: oauth.example + oauth.suffix, **secrets}
    return adapted


@cache
def _openapi_text() -> str:
    return PACKAGED.read_text(encoding="utf-8") if PACKAGED.exists() else codec.dumps(openapi())


def openapi_text(base_url: str = "/") -> str:
    """The document as JSON, with the deployment's address in `servers`."""
    return _openapi_text().replace('"servers":[{"url":"/"', f'"servers":[{{"url":{codec.dumps(base_url)}', 1)


def asset(name: str) -> tuple[str, str] | None:
    """Text and content type of one of the page's files, or None if there is no such file."""
    if name == START:
        return SCRIPT, "text/javascript; charset=utf-8"
    file = RENDERER / name
    if name not in ASSETS or not file.exists():
        return None
    return file.read_text(), ASSETS[name]
