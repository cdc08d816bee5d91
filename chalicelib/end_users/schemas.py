from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, Field

from chalicelib.bridges.schemas import EndUserBridge
from chalicelib.http.pagination import PageQuery
from chalicelib.kit import codec

MAX_METADATA_BYTES = 16 * 1024


def _metadata(values: dict[str, Any]) -> dict[str, Any]:
    if len(codec.dumps(values).encode()) > MAX_METADATA_BYTES:
        raise ValueError(f"must not be larger than {MAX_METADATA_BYTES} bytes")
    return values


ExternalId = Annotated[str, Field(min_length=1, max_length=255, description="Your application's user id")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Email = Annotated[str, Field(max_length=320, pattern=r"^[^@\s]+@[^@\s]+$")]
Metadata = Annotated[dict[str, Any], AfterValidator(_metadata)]


class EndUserQuery(PageQuery):
    default_limit: ClassVar[int] = 20

    external_id: str | None = Field(None, max_length=255, description="Only the end user with this external id")


class EndUserRead(BaseModel):
    id: str
    organization_id: str
    external_id: str
    name: str | None
    email: str | None
    metadata: dict[str, Any]
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
    created_at: str
    updated_at: str
    bridges: list[EndUserBridge]
