"""Lists of orders: filters, sorting and pages as WooCommerce has them."""

import json
from collections.abc import Mapping
from datetime import datetime

from local.demo.woocommerce.orders import HIDDEN, STATUSES, Invalid
from local.demo.woocommerce.store import Json, Store

MAX_PAGE = 100
SORTED_BY = {"date": "created", "modified": "modified", "id": "id"}
FILTERS = {
    "after": "created > ?",
    "before": "created < ?",
    "modified_after": "modified > ?",
    "modified_before": "modified < ?",
}
"""They leave out the second that they name."""


def orders(store: Store, query: Mapping[str, str]) -> tuple[list[Json], int]:
    """A page of orders, and how many all pages have: 0 past the last one."""
    where, values = _conditions(query)
    size, page = _number(query, "per_page", 10, MAX_PAGE), _number(query, "page", 1)
    column = SORTED_BY.get(query.get("orderby", "date"))
    if column is None or query.get("order", "desc") not in ("asc", "desc"):
        raise _invalid("orderby")
    order = f"{column} {query.get('order', 'desc')}"
    offset = int(query.get("offset") or (page - 1) * size)
    sql = f"select body from records where {where} order by {order} limit ? offset ?"  # noqa: S608 - no value is in it
    listed = [json.loads(body) for (body,) in store.rows(sql, *values, size, offset)]
    count = f"select count(*) from records where {where}"  # noqa: S608 - nor here
    total = store.rows(count, *values)[0][0]
    return listed, total if listed else 0


def _conditions(query: Mapping[str, str]) -> tuple[str, list[str | int]]:
    conditions, values = ["kind = 'order'"], list[str | int]()
    statuses = [each for each in query.get("status", "any").split(",") if each]
    if unknown := [each for each in statuses if each not in (*STATUSES, "any", "trash")]:
        raise _invalid(f"status ({unknown[0]})")
    if "any" in statuses:
        conditions.append(f"status not in ({_marks(HIDDEN)})")
        values += HIDDEN
    else:
        conditions.append(f"status in ({_marks(statuses)})")
        values += statuses
    for name, condition in FILTERS.items():
        if query.get(name):
            conditions.append(condition)
            values.append(_time(name, query[name]))
    for name, operator in (("include", "in"), ("exclude", "not in")):
        if ids := [each for each in query.get(name, "").split(",") if each]:
            conditions.append(f"id {operator} ({_marks(ids)})")
            values += [int(each) for each in ids]
    return " and ".join(conditions), values


def _marks(values: "list[str] | tuple[str, ...]") -> str:
    return ", ".join("?" * len(values))


def _time(name: str, value: str) -> str:
    try:
        return datetime.fromisoformat(value).strftime("%Y-%m-%dT%H:%M:%S")
    except ValueError:
        raise _invalid(name) from None


def _number(query: Mapping[str, str], name: str, default: int, most: int = 1_000_000) -> int:
    value = query.get(name, str(default))
    if not value.isdigit() or not 1 <= int(value) <= most:
        raise _invalid(name)
    return int(value)


def _invalid(name: str) -> Invalid:
    return Invalid("rest_invalid_param", f"Invalid parameter(s): {name}")
