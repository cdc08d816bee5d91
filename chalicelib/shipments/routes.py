from chalicelib.http import responses
from chalicelib.http.endpoint import Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import LIST, PARTITION
from chalicelib.organizations.principals import EmbedSession
from chalicelib.shipments import listing, service
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
    prefetch=listing.prefetch_page,
    summary="List shipments, newest first",
    spends=LIST,
    query=ShipmentQuery,
    response=ShipmentSummary,
    envelope="page",
)
def list_shipments(request: Request[EmbedSession, None, ShipmentQuery]) -> Response:
    page = listing.page(request.principal, request.query, request.prefetched)
    return responses.page(page.shipments, page.pagination)


@routes.endpoint(
    "GET",
    "/shipments/{id}",
    auth=Auth.SESSION,
    scope="shipments:read",
    feature="data_room",
    summary="Get a shipment with its addresses and checkpoints",
    spends=PARTITION,
    response=ShipmentDetail,
)
def get_shipment(request: Request[EmbedSession]) -> Response:
    principal = request.principal
    return responses.data(
        service.get(principal.organization_id, principal.end_user_id, request.id, principal.hidden_bridges)
    )


@tracking_routes.endpoint(
    "GET",
    "/tracking/{id}",
    auth=Auth.SESSION,
    scope="tracking:read",
    feature="data_room",
    summary="Get a shipment's tracking, oldest checkpoint first",
    spends=PARTITION,
    response=Tracking,
)
def get_tracking(request: Request[EmbedSession]) -> Response:
    principal = request.principal
    shipment_id = request.id
    return responses.data(
        service.tracking_view(principal.organization_id, principal.end_user_id, shipment_id, principal.hidden_bridges)
    )
