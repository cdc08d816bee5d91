from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from chalicelib.http.bodies import PatchBody, SnakeBody
from chalicelib.http.cors import normalise_origin
from chalicelib.kit import codec
from chalicelib.organizations.brands import normalise_branding
from chalicelib.organizations.features import FEATURE_SCOPES
from chalicelib.organizations.known_settings import normalise_numbers, settings_schema

MAX_FREE_BYTES = 8 * 1024
MAX_SLUG = 64


def _check_size(values: dict[str, Any]) -> dict[str, Any]:
    if len(codec.dumps(values).encode()) > MAX_FREE_BYTES:
        raise ValueError(f"must not be larger than {MAX_FREE_BYTES} bytes")
    return values


def _origins(values: list[str]) -> list[str]:
    origins = [normalise_origin(value) for value in values]
    for value, origin in zip(values, origins, strict=True):
        if origin is None:
            raise ValueError(f"{value[:100]!r} is not an origin such as https://myapp.com or https://*.example.com")
    return list(dict.fromkeys(origin for origin in origins if origin))


def _features(values: list[str]) -> list[str]:
    for value in values:
        if value not in FEATURE_SCOPES:
            raise ValueError(f"{value[:50]!r} is not a feature")
    return list(dict.fromkeys(values if "bridges" in values else ["bridges", *values]))


def _once_each(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


ShortText = Annotated[str, Field(max_length=300)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]{3,64}$")]


class ConfigUpdate(PatchBody):
    model_config = ConfigDict(alias_generator=None)
    nullable = frozenset({"default_dispatcher_id"})

    slug: Slug | None = Field(None, description="URL-safe identifier, required to create the config")
    branding: Annotated[dict[str, Any], AfterValidator(normalise_branding)] | None = Field(
        None, description="Colours, logo, company name. Accepts any keys and stores them in snake_case"
    )
    allowed_origins: Annotated[list[ShortText], Field(max_length=100), AfterValidator(_origins)] | None = None
    allowed_bridge_types: Annotated[list[str], Field(max_length=100), AfterValidator(_once_each)] | None = None
    default_dispatcher_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    settings: (
        Annotated[
            dict[str, Any],
            AfterValidator(normalise_numbers),
            AfterValidator(_check_size),
            WithJsonSchema(settings_schema(nullable=True)),
        ]
        | None
    ) = Field(None, description="Merged with the stored settings; null removes a setting. Other names are stored too")
    enabled_features: Annotated[list[str], AfterValidator(_features)] | None = None
    is_active: bool | None = None


class ConfigRead(BaseModel):
    id: str
    organization_id: str
    slug: str
    publishable_key: str
    identity_secret: str
    branding: dict[str, Any]
    allowed_origins: list[str]
    allowed_bridge_types: list[str]
    default_dispatcher_id: str | None
    settings: Annotated[dict[str, Any], WithJsonSchema(settings_schema(nullable=False))]
    enabled_features: list[str]
    is_active: bool
    tracking_webhook_url: str | None = Field(description="Where the tracking provider posts; null without a provider")
    created_at: str
    updated_at: str


class SettingWarning(BaseModel):
    field: str
    message: str


class Rotation(SnakeBody):
    publishable_key: bool = False
    identity_secret: bool = False
    tracking_webhook: bool = False


class PublicQuery(BaseModel):
    slug: str = Field(min_length=1, description="The embed config slug")


class PublicBridgeType(BaseModel):
    id: str
    name: str
    icon: str
    category: str


class PublicConfig(BaseModel):
    slug: str
    branding: dict[str, Any]
    allowedBridgeTypes: list[PublicBridgeType]  # noqa: N815 - as documented, beside snake_case branding
