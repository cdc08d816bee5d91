from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from chalicelib.http.bodies import Body

MAX_RECORDS = 100
MAX_WARNINGS = 2000
"""Of one call: a response takes 6 MB."""
MAX_BYTES = 1024 * 1024

Records = Annotated[list[Any], Field(max_length=MAX_RECORDS)]


class SyncBody(Body):
    """Records are validated one by one, so that a bad one fails alone."""

    orders: Records = Field([], description="Orders to create or update, by `external_id`")
    shipments: Records = Field([], description="Shipments to create or update, by `external_id`")
    status: Literal["active", "error", "disconnected"] | None = Field(None, description="The bridge's new status")
    error_message: str | None = Field(None, max_length=1000, description="What is wrong, in words for people")
    completed: bool = Field(False, description="Whether a full synchronisation has finished: sets `last_sync_at`")


class RecordCounts(BaseModel):
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0


class RecordError(BaseModel):
    kind: Literal["order", "shipment"]
    index: int
    external_id: str | None
    message: str


class RecordWarning(BaseModel):
    """A part of a record that was left out, repaired or not applied. The rest of the record was."""

    kind: Literal["order", "shipment", "call"] = Field(description="`call`: the body outside its records")
    index: int | None
    external_id: str | None
    field: str = Field(description="Dotted path within the record, such as `line_items.0.price`")
    value: Any = Field(description="What was sent, or what replaced it; shortened. Objects and lists are JSON text")
    message: str


class SyncResult(BaseModel):
    orders: RecordCounts = Field(default_factory=RecordCounts)
    shipments: RecordCounts = Field(default_factory=RecordCounts)
    errors: list[RecordError] = Field(default_factory=list)
    warnings: list[RecordWarning] = Field(
        default_factory=list, description="At most 20 a record, by kind and index; at most 2,000 in all"
    )
