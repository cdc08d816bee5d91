"""Objects for tests, created through the API."""

import hashlib
import hmac
import itertools
from dataclasses import dataclass, field
from typing import Any

from chalicelib.organizations.features import FEATURE_SCOPES, SESSION_SCOPES
from tests.support.gateway import Client, Reply

EMBED = "/api/v1/embed"
SHIPSTATION = {"type": "shipstation", "name": "My ShipStation", "config": {"apiKey": "key-1", "apiSecret": "secret-1"}}
_numbers = itertools.count(1)


@dataclass
class Acme:
    """One organization. `acme.server` calls with its API key, `acme.session()` opens a session for an end user."""

    organization_id: str
    api_key: str
    config: dict[str, Any]
    server: Client = field(init=False)

    def __post_init__(self) -> None:
        self.server = Client(self.api_key)

    @classmethod
    def create(cls, **config: Any) -> "Acme":
        from chalicelib.api_keys import service

        organization_id, api_key = service.create_organization("Acme")
        fields = {"slug": f"acme-{next(_numbers)}", "enabled_features": list(FEATURE_SCOPES), **config}
        reply = Client(api_key).patch(f"{EMBED}/config", fields)
        assert reply.status == 200, reply.text
        return cls(organization_id, api_key, reply.data)

    def configure(self, **change: Any) -> dict[str, Any]:
        reply = self.server.patch(f"{EMBED}/config", change)
        assert reply.status == 200, reply.text
        self.config = reply.data
        return self.config

    @property
    def publishable_key(self) -> str:
        return str(self.config["publishable_key"])

    def auto(self, external_id: str = "merchant-1", **sent: Any) -> Reply:
        """Create an auto-session. Capitalised names are headers."""
        headers = {name: sent.pop(name) for name in list(sent) if name[0].isupper()}
        body = {"key": self.publishable_key, "externalId": external_id, **sent}
        return Client().post(f"{EMBED}/sessions/auto", body, **headers)

    def user_hash(self, external_id: str) -> str:
        """The hash with which the organization's server verifies an end user."""
        secret = self.server.get(f"{EMBED}/config/me").data["identity_secret"]
        return hmac.new(secret.encode(), external_id.encode(), hashlib.sha256).hexdigest()

    def session(self, external_id: str = "merchant-1", **fields: Any) -> "Session":
        body = {"externalId": external_id, "scopes": sorted(SESSION_SCOPES), **fields}
        reply = self.server.post(f"{EMBED}/sessions", body)
        assert reply.status == 201, reply.text
        return Session(reply.data, Client(reply.data["token"]))


@dataclass
class Service:
    """A bridge service of one type: its key and signing secret."""

    bridge_type: str
    key: str = field(init=False)
    signing_secret: str = field(init=False)
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        from chalicelib.api_keys.service import create_service_key

        made = create_service_key(self.bridge_type)
        self.key, self.signing_secret = made.key, made.signing_secret
        self.client = Client(self.key)


@dataclass
class Session:
    created: dict[str, Any]
    client: Client

    @property
    def end_user_id(self) -> str:
        return str(self.created["endUser"]["id"])

    def bridge(self, **fields: Any) -> dict[str, Any]:
        reply = self.client.post(f"{EMBED}/bridges", {**SHIPSTATION, **fields})
        assert reply.status == 201, reply.text
        created: dict[str, Any] = reply.data
        return created
