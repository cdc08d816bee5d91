"""A merchant's way to a platform and back, where they agree instead of entering keys.

The first page is ours: it shows the organization, the merchant and the shop, and goes on at a click. The browser of
that click has a cookie, and only that browser finishes the flow. So a link that somebody sends connects nobody else's
shop: who follows it sees whose account it is, and who is sent straight to the platform comes back without the cookie.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from chalicelib.bridges import configs, oauth
from chalicelib.bridges.oauth import InvalidState
from chalicelib.bridges.schemas import ConnectStart, OAuthStarted
from chalicelib.bridges.store import OAuthStateItem
from chalicelib.bridges.types import BridgeTypeUnavailable
from chalicelib.catalog.bridge_types import catalog
from chalicelib.connectors import apps, platforms
from chalicelib.connectors.faults import Fault
from chalicelib.connectors.platform import Platform
from chalicelib.connectors.shop import Consent, Http, Response
from chalicelib.kit import clock, ids
from chalicelib.kit.aws import InvocationFailed, invoke
from chalicelib.kit.errors import Invalid, Unavailable
from chalicelib.kit.settings import settings
from chalicelib.organizations import end_users
from chalicelib.organizations.configs import find as find_config
from chalicelib.organizations.configs import organization_name
from chalicelib.organizations.principals import Actor, EmbedSession
from chalicelib.organizations.suspension import require_active
from chalicelib.outbound.stand_ins import stand_in
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.reads import find
from chalicelib.table.transaction import update

MAX_ANSWER_BYTES = 3500
"""KMS encrypts 4 KB."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow that waits for the merchant, and what its page shows."""

    state: OAuthStateItem
    platform: Platform
    platform_name: str
    organization: str
    merchant: str
    branding: Mapping[str, object]

    @property
    def shop(self) -> str:
        return self.state.shop


@dataclass(frozen=True, slots=True)
class Finished:
    success: bool
    message: str
    return_url: str | None


def start(bridge_type_id: str, session: EmbedSession, body: ConnectStart, by: Actor, base_url: str) -> OAuthStarted:
    """Start a flow for a platform without OAuth. `base_url`: our own."""
    bridge_type = catalog()[bridge_type_id]
    platform = platforms.find(bridge_type_id) if bridge_type.is_bundled else None
    if platform is None or platform.authorize_url is None or bridge_type.consent_field is None:
        raise BridgeTypeUnavailable(f"{bridge_type.name} can't be connected this way here. Enter its keys instead.")
    named = configs.find_shop(bridge_type, {bridge_type.consent_field: body.store_url})
    if named is None or named.shop is None:
        example = named.example if named is not None else "https://shop.example"
        raise Invalid([("storeUrl", configs.store_expected(example))])
    item, state = oauth.begin(bridge_type, session, named.shop, body.name, body.return_url, by)
    query = {"shop": named.shop, "state": state}
    return OAuthStarted(bridge_id=item.id, auth_url=oauth.consent_url(base_url, bridge_type.id, query))


def open_flow(bridge_type: str, state: str) -> Flow:
    """Raises InvalidState, OrganizationSuspended."""
    item = find(OAuthStateItem, keys.oauth_state(ids.credential_hash(state)))
    platform = platforms.find(bridge_type)
    if item is None or item.bridge_type != bridge_type or item.expires_at <= clock.timestamp():
        raise InvalidState
    if platform is None or platform.authorize_url is None or not catalog()[bridge_type].is_bundled:
        raise InvalidState
    require_active(item.organization_id)
    end_user = end_users.find(item.organization_id, item.end_user_id)
    config = find_config(item.organization_id)
    if end_user is None or config is None:
        raise InvalidState
    return Flow(
        state=item,
        platform=platform,
        platform_name=catalog()[bridge_type].name,
        organization=str(config.branding.get("company_name") or organization_name(item.organization_id)),
        merchant=end_user.name or end_user.external_id,
        branding=config.branding,
    )


def agree(flow: Flow, state: str, cookie: str, base_url: str) -> str:
    """The merchant goes on, in the browser with this cookie. Returns the platform's page."""
    agreed = OAuthStateItem.browser.set(ids.credential_hash(cookie))
    if update(flow.state.key, [agreed], OAuthStateItem.expires_at > clock.timestamp()) is None:
        raise InvalidState
    return platform_page(flow, state, base_url)


def platform_page(flow: Flow, state: str, base_url: str) -> str:
    """Where the merchant agrees. Makes no calls."""
    assert flow.platform.authorize_url is not None
    try:
        url = flow.platform.authorize_url(consent_of(flow, state, base_url, _no_calls))
    except Fault as fault:
        raise Invalid([("shop", fault.message)]) from None
    return stand_in(url, settings().platform_hosts) or url


def origin_of_page(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def consent_of(flow: Flow, state: str, base_url: str, http: Http) -> Consent:
    base = f"{base_url}/connect/{flow.platform.id}"
    posts = flow.platform.reads_state is None
    return Consent(
        shop=flow.shop,
        state=state,
        callback_url=f"{base}/callback/{state}" if posts else f"{base}/oauth/callback",
        return_url=f"{base}/return/{state}",
        app_name=flow.organization,
        http=http,
        app=apps.credentials(flow.platform.id),
    )


def keep_answer(bridge_type: str, state: str, body: bytes) -> None:
    """The platform posts the credentials. They wait, encrypted, for the merchant to come back."""
    flow = open_flow(bridge_type, state)
    if len(body) > MAX_ANSWER_BYTES or flow.state.browser is None:
        raise InvalidState
    answer = crypto.encrypt(body.decode("utf-8", "replace"), flow.state.organization_id, _subject(flow.state))
    is_first = OAuthStateItem.answer.does_not_exist() & (OAuthStateItem.expires_at > clock.timestamp())
    if update(flow.state.key, [OAuthStateItem.answer.set(answer)], is_first) is None:
        raise InvalidState


def read_answer(item: OAuthStateItem) -> bytes:
    if item.answer is None:
        return b""
    return crypto.decrypt(item.answer, item.organization_id, _subject(item)).encode()


def finish(bridge_type: str, state: str, cookie: str, query: Mapping[str, str], base_url: str) -> Finished:
    """The merchant is back. Another function gets the credentials, tries them, and connects the bridge."""
    flow = open_flow(bridge_type, state)
    browser = flow.state.browser
    if browser is None or not crypto.constant_time_equals(browser, ids.credential_hash(cookie)):
        raise InvalidState
    question = {"ask": "complete", "bridge_type": bridge_type, "state": state, "query": query, "base_url": base_url}
    about = {"organization_id": flow.state.organization_id, "bridge_id": flow.state.bridge_id}
    try:
        answer = invoke(settings().work_on_bridges_function, {**question, **about})
    except InvocationFailed:
        raise Unavailable from None
    return Finished(answer["success"], answer["message"], flow.state.return_url)


def form_token(cookie: str) -> str:
    """Ties the form to the cookie of the browser that it was shown in."""
    return hashlib.sha256(f"form:{cookie}".encode()).hexdigest()


def _subject(item: OAuthStateItem) -> str:
    return f"bridge:{item.bridge_id}"


def _no_calls(*_: Any, **__: Any) -> Response:
    raise AssertionError("no calls are made here")
