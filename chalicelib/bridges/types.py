"""The bridge types that a session may use."""

from chalicelib.bridges.schemas import BridgeTypeRead
from chalicelib.bridges.store import find_bridge
from chalicelib.catalog.bridge_types import BridgeType, catalog
from chalicelib.kit.errors import Conflict, Forbidden
from chalicelib.organizations.principals import EmbedSession


class BridgeTypeUnavailable(Conflict):
    code = "bridge_type_unavailable"


def require_available(bridge_type: BridgeType) -> None:
    """BridgeTypeUnavailable if the type has neither a connector nor a service."""
    if not bridge_type.is_available:
        raise BridgeTypeUnavailable(f"This deployment has no service for bridges of the type {bridge_type.id}.")


def require_service(bridge_type: BridgeType) -> str:
    """The URL of the type's service. BridgeTypeUnavailable if the deployment named none."""
    require_available(bridge_type)
    assert bridge_type.service_url is not None
    return bridge_type.service_url


def allowed_types(session: EmbedSession) -> list[BridgeType]:
    """The available types that both the config and the session allow. An empty list does not restrict."""
    return [each for each in catalog().values() if each.is_available and _is_allowed(session, each.id)]


def _is_allowed(session: EmbedSession, bridge_type: str) -> bool:
    lists = (session.config.allowed_bridge_types, session.allowed_bridge_types)
    return all(not allowed or bridge_type in allowed for allowed in lists)


def require_allowed(session: EmbedSession, bridge_type: str) -> None:
    if bridge_type in catalog() and not _is_allowed(session, bridge_type):
        raise Forbidden(f"The bridge type {bridge_type} is not allowed here.", "bridge_type_not_allowed")


def require_bridge_allowed(session: EmbedSession, bridge_id: str) -> None:
    """As `require_allowed`, for an existing bridge. Reads it only if the config or session restricts types."""
    if session.config.allowed_bridge_types or session.allowed_bridge_types:
        item = find_bridge(session.organization_id, session.end_user_id, bridge_id)
        if item is not None:
            require_allowed(session, item.type)


def list_types(session: EmbedSession) -> list[BridgeTypeRead]:
    return [
        BridgeTypeRead(
            id=each.id,
            name=each.name,
            description=each.description,
            icon=each.icon,
            category=each.category,
            auth_methods=list(each.auth_methods),
            config_fields=list(each.config_fields),
            webhook_support=each.webhook_support,
            docs_url=each.docs_url,
            consent_field=each.oauth.shop_field if each.oauth else each.consent_field,
        )
        for each in allowed_types(session)
    ]
