from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from chalicelib.bridges.schemas import EndUserBridge
from chalicelib.http.bodies import Body, FieldError, PatchBody, VisibleLine
from chalicelib.http.pagination import PageQuery
from chalicelib.kit import codec
from chalicelib.organizations.brands import is_https_url, normalise_branding

MAX_METADATA_BYTES = 16 * 1024


def _metadata(values: dict[str, Any]) -> dict[str, Any]:
    if len(codec.dumps(values).encode()) > MAX_METADATA_BYTES:
        raise ValueError(f"must have at most {MAX_METADATA_BYTES} bytes")
    return values


def _https_url(text: str) -> str:
    if not is_https_url(text):
        raise ValueError("must be an https URL")
    return text


ExternalId = Annotated[str, Field(min_length=1, max_length=255, description="The id of this user in your application")]
Name = Annotated[str, Field(min_length=1, max_length=200), VisibleLine]
Email = Annotated[str, Field(max_length=320, pattern=r"^[^@\s]+@[^@\s]+$")]
Metadata = Annotated[dict[str, Any], AfterValidator(_metadata)]
Branding = Annotated[dict[str, Any], AfterValidator(normalise_branding)]
HttpsUrl = Annotated[str, Field(max_length=300), AfterValidator(_https_url)]
Phone = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()./-]{2,30}$")]


class EndUserQuery(PageQuery):
    default_limit: ClassVar[int] = 20

    external_id: str | None = Field(None, max_length=255, description="Return only the end user with this external id")
    search: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="Only end users whose external id, e-mail address or a word of whose name begins with this, in any "
        "case and with or without accents. Not with `external_id`",
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.search is not None and self.external_id is not None:
            raise FieldError("search", "cannot be combined with external_id")
        return self


class Support(Body):
    """Whom shoppers contact about their order."""

    email: Email | None = None
    url: HttpsUrl | None = Field(None, description="A help or contact page")
    phone: Phone | None = None


class BrandUpdate(PatchBody):
    nullable = frozenset({"branding", "support"})

    branding: Branding | None = Field(
        None, description="Replaces the merchant's brand for shoppers: companyName, logoUrl, primaryColor, …"
    )
    support: Support | None = Field(None, description="Replaces the contact that shoppers see")

    def changes(self) -> dict[str, Any]:
        """The fields that were sent; None for those to be removed."""
        changes: dict[str, Any] = {}
        if "branding" in self.model_fields_set:
            changes["branding"] = self.branding
        if "support" in self.model_fields_set:
            changes["support"] = self.support.model_dump(exclude_none=True) if self.support else None
        return changes


class SupportRead(BaseModel):
    email: str | None
    url: str | None
    phone: str | None


class BrandRead(BaseModel):
    """null where the merchant has none and shoppers see the organization's."""

    branding: dict[str, Any] | None
    support: SupportRead | None


class EndUserRead(BaseModel):
    id: str
    organization_id: str
    external_id: str
    name: str | None
    email: str | None
    metadata: dict[str, Any]
    branding: dict[str, Any] | None
    support: SupportRead | None
    bridge_count: int
    created_at: str
    updated_at: str


class EndUserDetail(BaseModel):
    id: str
    organization_id: str
    external_id: str
    name: str | None
    email: str | None
    metadata: dict[str, Any]
    branding: dict[str, Any] | None
    support: SupportRead | None
    created_at: str
    updated_at: str
    bridges: list[EndUserBridge]
