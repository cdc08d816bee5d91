"""The objects that tests begin with, made through the API itself."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from chalicelib.features import FEATURE_SCOPES, SESSION_SCOPES
from tests.support.gateway import Client

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
        from chalicelib.organizations import service

        organization_id, api_key = service.create("Acme")
        wanted = {"slug": f"acme-{next(_numbers)}", "enabled_features": list(FEATURE_SCOPES), **config}
        reply = Client(api_key).patch(f"{EMBED}/config", wanted)
        assert reply.status == 200, reply.text
        return cls(organization_id, api_key, reply.data)

    def configure(self, **change: Any) -> dict[str, Any]:
        reply = self.server.patch(f"{EMBED}/config", change)
        assert reply.status == 200, reply.text
        self.config = reply.data
        return self.config

    def session(self, external_id: str = "merchant-1", **wanted: Any) -> "Session":
        body = {"externalId": external_id, "scopes": sorted(SESSION_SCOPES), **wanted}
        reply = self.server.post(f"{EMBED}/sessions", body)
        assert reply.status == 201, reply.text
        return Session(reply.data, Client(reply.data["token"]))


@dataclass
class Session:
    created: dict[str, Any]
    client: Client

    @property
    def end_user_id(self) -> str:
        return str(self.created["endUser"]["id"])

    def bridge(self, **wanted: Any) -> dict[str, Any]:
        reply = self.client.post(f"{EMBED}/bridges", {**SHIPSTATION, **wanted})
        assert reply.status == 201, reply.text
        created: dict[str, Any] = reply.data
        return created
