from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from chalicelib.http.bodies import Body

MAX_RECORDS = 100
MAX_BYTES = 1024 * 1024

Records = Annotated[list[Any], Field(max_length=MAX_RECORDS)]


class SyncBody(Body):
    """Records are checked one by one, so that a bad one fails alone."""

    orders: Records = Field([], description="Orders to create or update, by `external_id`")
    shipments: Records = Field([], description="Shipments to create or update, by `external_id`")
    status: Literal["active", "error", "disconnected"] | None = Field(None, description="The bridge's status now")
    error_message: str | None = Field(None, max_length=1000, description="What is wrong, for people")
    completed: bool = Field(False, description="A whole synchronisation has come to its end")


class Counted(BaseModel):
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0


class RecordError(BaseModel):
    kind: Literal["order", "shipment"]
    index: int
    external_id: str | None
    message: str


class SyncResult(BaseModel):
    orders: Counted = Field(default_factory=Counted)
    shipments: Counted = Field(default_factory=Counted)
    errors: list[RecordError] = Field(default_factory=list)
