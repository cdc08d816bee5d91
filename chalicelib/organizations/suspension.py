"""Suspending an organization, which only operators do: its own keys can neither cause nor undo it.

The time stands on the organization and on its embed config, which every request, delivery, alert and e-mail reads in
any case.
"""

from collections.abc import Iterable
from typing import NoReturn

from chalicelib.kit import clock, log
from chalicelib.kit.errors import Forbidden, NotFound
from chalicelib.organizations.store import ConfigItem, OrganizationItem, find_organization
from chalicelib.table import keys
from chalicelib.table.reads import find, get_many
from chalicelib.table.transaction import Transaction, absent, exists, retry_on_conflict


class OrganizationSuspended(Forbidden):
    code = "organization_suspended"
    message = "This organization is suspended. Contact the operator of this deployment."


REASON = OrganizationSuspended.code
"""The `reason` in log lines about what was not done."""


def suspend(organization_id: str) -> str:
    """Suspend an organization with immediate effect. Returns since when it is suspended. NotFound."""
    return retry_on_conflict(lambda: _change(organization_id, clock.timestamp())) or ""


def resume(organization_id: str) -> None:
    """End a suspension. What waited continues by itself within minutes. NotFound."""
    retry_on_conflict(lambda: _change(organization_id, None))


def _change(organization_id: str, at: str | None) -> str | None:
    organization = find_organization(organization_id)
    if organization is None:
        raise NotFound
    config = find(ConfigItem, keys.config(organization_id))
    if at is not None and organization.suspended_at is not None:
        at = organization.suspended_at
    transaction = Transaction()
    attribute = OrganizationItem.suspended_at
    transaction.update(organization.key, [attribute.remove() if at is None else attribute.set(at)], exists())
    if config is None:
        transaction.check(keys.config(organization_id), absent())
    else:
        suspended = ConfigItem.suspended_at
        # A change of the config writes the whole item. A new version makes one that is under way read it again.
        actions = [suspended.remove() if at is None else suspended.set(at), ConfigItem.version.add(1)]
        transaction.update(config.key, actions, ConfigItem.version == config.version)
    transaction.commit()
    return at


def is_suspended(config: ConfigItem | None) -> bool:
    return config is not None and config.suspended_at is not None


def suspended_among(organization_ids: Iterable[str]) -> set[str]:
    """Those of the organizations that are suspended. One round trip per hundred."""
    by_key = {keys.config(organization_id): organization_id for organization_id in organization_ids}
    rows = get_many(by_key)
    return {by_key[key] for key, row in rows.items() if is_suspended(ConfigItem.of(row))}


def require_active(organization_id: str) -> None:
    """Raise OrganizationSuspended if the organization is suspended, for callers whose credential is not its own."""
    if suspended_among([organization_id]):
        refuse(organization_id)


def refuse(organization_id: str) -> NoReturn:
    """The request's own log line does not name the organization of a bridge that a service asks for."""
    log.info("service_refused", organization_id=organization_id, reason=REASON)
    raise OrganizationSuspended
