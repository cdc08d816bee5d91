"""Every endpoint there is: one list, from which routes, documents and tests come."""

from chalicelib.api_keys.routes import routes as api_keys
from chalicelib.bridges.routes import administration_routes as bridge_administration
from chalicelib.bridges.routes import routes as bridges
from chalicelib.config.routes import routes as config
from chalicelib.end_users.routes import routes as end_users
from chalicelib.events.routes import routes as events
from chalicelib.http.endpoint import Endpoint
from chalicelib.meta.routes import routes as meta
from chalicelib.sessions.routes import routes as sessions
from chalicelib.webhooks.routes import routes as webhooks

ENDPOINTS: list[Endpoint] = [
    endpoint
    for routes in (config, sessions, bridges, end_users, events, api_keys, bridge_administration, webhooks, meta)
    for endpoint in routes.endpoints
]
