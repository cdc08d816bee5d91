"""What an organization reads of one end user: the queries and rows of the end user's own lists, and whose they are."""

from pydantic import BaseModel, Field

from chalicelib.alerts.schemas import RuleRead
from chalicelib.http.bodies import BodyId
from chalicelib.notifications.schemas import NotificationQuery, NotificationRead
from chalicelib.orders.schemas import OrderDetail, OrderQuery, OrderRow
from chalicelib.shipments.schemas import ShipmentDetail, ShipmentQuery, ShipmentSummary
from chalicelib.tracking_pages.schemas import TrackingPageQuery, TrackingPageRow
from chalicelib.webhooks.schemas import DeliveryQuery, WebhookRead


class OfEndUser(BaseModel):
    end_user_id: BodyId = Field(description="The end user's id")


class OrdersQuery(OfEndUser, OrderQuery):
    pass


class ShipmentsQuery(OfEndUser, ShipmentQuery):
    pass


class TrackingPagesQuery(OfEndUser, TrackingPageQuery):
    pass


class NotificationsQuery(OfEndUser, NotificationQuery):
    pass


class DeliveriesQuery(OfEndUser, DeliveryQuery):
    @property
    def is_filtered(self) -> bool:
        return any(getattr(self, name) is not None for name in self.model_fields_set - {"end_user_id"})


class EndUserRef(BaseModel):
    id: str
    external_id: str
    name: str | None
    email: str | None


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


class EndUserWebhook(WebhookRead, Owned):
    pass


class EndUserRule(RuleRead, Owned):
    pass
