from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationError, model_validator

from chalicelib.http.bodies import Body, BodyId, FieldError, VisibleLine, details_of
from chalicelib.http.pagination import PageQuery
from chalicelib.kit import clock, codec
from chalicelib.kit.said import Said
from chalicelib.orders.schemas import OrderStatus
from chalicelib.organizations.action_policies import ActionType

MAX_CHANGES_BYTES = 8 * 1024
Status = Literal["pending", "approved", "denied", "cancelled", "expired"]
REQUEST_STATUSES: tuple[str, ...] = get_args(Status)


def _changes(values: dict[str, Any]) -> dict[str, Any]:
    if len(codec.dumps(values).encode()) > MAX_CHANGES_BYTES:
        raise ValueError(f"must not be larger than {MAX_CHANGES_BYTES} bytes")
    return values


Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), VisibleLine]
Text = Annotated[str, Field(max_length=2000)]
Short = Annotated[str, Field(max_length=255)]


def _moment(value: str) -> str:
    try:
        return clock.timestamp(clock.parse(value))
    except ValueError:
        raise ValueError(Said.of("date_expected", "must be a date or a time (ISO 8601)")) from None


class RequestedAddress(Body):
    """The whole new address."""

    name: Short | None = None
    address1: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    address2: Annotated[str, Field(max_length=500)] | None = None
    city: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    state: Short | None = None
    zip: Short | None = None
    country: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    phone: Short | None = None


class RequestedHold(Body):
    until: Annotated[str, AfterValidator(_moment)] | None = None
    reason: Text | None = None


class RequestedNote(Body):
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


_CHANGES: dict[str, type[Body]] = {
    "address_change": RequestedAddress,
    "hold": RequestedHold,
    "note": RequestedNote,
}
"""What `requestedChanges` must be. Other types take any object, for the people who decide."""


class ActionRequestCreate(Body):
    order_id: BodyId = Field(description="The order to request action on")
    action_type: ActionType
    title: Title
    description: Text | None = None
    requested_changes: Annotated[dict[str, Any], AfterValidator(_changes)] | None = Field(
        None,
        description="8 KB at most. `address_change`: the new address, `{name, address1, address2, city, state, zip, "
        "country, phone}`, of which address1, city and country are required. `hold`: `{until, reason}`. `note`: "
        "`{note}`, without which the description is the note",
    )

    @model_validator(mode="after")
    def _changes_fit_the_action(self) -> "ActionRequestCreate":
        model = _CHANGES.get(self.action_type)
        if model is not None and self.requested_changes is not None:
            try:
                read = model.model_validate(self.requested_changes)
            except ValidationError as error:
                field, message = details_of(error)[0]
                raise FieldError(f"requestedChanges.{field}", message) from None
            self.requested_changes = read.model_dump(exclude_none=True)
        return self


class CancellationOptions(Body):
    refund: bool = Field(False, description="Also pay back what the shopper paid, through the shop")
    restock: bool = Field(True, description="Put the items back into stock")
    notify_customer: bool = Field(False, description="Let the shop write to the shopper")


class Resolution(Body):
    status: Literal["approved", "denied"]
    resolution_note: Text | None = Field(None, description="Explains the decision")
    application: CancellationOptions | None = Field(
        None, description="How an approved cancellation is carried out at the shop"
    )


class ApplicationUpdate(Body):
    status: Literal["applied"]
    message: Text | None = Field(None, description="What was done, for the merchant")


class Application(BaseModel):
    """What became of an approved request at the order's source."""

    status: Literal["pending", "applying", "applied", "failed", "manual"] = Field(
        description="`manual`: to be carried out by you, who then mark it as applied"
    )
    message: str | None = Field(description="Why it failed, waits or is manual, or what the shop did, in words")
    message_code: str | None = Field(None, description="Stable, where there is one, to say the message otherwise")
    applied_at: str | None


class ActionRequestQuery(PageQuery):
    default_limit: ClassVar[int] = 20
    max_limit: ClassVar[int] = 50

    status: Status | None = Field(None, description="Filter by status")


class QueueQuery(PageQuery):
    default_limit: ClassVar[int] = 20
    max_limit: ClassVar[int] = 50

    status: Literal[Status, "all"] = Field("pending", description="`all` for every status")


class ActionRequestRow(BaseModel):
    """A request as lists show it and events carry it."""

    id: str
    order_id: str
    action_type: str
    title: str
    status: str
    created_at: str
    application: Application | None = Field(None, description="Null unless the request is approved")


class ActionRequestCreated(BaseModel):
    id: str
    organization_id: str
    end_user_id: str
    order_id: str
    action_type: str
    title: str
    description: str | None
    status: str
    requested_changes: dict[str, Any] | None
    expires_at: str
    created_at: str


class ActionRequestRead(BaseModel):
    id: str
    organization_id: str
    end_user_id: str
    order_id: str
    action_type: str
    title: str
    description: str | None
    status: str
    requested_changes: dict[str, Any] | None
    resolution_note: str | None
    resolved_by: str | None
    resolved_at: str | None
    expires_at: str
    created_at: str
    application: Application | None = Field(description="Null unless the request is approved")


class ActionRequestResolved(BaseModel):
    id: str
    order_id: str
    action_type: str
    title: str
    status: str
    resolution_note: str | None
    resolved_by: str | None
    resolved_at: str | None
    created_at: str
    application: Application | None = Field(description="Null unless the request is approved")


class QueueEndUser(BaseModel):
    external_id: str
    name: str | None
    email: str | None


class QueueCustomer(BaseModel):
    name: str | None


class QueueOrder(BaseModel):
    id: str
    order_number: str | None
    external_id: str
    status: OrderStatus
    customer: QueueCustomer = Field(description="The name is null if the order has none, or the customer was erased")


class QueueRow(BaseModel):
    """A request as the organization decides on it. No other route shows it to an API key."""

    id: str
    order_id: str
    action_type: str
    title: str
    description: str | None
    requested_changes: dict[str, Any] | None
    status: str
    end_user_id: str
    end_users: QueueEndUser | None = Field(description="Null once the end user has been deleted")
    order: QueueOrder | None = Field(description="The order to decide about; null once it has been deleted")
    resolution_note: str | None
    resolved_by: str | None
    resolved_at: str | None
    expires_at: str
    created_at: str
    application: Application | None = Field(description="Null unless the request is approved")
