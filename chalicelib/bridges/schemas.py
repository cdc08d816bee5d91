from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from chalicelib.http.bodies import Body, BodyId, PatchBody, VisibleLine
from chalicelib.http.pagination import PageQuery
from chalicelib.kit import codec
from chalicelib.organizations.references import EndUserRef
from chalicelib.tasks.schemas import Progress

MAX_CONFIG_BYTES = 4000
BridgeStatus = Literal["active", "paused", "error", "disconnected", "pending_oauth"]
BRIDGE_STATUSES: tuple[BridgeStatus, ...] = get_args(BridgeStatus)


def _config(values: dict[str, Any]) -> dict[str, Any]:
    if len(codec.dumps(values).encode()) > MAX_CONFIG_BYTES:
        raise ValueError(f"must not be larger than {MAX_CONFIG_BYTES} bytes")
    return values


BridgeConfig = Annotated[dict[str, Any], AfterValidator(_config)]
BridgeName = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S"), VisibleLine]


class BridgeCreate(Body):
    type: str = Field(min_length=1, max_length=50, description="Bridge type id (e.g. shopify, shipstation)")
    name: BridgeName
    config: BridgeConfig = Field(description="Credentials and settings of the connection")


class BridgeUpdate(PatchBody):
    name: BridgeName | None = None
    status: Literal["active", "paused"] | None = None
    config: BridgeConfig | None = Field(None, description="Merged with the stored config")
    push_fulfillments: bool | None = Field(
        None, description="Whether shipments are sent to the shop as fulfilments (default: false)"
    )


class BridgeAdminUpdate(BridgeUpdate):
    nullable = frozenset({"end_user_id"})

    end_user_id: BodyId | None = Field(None, description="Assigns the bridge to another end user, or to none if null")


class OAuthStart(Body):
    shop_domain: str = Field(min_length=1, max_length=200, description="e.g. mystore or mystore.myshopify.com")
    name: BridgeName | None = None
    return_url: str | None = Field(None, max_length=2000, description="Where the end user returns after consenting")


class ConnectStart(Body):
    store_url: str = Field(min_length=1, max_length=500, description="e.g. https://shop.example")
    name: BridgeName | None = None
    return_url: str | None = Field(None, max_length=2000, description="Where the end user returns after consenting")


class OAuthComplete(Body):
    state: str = Field(min_length=1, max_length=200)
    shop: str = Field(min_length=1, max_length=200)
    config: BridgeConfig


class BridgeListQuery(PageQuery):
    default_limit: ClassVar[int] = 20

    type: str | None = None
    status: BridgeStatus | None = None
    end_user_id: BodyId | None = None


class BridgeSnapshot(BaseModel):
    """A bridge in the data of events."""

    id: str
    name: str
    type: str
    status: str
    last_sync_at: str | None
    error_message: str | None
    created_at: str
    updated_at: str


class ConnectorState(BaseModel):
    """What the project's own connector is doing with a bridge; all null or false for bridges with a service."""

    next_run_at: str | None = Field(None, description="When the connector looks at the shop next")
    running: bool = Field(False, description="Whether a task is under way")
    progress: Progress | None = Field(None, description="While the first sync runs")
    error_code: str | None = Field(None, description="What kind of `error_message` it is, such as `AUTH_ERROR`")
    reconnect_required: bool = Field(False, description="Whether the shop no longer accepts the credentials")
    push_fulfillments: bool = Field(False, description="Whether shipments are sent to the shop as fulfilments")


class BridgeSummary(BridgeSnapshot, ConnectorState):
    pass


class BridgeRead(ConnectorState):
    id: str
    organization_id: str
    type: str
    name: str
    config: dict[str, Any]
    status: str
    end_user_id: str | None
    dispatcher_id: str | None
    last_sync_at: str | None
    error_message: str | None
    created_at: str
    updated_at: str


class OrganizationBridge(BridgeRead):
    """As an API key reads it. Services are not told whose a bridge is beyond the id."""

    end_user: EndUserRef | None = Field(None, description="Null for a bridge without an end user; not sent to services")


class BridgeTestResult(BaseModel):
    success: bool
    message: str
    code: str | None = Field(None, description="Stable, where there is one, to say the message otherwise")


class OAuthStarted(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    bridge_id: str
    auth_url: str


class BridgeTypeRead(BaseModel):
    id: str
    name: str
    description: str
    icon: str
    category: str
    auth_methods: list[str]
    config_fields: list[dict[str, Any]]
    webhook_support: bool
    docs_url: str
    consent_field: str | None = Field(
        description="The field of the shop whose consent page connects it: by OAuth, or else by `POST …/connect`"
    )


class EndUserBridge(BaseModel):
    id: str
    name: str
    type: str
    status: str
    last_sync_at: str | None
    created_at: str
