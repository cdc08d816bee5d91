from datetime import date, timedelta

from chalicelib.insights.schemas import DayRead
from chalicelib.insights.store import NAMES, delete_days, list_days
from chalicelib.kit import ids
from chalicelib.kit.errors import NotFound
from chalicelib.organizations import end_users


def list_figures(organization_id: str, end_user_id: str | None, period: tuple[date, date]) -> list[DayRead]:
    """One row for each day of the period, oldest first. Without an end user, the organization's figures."""
    first, last = period
    stored = list_days(organization_id, end_user_id, first.isoformat(), last.isoformat())
    days = [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]
    return [
        DayRead(date=day, **{name: int(stored.get(day, {}).get(name, {"N": "0"})["N"]) for name in NAMES})
        for day in days
    ]


def list_of_end_user(organization_id: str, end_user_id: str | None, period: tuple[date, date]) -> list[DayRead]:
    """For the organization itself. NotFound if the end user is not one of its own."""
    if end_user_id is not None and (not ids.is_id(end_user_id) or end_users.find(organization_id, end_user_id) is None):
        raise NotFound
    return list_figures(organization_id, end_user_id, period)


def delete_end_user(organization_id: str, end_user_id: str) -> None:
    """Delete a former end user's figures. The organization's keep what they were part of."""
    delete_days(organization_id, end_user_id)
