from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from chalicelib.http.bodies import Body, VisibleLine
from chalicelib.kit import clock
from chalicelib.organizations.features import API_KEY_SCOPES


def _scopes(values: list[str]) -> list[str]:
    for value in values:
        if value not in API_KEY_SCOPES:
            raise ValueError(f"{value[:50]!r} is not an API key scope")
    return list(dict.fromkeys(values))


def _future(text: str) -> str:
    try:
        moment = clock.normalise(text)
    except ValueError:
        raise ValueError("must be an ISO 8601 time") from None
    if moment <= clock.timestamp():
        raise ValueError("must be in the future")
    return moment


class ApiKeyCreate(Body):
    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S"), VisibleLine]
    scopes: Annotated[list[str], Field(min_length=1), AfterValidator(_scopes)] | None = Field(
        None, description="A subset of the caller's scopes (default: all of them)"
    )
    expires_at: Annotated[str, AfterValidator(_future)] | None = None


class ApiKeyCreated(BaseModel):
    id: str
    name: str
    scopes: list[str]
    key: str
    expires_at: str | None
    created_at: str


class ApiKeyRead(BaseModel):
    id: str
    name: str
    scopes: list[str]
    prefix: str
    last_used_at: str | None
    expires_at: str | None
    created_at: str


class OperatorSessionCreate(Body):
    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S"), VisibleLine] = Field(
        description="Who you are. What this session does is logged with it"
    )


class OperatorSessionCreated(BaseModel):
    id: str
    token: str
    name: str
    scopes: list[str]
    expires_at: str
    created_at: str


class OperatorSessionRead(BaseModel):
    id: str
    name: str
    key_id: str = Field(description="The API key that it was opened with, and ends with")
    expires_at: str
    created_at: str
