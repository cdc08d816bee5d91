from typing import Annotated

from pydantic import BaseModel, Field
from pydantic.alias_generators import to_camel

from chalicelib.http.bodies import Body, VisibleLine, WholeNumber

Email = Annotated[str, Field(max_length=320, pattern=r"^\s*[^@\s]+@[^@\s]+\s*$", description="Case-insensitive")]
AnyEmail = Annotated[
    str, Field(min_length=1, max_length=1000, pattern=r"\S", description="In any spelling that a sync may have brought")
]
CustomerName = Annotated[str, Field(min_length=1, max_length=200), VisibleLine]


class CustomerSessionCreate(Body):
    email: Email
    name: CustomerName | None = None
    ttl_seconds: WholeNumber = Field(3600, ge=60, le=86400, description="Session lifetime in seconds")


class SessionCustomer(BaseModel):
    email: str
    name: str | None


class CustomerSessionCreated(BaseModel):
    model_config = {"alias_generator": to_camel, "populate_by_name": True}

    token: str
    expires_at: str
    customer: SessionCustomer
