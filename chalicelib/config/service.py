"""Changes of the embed config. The first PATCH creates it; every request reads it anew."""

from typing import Any

from chalicelib.catalog.bridge_types import catalog
from chalicelib.config.schemas import (
    MAX_FREE_BYTES,
    MAX_SLUG,
    ConfigRead,
    ConfigUpdate,
    PublicBridgeType,
    PublicConfig,
    Rotation,
    SettingWarning,
)
from chalicelib.events import conditions
from chalicelib.events import service as events
from chalicelib.kit import clock, codec, ids
from chalicelib.kit.errors import Conflict, Invalid, NotFound
from chalicelib.kit.settings import settings
from chalicelib.organizations import configs, tracking_provider
from chalicelib.organizations.known_settings import find_problems, find_unknown
from chalicelib.organizations.masking import MASK
from chalicelib.organizations.principals import Actor
from chalicelib.organizations.store import ConfigItem, FormerSlugItem, OrganizationItem, SlugItem
from chalicelib.outbound import signing
from chalicelib.outbound.addresses import AddressNotAllowed
from chalicelib.outbound.resolving import check_destination
from chalicelib.security import crypto
from chalicelib.table import keys
from chalicelib.table.transaction import Transaction, absent, exists, retry_on_conflict
from chalicelib.webhooks import attached

ROTATION_OVERLAP_S = 24 * 3600
MAX_OLD_SECRETS = 20


ROTATED = ("publishable_key", "identity_secret", "tracking_webhook")


class NoTrackingProvider(Conflict):
    code = "no_tracking_provider"
    message = "The settings name no tracking provider, so there is no address to replace."


class SlugTaken(Conflict):
    code = "slug_taken"
    message = "Another embed config has this slug."


def public(slug: str) -> PublicConfig:
    """The public part of an active config."""
    config = configs.find_by_slug(slug) if len(slug) <= MAX_SLUG else None
    if config is None or not config.is_active:
        raise NotFound
    return PublicConfig(
        slug=config.slug,
        branding=config.branding,
        allowedBridgeTypes=[
            PublicBridgeType(id=each.id, name=each.name, icon=each.icon, category=each.category)
            for each in catalog().values()
            if each.is_available and (not config.allowed_bridge_types or each.id in config.allowed_bridge_types)
        ],
    )


def read(config: ConfigItem | None, base_url: str) -> ConfigRead:
    return _to_response(configs.require(config), base_url)


def update(organization_id: str, change: ConfigUpdate, base_url: str, by: Actor) -> ConfigRead:
    """Create or change the config. Only this response shows a generated webhook secret."""
    _check(change)
    return retry_on_conflict(lambda: _update(organization_id, change, base_url, by))


def _update(organization_id: str, change: ConfigUpdate, base_url: str, by: Actor) -> ConfigRead:
    stored = configs.find(organization_id)
    item = stored or _new(organization_id, change)
    old_slug = stored.slug if stored else None
    generated = _apply(item, change)
    _save(item, old_slug, change, by)
    response = _to_response(item, base_url)
    if generated:
        response.settings["webhookSecret"] = generated
    return response


def warnings(change: ConfigUpdate) -> list[SettingWarning]:
    """One warning for each unknown setting that was sent."""
    return [SettingWarning(field=field, message=message) for field, message in find_unknown(change.settings or {})]


def rotate(organization_id: str, rotation: Rotation, base_url: str, by: Actor) -> ConfigRead:
    """Replace the publishable key, the identity secret or the tracking provider's address. The old value stays valid
    for a day."""
    if not any(getattr(rotation, name) for name in ROTATED):
        raise Invalid([("body", f"must set one of {', '.join(ROTATED)}")])
    return retry_on_conflict(lambda: _rotate(organization_id, rotation, base_url, by))


def _rotate(organization_id: str, rotation: Rotation, base_url: str, by: Actor) -> ConfigRead:
    item = configs.require(configs.find(organization_id))
    if rotation.publishable_key:
        item.old_publishable_keys = _keep_old(item.old_publishable_keys, item.publishable_key)
        item.publishable_key = ids.new_credential(configs.PUBLISHABLE, organization_id)
    if rotation.identity_secret:
        item.old_identity_secrets = _keep_old(item.old_identity_secrets, item.identity_secret)
        item.identity_secret = _new_identity_secret(organization_id)
    if rotation.tracking_webhook:
        if item.tracking_token is None:
            raise NoTrackingProvider
        item.old_tracking_tokens = _keep_old(item.old_tracking_tokens, item.tracking_token)
        item.tracking_token = tracking_provider.new_token(organization_id)
    item.updated_at = clock.timestamp()
    transaction = Transaction()
    _put(transaction, item)
    events.record(
        transaction,
        organization_id,
        None,
        "config.rotated",
        by=by,
        resource=("embed_config", item.id),
        metadata={"rotated": [name for name in ROTATED if getattr(rotation, name)]},
    )
    transaction.commit()
    return _to_response(item, base_url)


def _keep_old(old: list[list[str]], replaced: str) -> list[list[str]]:
    now = clock.timestamp()
    return [[replaced, clock.in_seconds(ROTATION_OVERLAP_S)], *(entry for entry in old if entry[1] > now)][
        :MAX_OLD_SECRETS
    ]


def _check(change: ConfigUpdate) -> None:
    wrong = [
        ("allowed_bridge_types", f"{name[:50]!r} is not a bridge type")
        for name in change.allowed_bridge_types or ()
        if name not in catalog()
    ]
    wrong += find_problems(change.settings or {})
    url = (change.settings or {}).get("webhookUrl")
    if isinstance(url, str):
        try:
            check_destination(url, settings().allow_loopback)
        except AddressNotAllowed as problem:
            wrong.append(("settings.webhookUrl", str(problem)))
    wanted = (change.settings or {}).get("webhookFilter")
    if isinstance(wanted, dict):
        wrong += conditions.validate(wanted, "settings.webhookFilter")
    if wrong:
        raise Invalid(wrong)


def _new(organization_id: str, change: ConfigUpdate) -> ConfigItem:
    if change.slug is None:
        raise Invalid([("slug", "is required to create the config")])
    created_at = clock.timestamp()
    return ConfigItem.at(
        keys.config(organization_id),
        id=ids.new_id(),
        organization_id=organization_id,
        slug=change.slug,
        publishable_key=ids.new_credential(configs.PUBLISHABLE, organization_id),
        identity_secret=_new_identity_secret(organization_id),
        enabled_features=["bridges"],
        created_at=created_at,
        updated_at=created_at,
        version=0,
    )


def _new_identity_secret(organization_id: str) -> str:
    return crypto.encrypt(ids.random_text(32), organization_id, "identity-secret")


def _apply(item: ConfigItem, change: ConfigUpdate) -> str | None:
    """Change the item. Returns the webhook secret if one had to be generated."""
    for name in change.model_fields_set - {"settings"}:
        setattr(item, name, getattr(change, name))
    if change.settings is None:
        return None
    if "trackingProvider" in change.settings:
        problem = tracking_provider.merge(item, change.settings["trackingProvider"])
        if problem is not None:
            raise Invalid([("settings.trackingProvider", problem)])
    merged: dict[str, Any] = {**item.settings, **change.settings, "trackingProvider": None}
    secret = merged.pop("webhookSecret", MASK)
    item.settings = {name: value for name, value in merged.items() if value is not None}
    if len(codec.dumps(item.settings).encode()) > MAX_FREE_BYTES:
        raise Invalid([("settings", f"would be larger than {MAX_FREE_BYTES} bytes")])
    generated = None
    if secret is None:
        item.webhook_secret = None
    if secret in (None, MASK) and "webhookUrl" in item.settings and item.webhook_secret is None:
        secret = generated = signing.generate_secret()
    if secret not in (None, MASK):
        item.webhook_secret = crypto.encrypt(secret, item.organization_id, "organization-webhook")
    return generated


def _save(item: ConfigItem, old_slug: str | None, change: ConfigUpdate, by: Actor) -> None:
    transaction = Transaction()
    if old_slug != item.slug:
        slug = SlugItem.at(keys.slug(item.slug), organization_id=item.organization_id)
        # A slug that this organization already holds was written by a concurrent request, which the version detects.
        free = absent() | (SlugItem.organization_id == item.organization_id)
        transaction.put(slug, free, error=SlugTaken())
        was_own = FormerSlugItem.organization_id == item.organization_id
        is_free_again = absent() | was_own | (FormerSlugItem.kept_until < clock.timestamp())
        transaction.delete(configs.former_slug_key(item.slug), is_free_again, error=SlugTaken())
        if old_slug is not None:
            transaction.delete(keys.slug(old_slug))
            transaction.put(configs.former_slug(old_slug, item.organization_id))
    # Organizations created before there was a list of them enter it with the next change of their config.
    listing = keys.organization_list(item.organization_id)
    actions = [OrganizationItem.g1pk.set(listing.pk), OrganizationItem.g1sk.set(listing.sk)]
    transaction.update(keys.organization(item.organization_id), actions, exists())
    created = old_slug is None
    item.updated_at = item.created_at if created else clock.timestamp()
    _put(transaction, item)
    _put_own_webhook(transaction, item, change.settings or {})
    events.record(
        transaction,
        item.organization_id,
        None,
        "config.created" if created else "config.updated",
        by=by,
        resource=("embed_config", item.id),
        metadata={"fields": sorted(change.model_fields_set)},
    )
    transaction.commit()


def _put_own_webhook(transaction: Transaction, item: ConfigItem, sent: dict[str, Any]) -> None:
    """Create, change or remove the organization's own webhook if its settings were sent."""
    webhook = attached.organization_destination(item.organization_id)
    url, secret = item.settings.get("webhookUrl"), item.webhook_secret
    if "webhookUrl" in sent and url is None:
        attached.remove(transaction, webhook)
    elif "webhookUrl" in sent and secret is not None:
        attached.point(transaction, webhook, url, secret)
    elif sent.get("webhookSecret", MASK) != MASK and url is not None and secret is not None:
        attached.set_secret(transaction, webhook, secret)


def _put(transaction: Transaction, item: ConfigItem) -> None:
    seen = item.version
    item.version = seen + 1
    transaction.put(item, ConfigItem.version == seen if seen else absent())


def _to_response(item: ConfigItem, base_url: str) -> ConfigRead:
    settings = dict(item.settings)
    if item.webhook_secret is not None:
        settings["webhookSecret"] = MASK
    if item.tracking_provider is not None:
        settings["trackingProvider"] = tracking_provider.shown(item)
    token = item.tracking_token
    return ConfigRead(
        id=item.id,
        organization_id=item.organization_id,
        slug=item.slug,
        publishable_key=item.publishable_key,
        identity_secret=crypto.decrypt(item.identity_secret, item.organization_id, "identity-secret"),
        branding=item.branding,
        allowed_origins=item.allowed_origins,
        allowed_bridge_types=item.allowed_bridge_types,
        default_dispatcher_id=item.default_dispatcher_id,
        settings=settings,
        enabled_features=item.enabled_features,
        is_active=item.is_active,
        tracking_webhook_url=f"{base_url}{tracking_provider.path_of(token)}" if token is not None else None,
        created_at=item.created_at,
        updated_at=item.updated_at,
    )
