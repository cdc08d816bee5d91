"""Every endpoint there is: one list, from which routes, documents and tests come."""

from chalicelib.action_requests.routes import routes as action_requests
from chalicelib.alerts.routes import routes as alerts
from chalicelib.api_keys.routes import routes as api_keys
from chalicelib.bridges.routes import administration_routes as bridge_administration
from chalicelib.bridges.routes import routes as bridges
from chalicelib.config.routes import routes as config
from chalicelib.customers.routes import routes as customers
from chalicelib.end_users.routes import routes as end_users
from chalicelib.events.routes import routes as events
from chalicelib.http.endpoint import Endpoint
from chalicelib.meta.routes import routes as meta
from chalicelib.orders.routes import routes as orders
from chalicelib.sessions.routes import routes as sessions
from chalicelib.shipments.routes import routes as shipments
from chalicelib.shipments.routes import tracking_routes as tracking
from chalicelib.storefront.public_routes import routes as storefront_public
from chalicelib.storefront.routes import routes as storefront
from chalicelib.sync.routes import routes as sync
from chalicelib.tracking_pages.routes import page_routes as pages_for_people
from chalicelib.tracking_pages.routes import routes as tracking_pages
from chalicelib.webhooks.routes import routes as webhooks

ENDPOINTS: list[Endpoint] = [
    endpoint
    for routes in (
        config,
        sessions,
        bridges,
        end_users,
        events,
        api_keys,
        bridge_administration,
        sync,
        orders,
        shipments,
        tracking,
        webhooks,
        alerts,
        action_requests,
        tracking_pages,
        pages_for_people,
        customers,
        storefront,
        storefront_public,
        meta,
    )
    for endpoint in routes.endpoints
]
