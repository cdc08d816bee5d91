"""What tracking providers post."""

from collections.abc import Mapping

from chalicelib.connectors.hooks import ForgedHook
from chalicelib.kit import log
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import configs, tracking_provider
from chalicelib.organizations.suspension import REASON, is_suspended
from chalicelib.security.rate_limits import Limit, address_subject, consume
from chalicelib.tracking_feeds import taking
from chalicelib.tracking_providers import registry
from chalicelib.tracking_providers.provider import Forged

ADDRESS_LIMIT = Limit("tracking-hook-address", 30_000, 60)
"""A provider posts for all organizations from a few addresses."""
TOKEN_LIMIT = Limit("hook-tracking", 6000, 60)
"""For one organization, by the address that posts: a provider reports each scan of each parcel, and whoever has learnt
the token uses up nothing of the provider's."""


def take(token: str, headers: Mapping[str, str], body: bytes, address: str) -> None:
    """Take in a hook of an organization's provider. Nothing is decrypted before the organization's limit was counted.
    NotFound for unknown tokens, ForgedHook without a good signature."""
    organization_id = tracking_provider.organization_of(token)
    config = configs.find(organization_id) if organization_id is not None else None
    if config is None or config.tracking_provider is None or not tracking_provider.is_token(config, token):
        raise NotFound
    consume(TOKEN_LIMIT, f"{config.organization_id} {address_subject(address)}")
    provider, secret = registry.find(config.tracking_provider["name"]), tracking_provider.webhook_secret(config)
    if provider is None or secret is None:
        raise ForgedHook
    try:
        report = provider.read_hook(headers, body, secret)
    except Forged:
        raise ForgedHook from None
    if report is None:
        return
    if is_suspended(config):
        # The provider would switch off a hook that is refused.
        log.info("hook_dropped", organization_id=config.organization_id, reason=REASON)
        return
    with log.bound(organization_id=config.organization_id):
        taking.take_in(config, report)
