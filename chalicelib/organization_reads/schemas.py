"""What an organization reads of one end user: the queries and rows of the end user's own lists, and whose they are."""

from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator

from chalicelib.alerts.schemas import RuleRead
from chalicelib.http.bodies import BodyId, FieldError
from chalicelib.http.pagination import PageQuery
from chalicelib.notifications.schemas import NotificationQuery, NotificationRead
from chalicelib.orders.schemas import OrderDetail, OrderQuery, OrderRow
from chalicelib.organizations.references import EndUserRef
from chalicelib.shipments.exceptions import EXCEPTION
from chalicelib.shipments.schemas import ShipmentDetail, ShipmentQuery, ShipmentSummary
from chalicelib.tracking_pages.schemas import TrackingPageQuery, TrackingPageRow
from chalicelib.webhooks.schemas import DeliveryQuery, WebhookRead
from chalicelib.webhooks.troubled import TroubleState

WebhookType = Literal["webhook", "rule", "organization"]


class OfEndUser(BaseModel):
    end_user_id: BodyId = Field(description="The end user's id")


class WebhooksQuery(PageQuery):
    """Paged if the request has `state`. An end user's own webhooks are few."""

    end_user_id: BodyId | None = Field(None, description="The end user's id; required without `state`")
    state: TroubleState | None = Field(
        None,
        description="`failing`: active, and the last delivery failed; `disabled`: switched off, by the system or by "
        "hand. Of the whole organization unless `end_user_id` is given, with the webhooks of alert rules and the "
        "organization's own. The newest trouble comes first",
    )

    @model_validator(mode="after")
    def _names_a_list(self) -> Self:
        if self.end_user_id is None and self.state is None:
            raise FieldError("end_user_id", "is required without state")
        return self


class OrdersQuery(OfEndUser, OrderQuery):
    pass


class ShipmentsQuery(ShipmentQuery):
    end_user_id: BodyId | None = Field(
        None, description="The end user's id. Without it the list has all of the organization with `status=exception`"
    )

    @model_validator(mode="after")
    def _names_a_list(self) -> Self:
        if self.end_user_id is None:
            if self.status != EXCEPTION:
                raise FieldError("end_user_id", "is required unless status is exception")
            if self.model_fields_set - {"status", "page", "limit", "cursor"}:
                raise FieldError("end_user_id", "is required with further filters")
        return self


class TrackingPagesQuery(OfEndUser, TrackingPageQuery):
    pass


class NotificationsQuery(OfEndUser, NotificationQuery):
    pass


class DeliveriesQuery(OfEndUser, DeliveryQuery):
    @property
    def is_filtered(self) -> bool:
        return any(getattr(self, name) is not None for name in self.model_fields_set - {"end_user_id"})


class Owned(BaseModel):
    end_user: EndUserRef


class Kept(BaseModel):
    end_user: EndUserRef | None = Field(description="Null once the end user was deleted")


class EndUserOrder(OrderRow, Owned):
    pass


class EndUserOrderDetail(OrderDetail, Kept):
    pass


class EndUserShipment(ShipmentSummary, Owned):
    pass


class EndUserShipmentDetail(ShipmentDetail, Kept):
    pass


class EndUserTrackingPage(TrackingPageRow, Owned):
    pass


class EndUserNotification(NotificationRead, Owned):
    pass


class EndUserWebhook(WebhookRead):
    type: WebhookType
    """The end user's own, an alert rule's, whose id it has, or the organization's."""
    end_user: EndUserRef | None = Field(description="Null for the organization's own")


class EndUserRule(RuleRead, Owned):
    pass


class TroubledWebhooks(BaseModel):
    """All webhooks of the organization, its end users and their alert rules are counted, up to 1,000 in each state."""

    failing: int
    disabled: int
    capped: bool = Field(description="Whether one of the numbers is 1,000 and there are more")


class OverviewRead(BaseModel):
    """Orders and shipments are those of all end users. They follow a change within seconds."""

    end_users: int
    orders: dict[str, int] = Field(description="By status; every status is there")
    shipments: dict[str, int] = Field(description="By status; every status is there")
    action_requests: dict[str, int] = Field(description="By status; every status is there")
    bridges: dict[str, int] = Field(description="By status; every status is there")
    webhooks: TroubledWebhooks
