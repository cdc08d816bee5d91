"""Documents about the API. Imported when one is asked for: no other request pays for making them."""

from functools import cache

from chalicelib import codec
from chalicelib.http.openapi import document
from chalicelib.routing import ENDPOINTS


@cache
def openapi_text() -> str:
    return codec.dumps(document(ENDPOINTS))
