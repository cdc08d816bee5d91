from pydantic import BaseModel, Field

from chalicelib.customers.schemas import AnyEmail
from chalicelib.http.bodies import Body
from chalicelib.orders.schemas import WholeOrder
from chalicelib.shipments.schemas import ShipmentDetail


class CustomerErase(Body):
    email: AnyEmail


class DataRequest(BaseModel):
    """A customer asked a shop for their data, which the export has."""

    id: str = Field(description="The export's id")
    bridge_id: str
    orders: int = Field(description="How many orders they have there")
    expires_at: str


class CustomerExport(BaseModel):
    """Everything of a customer that came through one bridge."""

    id: str
    bridge_id: str
    created_at: str
    expires_at: str = Field(description="Afterwards the export is a 404")
    orders: list[WholeOrder] = Field(description="Their details, up to 100")
    shipments: list[ShipmentDetail] = Field(description="The shipments of these orders, with addresses and checkpoints")


class ErasureQueued(BaseModel):
    queued: bool
