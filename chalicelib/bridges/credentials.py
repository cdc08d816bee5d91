"""What a connector finds out about a bridge: whether its credentials work, and new ones in place of those that end."""

from collections.abc import Callable

from chalicelib.bridges import configs, service
from chalicelib.bridges.store import BridgeItem
from chalicelib.kit.errors import NotFound
from chalicelib.kit.said import Said, code_of
from chalicelib.kit.settings import settings
from chalicelib.notifications import service as notifications
from chalicelib.organizations.configs import find as find_config
from chalicelib.organizations.principals import SYSTEM
from chalicelib.table.transaction import Transaction, retry_on_conflict

MAX_MESSAGE = 500


class ConfigChanged(Exception):
    """The config was changed by somebody else, who knows better."""


def renew(item: BridgeItem, changes: dict[str, str]) -> BridgeItem:
    """Store renewed credentials. Raises ConfigChanged if the config is not the one that they renew."""

    def attempt() -> BridgeItem:
        current = service.get(item.organization_id, item.end_user_id, item.id)
        if current.config != item.config:
            raise ConfigChanged
        config = {**configs.decrypt(current), **changes}
        current.config = configs.encrypt(current.organization_id, current.id, config)
        transaction = Transaction()
        # No event: nothing changed that anybody has to know.
        service.put_changed(transaction, current, current.status, SYSTEM)
        transaction.commit()
        return current

    return retry_on_conflict(attempt)


def report_broken(item: BridgeItem, message: str, *, reconnect: bool) -> None:
    """Put the bridge into the status `error`, and tell its end user. `reconnect`: only new credentials help."""

    def change(current: BridgeItem, transaction: Transaction) -> bool:
        if (current.status, current.error_message, current.reconnect_required) == ("error", message, reconnect):
            return False
        was_told = current.status == "error" and current.reconnect_required == reconnect
        current.status, current.error_message, current.reconnect_required = "error", message, reconnect
        current.error_code = code_of(message)
        if not was_told and current.end_user_id is not None:
            _notify(transaction, current, message, reconnect)
        return True

    _change(item, change)


def report_working(item: BridgeItem) -> None:
    """Put the bridge back into the status `active`."""

    def change(current: BridgeItem, _: Transaction) -> bool:
        if current.status == "active" and current.error_message is None:
            return False
        current.status, current.error_message, current.error_code = "active", None, None
        return True

    _change(item, change)


def _change(item: BridgeItem, change: Callable[[BridgeItem, Transaction], bool]) -> None:
    def attempt() -> None:
        current = service.get(item.organization_id, item.end_user_id, item.id)
        # A config that changed meanwhile has not been tried yet.
        if not current.is_open or current.config != item.config:
            return
        old_status, transaction = current.status, Transaction()
        if change(current, transaction):
            service.put_changed(transaction, current, old_status, SYSTEM)
            transaction.commit()

    try:
        retry_on_conflict(attempt)
    except NotFound:
        return


def complete_sync(item: BridgeItem, counts: dict[str, int]) -> None:
    """Record the end of a sync that somebody waited for, or that changed something, with its event."""

    def attempt() -> None:
        current = service.get(item.organization_id, item.end_user_id, item.id)
        if current.is_open:
            service.record_sync(current, SYSTEM, None, None, True, counts)

    try:
        retry_on_conflict(attempt)
    except NotFound:
        return


def _notify(transaction: Transaction, item: BridgeItem, message: str, reconnect: bool) -> None:
    assert item.end_user_id is not None
    config = find_config(item.organization_id)
    link = f"{settings().public_base_url}/portal?org={config.slug}" if config is not None else None
    notifications.add(
        transaction,
        item.organization_id,
        item.end_user_id,
        rule_id=None,
        event_type="bridge.disconnected",
        severity="critical",
        title=f"{item.name} needs to be connected again" if reconnect else f"{item.name} cannot be reached",
        message=Said.of(
            "bridge.reconnect" if reconnect else "bridge.unreachable",
            message,
            name=item.name,
            reason=message,
            reason_code=code_of(message),
        ),
        # Where the merchant can reconnect, unless the 3PL has a front end of its own.
        metadata={"bridge_id": item.id, "reconnect_required": reconnect, "link": link},
    )
