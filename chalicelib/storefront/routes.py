from chalicelib.http import responses
from chalicelib.http.endpoint import STOREFRONT, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import CHANGE, LIST, PARTITION, RECORD, Spending
from chalicelib.organizations.principals import Customer, Shop
from chalicelib.security.rate_limits import Limit
from chalicelib.storefront import access, service
from chalicelib.storefront.schemas import (
    AccessCodeRequest,
    AccessCodeRequested,
    AccessCodeVerified,
    AccessCodeVerify,
    AddressChange,
    OrderListQuery,
    StorefrontOrderDetail,
    StorefrontOrderList,
    StorefrontTracking,
)
from chalicelib.tracking_pages.languages import preferred_language

SENT = "If an order with this number and e-mail address exists, you will receive a code by e-mail shortly."

TRACKING = (Limit("storefront-track", 600, 60),)
# The limits of codes, in `access`, are silent: a limited request gets the same response as any other. This one, which
# is reached by no person, keeps whoever goes on from causing any work.
CODES = (Limit("storefront-access", 600, 60),)

routes = Routes("Storefront", STOREFRONT)


@routes.endpoint(
    "GET",
    "/orders",
    auth=Auth.CUSTOMER,
    summary="List the customer's orders",
    spends=LIST,
    query=OrderListQuery,
    response=StorefrontOrderList,
    envelope="bare",
    upper_case_errors=True,
)
def list_customer_orders(request: Request[Customer, None, OrderListQuery]) -> Response:
    return responses.bare(service.list_orders(request.principal, request.query.page, request.query.size))


@routes.endpoint(
    "GET",
    "/orders/{order_number}",
    auth=Auth.CUSTOMER,
    summary="Get one of the customer's orders",
    spends=RECORD,
    response=StorefrontOrderDetail,
    envelope="bare",
    errors=(404,),
    upper_case_errors=True,
)
def get_customer_order(request: Request[Customer]) -> Response:
    return responses.bare(service.get_order(request.principal, request.path["order_number"]))


@routes.endpoint(
    "POST",
    "/orders/{order_number}/cancel",
    auth=Auth.CUSTOMER,
    summary="Cancel an order that is awaiting payment, or ask for it later where that is allowed",
    spends=CHANGE,
    response=StorefrontOrderDetail,
    envelope="bare",
    errors=(404,),
    upper_case_errors=True,
)
def cancel_customer_order(request: Request[Customer]) -> Response:
    return responses.bare(service.cancel_order(request.principal, request.path["order_number"], request.actor))


@routes.endpoint(
    "POST",
    "/orders/{order_number}/address-change",
    auth=Auth.CUSTOMER,
    summary="Ask for another shipping address",
    spends=CHANGE,
    body=AddressChange,
    response=StorefrontOrderDetail,
    envelope="bare",
    errors=(400, 404, 409),
    upper_case_errors=True,
)
def request_customer_address_change(request: Request[Customer, AddressChange]) -> Response:
    number = request.path["order_number"]
    return responses.bare(service.request_address(request.principal, number, request.body, request.actor))


@routes.endpoint(
    "GET",
    "/orders/track/{token}",
    auth=Auth.SHOP,
    summary="Track an order by the token from its confirmation",
    spends=PARTITION,
    response=StorefrontTracking,
    envelope="bare",
    errors=(404,),
    limits=TRACKING,
    hidden_while_inactive=True,
    upper_case_errors=True,
)
def track_order(request: Request[Shop]) -> Response:
    return responses.bare(service.track(request.principal.organization_id, request.path["token"]))


@routes.endpoint(
    "POST",
    "/orders/access/request",
    auth=Auth.SHOP,
    summary="Request an access code for an order by e-mail",
    spends=Spending(10, 16, "one e-mail, if the order exists"),
    body=AccessCodeRequest,
    response=AccessCodeRequested,
    envelope="bare",
    limits=CODES,
    upper_case_errors=True,
)
def request_access_code(request: Request[Shop, AccessCodeRequest]) -> Response:
    language = preferred_language(request.info.headers.get("accept-language"))
    access.request_code(
        request.principal.organization_id, request.body.order_number, request.body.email, language, request.actor
    )
    return responses.bare({"success": True, "message": SENT})


@routes.endpoint(
    "POST",
    "/orders/access/verify",
    auth=Auth.SHOP,
    summary="Exchange an access code for the order and its order token",
    spends=Spending(4600, 24),
    body=AccessCodeVerify,
    response=AccessCodeVerified,
    envelope="bare",
    errors=(400,),
    limits=CODES,
    upper_case_errors=True,
)
def verify_access_code(request: Request[Shop, AccessCodeVerify]) -> Response:
    body = request.body
    org = request.principal.organization_id
    return responses.bare(service.redeem(org, body.order_number, body.email, body.code, request.actor))


@routes.endpoint(
    "GET",
    "/orders/access/detail",
    auth=Auth.SHOP,
    summary="Get the order of an order token",
    spends=RECORD,
    headers=(("X-Order-Access", "The order token, from exchanging an access code"),),
    response=StorefrontOrderDetail,
    envelope="bare",
    limits=TRACKING,
    upper_case_errors=True,
)
def get_order_by_token(request: Request[Shop]) -> Response:
    token = request.info.headers.get("x-order-access", "")
    return responses.bare(service.get_by_token(request.principal.organization_id, token))
