from chalicelib.http import answers
from chalicelib.http.answers import Answer
from chalicelib.http.call import Call
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.principals import EmbedSession
from chalicelib.shipments import service
from chalicelib.shipments.schemas import ShipmentDetail, ShipmentQuery, ShipmentSummary, Tracking

routes = Routes("Shipments")
tracking_routes = Routes("Tracking")


@routes.endpoint(
    "GET",
    "/shipments",
    auth=Auth.SESSION,
    scope="shipments:read",
    feature="data_room",
    with_stats=True,
    ahead=service.look_ahead,
    summary="List shipments, newest first",
    query=ShipmentQuery,
    response=ShipmentSummary,
    envelope="page",
)
def list_shipments(call: Call[EmbedSession]) -> Answer:
    page = service.page(call.who, call.query, call.ahead)
    return answers.page(page.shipments, page.pagination)


@routes.endpoint(
    "GET",
    "/shipments/{id}",
    auth=Auth.SESSION,
    scope="shipments:read",
    feature="data_room",
    summary="Get a shipment with its addresses and checkpoints",
    response=ShipmentDetail,
)
def get_shipment(call: Call[EmbedSession]) -> Answer:
    who = call.who
    return answers.data(service.get(who.organization_id, who.end_user_id, call.path["id"], who.hidden_bridges))


@tracking_routes.endpoint(
    "GET",
    "/tracking/{id}",
    auth=Auth.SESSION,
    scope="tracking:read",
    feature="data_room",
    summary="Get a shipment's tracking, oldest checkpoint first",
    response=Tracking,
)
def get_tracking(call: Call[EmbedSession]) -> Answer:
    who = call.who
    shipment_id = call.path["id"]
    return answers.data(service.tracking_view(who.organization_id, who.end_user_id, shipment_id, who.hidden_bridges))
