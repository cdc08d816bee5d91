from chalicelib.organizations.store import SlugItem
from chalicelib.table import keys
from chalicelib.table.reads import find


def find_slug(slug: str) -> SlugItem | None:
    return find(SlugItem, keys.slug(slug))
