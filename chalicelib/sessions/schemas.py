from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field
from pydantic.alias_generators import to_camel

from chalicelib.catalog.bridge_types import catalog
from chalicelib.end_users.schemas import Email, ExternalId, Metadata, Name
from chalicelib.http.bodies import Body, WholeNumber
from chalicelib.organizations.features import SESSION_SCOPES


def _scopes(values: list[str]) -> list[str]:
    for value in values:
        if value not in SESSION_SCOPES:
            raise ValueError(f"{value[:50]!r} is not a session scope")
    return list(dict.fromkeys(values))


def _bridge_types(values: list[str]) -> list[str]:
    for value in values:
        if value not in catalog():
            raise ValueError(f"{value[:50]!r} is not a bridge type")
    return list(dict.fromkeys(values))


class SessionCreate(Body):
    external_id: ExternalId
    name: Name | None = None
    email: Email | None = None
    metadata: Metadata | None = None
    scopes: Annotated[list[str], AfterValidator(_scopes)] | None = Field(
        None, description='Session scopes (default: ["bridges:read", "bridges:write"])'
    )
    allowed_bridge_types: Annotated[list[str], AfterValidator(_bridge_types)] | None = Field(
        None, description="Narrows the list in the config; an empty list allows every type in it"
    )
    ttl_seconds: WholeNumber = Field(3600, ge=60, le=86400, description="Session lifetime in seconds")
    read_only: bool = Field(
        False,
        description="To see what an end user sees: GETs only, all that the features offer, no secrets, for 15 minutes. "
        "Such a session has no `scopes`, `allowedBridgeTypes` or `ttlSeconds` of its own, and changes no end user",
    )


class AutoSessionCreate(Body):
    key: str = Field(min_length=1, max_length=200, description="Your publishable key")
    external_id: ExternalId
    name: Name | None = None
    email: Email | None = None
    user_hash: str | None = Field(
        None, max_length=200, description="Hex HMAC-SHA256 of externalId, keyed with the identity secret"
    )


class Camel(BaseModel):
    model_config = {"alias_generator": to_camel, "populate_by_name": True}


PORTAL_URL = Field(description="The portal, opened with this session. It contains the token: treat it as a secret")


class SessionEndUser(Camel):
    id: str
    external_id: str
    name: str | None
    email: str | None


class SessionCreated(Camel):
    token: str
    session_id: str
    expires_at: str
    scopes: list[str]
    enabled_features: list[str]
    end_user: SessionEndUser
    portal_url: str = PORTAL_URL


class AutoSessionCreated(Camel):
    token: str
    expires_at: str
    scopes: list[str]
    enabled_features: list[str]
    portal_url: str = PORTAL_URL


class LiveSession(BaseModel):
    """A session as the organization lists it."""

    id: str
    kind: str = Field(description="`server` or `auto`: who created it; `read_only`: of somebody who looks")
    verified: bool
    scopes: list[str]
    created_at: str
    expires_at: str


class SessionOrganization(Camel):
    slug: str
    branding: dict[str, Any]


class SessionRead(Camel):
    session_id: str
    expires_at: str
    scopes: list[str]
    enabled_features: list[str]
    allowed_bridge_types: list[str] = Field(description="Empty if the session does not narrow the config's list")
    read_only: bool = Field(description="Everything but GETs is refused")
    end_user: SessionEndUser
    organization: SessionOrganization
