from chalicelib.http import responses
from chalicelib.http.endpoint import API, Auth, Routes
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import PARTITION
from chalicelib.insights import service
from chalicelib.insights.schemas import DayRead, InsightsQuery, OrganizationInsightsQuery
from chalicelib.organizations.principals import ApiKey, EmbedSession

routes = Routes("Insights")
administration_routes = Routes("Insights", API)


@routes.endpoint(
    "GET",
    "/insights",
    auth=Auth.SESSION,
    scope="orders:read",
    feature="data_room",
    summary="Get the figures by day",
    spends=PARTITION,
    query=InsightsQuery,
    response=list[DayRead],
)
def get_insights(request: Request[EmbedSession, None, InsightsQuery]) -> Response:
    session = request.principal
    return responses.data(service.list_figures(session.organization_id, session.end_user_id, request.query.period))


@administration_routes.endpoint(
    "GET",
    "/insights",
    auth=Auth.API_KEY,
    scope="embed:manage",
    summary="Get the organization's figures by day, or one end user's",
    spends=PARTITION,
    query=OrganizationInsightsQuery,
    response=list[DayRead],
    errors=(404,),
)
def get_organization_insights(request: Request[ApiKey, None, OrganizationInsightsQuery]) -> Response:
    organization_id, query = request.principal.organization_id, request.query
    return responses.data(service.list_of_end_user(organization_id, query.end_user_id, query.period))
