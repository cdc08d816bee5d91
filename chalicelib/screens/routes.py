from chalicelib.http.endpoint import NO_PREFIX, Auth, Routes
from chalicelib.http.files import HTML, IMMUTABLE, JAVASCRIPT, send_file
from chalicelib.http.request import Request
from chalicelib.http.responses import Response
from chalicelib.http.spending import ITEMS, NOTHING
from chalicelib.kit.errors import NotFound
from chalicelib.kit.settings import settings
from chalicelib.organizations.principals import Anonymous
from chalicelib.screens import pages, preview
from chalicelib.screens.schemas import PortalQuery, PreviewQuery
from chalicelib.security.rate_limits import Limit
from chalicelib.tracking_pages.languages import choose_language

routes = Routes("Screens", NO_PREFIX)


@routes.endpoint(
    "GET",
    "/embed.js",
    auth=Auth.PUBLIC,
    summary="Get the web components (JavaScript module)",
    spends=NOTHING,
    content_type="text/javascript",
    head=True,
    also=(304,),
)
def get_components(request: Request[Anonymous]) -> Response:
    return send_file(request.info, pages.STATIC / "embed.js", JAVASCRIPT, "public, max-age=300")


@routes.endpoint(
    "GET",
    "/assets/{asset}",
    auth=Auth.PUBLIC,
    summary="Get a file that the components or the portal load",
    spends=NOTHING,
    content_type="text/javascript",
    head=True,
    also=(304,),
    errors=(404,),
)
def get_asset(request: Request[Anonymous]) -> Response:
    path, content_type = pages.find_asset(request.path["asset"])
    return send_file(request.info, path, content_type, IMMUTABLE)


@routes.endpoint(
    "GET",
    "/portal",
    auth=Auth.PUBLIC,
    summary="Open the portal, with a session's token behind `#` (HTML)",
    spends=ITEMS,
    query=PortalQuery,
    envelope="bare",
    content_type="text/html",
    head=True,
    errors=(404,),
    limits=(Limit("portal", 600, 60),),
)
def open_portal(request: Request[Anonymous, None, PortalQuery]) -> Response:
    page = pages.portal(request.query.org)
    return Response(page.html, page.status, page.headers, HTML)


@routes.endpoint(
    "GET",
    "/portal/gallery",
    auth=Auth.PUBLIC,
    summary="Open the gallery of all components in all states; local stack only (HTML)",
    spends=NOTHING,
    envelope="bare",
    content_type="text/html",
    head=True,
    errors=(404,),
)
def open_gallery(_: Request[Anonymous]) -> Response:
    if settings().stage != "local":
        raise NotFound
    page = pages.gallery()
    return Response(page.html, page.status, page.headers, HTML)


@routes.endpoint(
    "GET",
    "/console",
    auth=Auth.PUBLIC,
    summary="Open the console (HTML)",
    spends=NOTHING,
    envelope="bare",
    content_type="text/html",
    head=True,
)
def open_console(_: Request[Anonymous]) -> Response:
    page = pages.console()
    return Response(page.html, page.status, page.headers, HTML)


@routes.endpoint(
    "GET",
    "/console/tracking-preview",
    auth=Auth.PUBLIC,
    summary="Open an example of an organization's tracking page in another colour, as the console shows it (HTML)",
    spends=ITEMS,
    query=PreviewQuery,
    envelope="bare",
    content_type="text/html",
    head=True,
    limits=(Limit("tracking-preview", 120, 60),),
)
def preview_tracking_page(request: Request[Anonymous, None, PreviewQuery]) -> Response:
    query = request.query
    language = choose_language(query.lang, request.info.headers.get("accept-language"))
    page = preview.tracking_page(query.slug, query.primary_color, language)
    return Response(page.html, page.status, page.headers, HTML)
