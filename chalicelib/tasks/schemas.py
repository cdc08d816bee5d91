from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from chalicelib.http.bodies import Body
from chalicelib.http.pagination import PageQuery

TaskName = Literal["grab_orders", "grab_shipments", "get_order", "push_fulfillment", "apply_request"]
Trigger = Literal["connect", "schedule", "webhook", "manual", "request"]
RunStatus = Literal["queued", "running", "succeeded", "failed"]


class RunQuery(PageQuery):
    default_limit: ClassVar[int] = 20


class RunCounts(BaseModel):
    """Records of both kinds."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0


class RunError(BaseModel):
    code: str = Field(description="`AUTH_ERROR`, `RATE_LIMITED`, `UNREACHABLE`, … (docs/connectors.md)")
    message: str = Field(description="What is wrong, in words for the merchant")
    retryable: bool = Field(description="Whether it is tried again without anybody doing anything")


class RunRead(BaseModel):
    """One execution of a task. Kept for 30 days; scheduled runs that changed nothing overwrite one row."""

    id: str
    task: TaskName
    trigger: Trigger
    status: RunStatus
    started_at: str | None
    finished_at: str | None
    counts: RunCounts
    error: RunError | None


class TaskQuery(PageQuery):
    default_limit: ClassVar[int] = 50

    status: Literal["queued"] = Field("queued", description="Only `queued`: tasks that are done are runs")


class TaskRead(BaseModel):
    """Something that a bridge service is to do."""

    id: str
    task: TaskName
    created_at: str
    order_external_id: str | None
    request: dict[str, Any] | None = Field(description="`apply_request`: `{id, action_type, requested_changes}`")
    shipment: dict[str, Any] | None = Field(description="`push_fulfillment`: `{id, tracking_number, carrier}`")


class TaskError(BaseModel):
    code: str = Field(min_length=1, max_length=50)
    message: str = Field(min_length=1, max_length=500, description="What is wrong, in words for the merchant")


class TaskResult(Body):
    status: Literal["succeeded", "failed"]
    error: TaskError | None = None


class HookTaken(BaseModel):
    accepted: bool


class Progress(BaseModel):
    """How far the first sync is."""

    done: int
    total: int | None = Field(description="None while the platform does not tell")


class WorkState(BaseModel):
    """What a connector is doing with a bridge."""

    next_run_at: str | None = Field(None, description="When the connector looks at the shop next")
    running: bool = Field(False, description="Whether a task is under way now")
    progress: Progress | None = Field(None, description="While the first sync runs")
    last_sync_at: str | None = None

    @classmethod
    def fields(cls) -> dict[str, Any]:
        return cls().model_dump()
