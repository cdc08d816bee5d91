"""Security headers on every response."""

import re

import pytest

from chalicelib.api.routing import endpoints
from chalicelib.http.endpoint import Endpoint
from chalicelib.http.responses import SECURITY_HEADERS
from infra.gateway import gateway_responses
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client

# A page may relax these: its policy allows its own assets, and public files may be cached.
LOOSENED = {"Content-Security-Policy", "Cache-Control"}


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.name)
def test_every_response_has_them(endpoint: Endpoint) -> None:
    for path in endpoint.paths:
        headers = Client().call(endpoint.method, re.sub("{[^}]*}", "unknown", path)).headers
        assert SECURITY_HEADERS.keys() <= headers.keys()
        assert {name: headers[name] for name in SECURITY_HEADERS.keys() - LOOSENED}.items() <= SECURITY_HEADERS.items()
        # The console frames the preview. The portal's own pages are tested in tests/unit/screens.
        framed_by = "'self'" if endpoint.name == "preview_tracking_page" else "'none'"
        assert f"frame-ancestors {framed_by}" in headers["Content-Security-Policy"]


def test_responses_with_data_have_them(acme: Acme) -> None:
    headers = acme.session().client.get(f"{EMBED}/bridges").headers
    assert SECURITY_HEADERS.items() <= headers.items()


@pytest.mark.parametrize("kind", gateway_responses())
def test_gateway_responses_have_them(kind: str) -> None:
    headers = gateway_responses()[kind]["ResponseParameters"]["Headers"]
    wanted = {name: f"'{value}'" for name, value in SECURITY_HEADERS.items() if name != "Content-Security-Policy"}
    assert wanted.items() <= headers.items()
    # API Gateway would read a value with a quote as a mapping and refuse the deployment.
    assert all("'" not in value[1:-1] for value in headers.values())
