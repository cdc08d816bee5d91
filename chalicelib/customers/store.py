from pynamodb.attributes import UnicodeAttribute

from chalicelib.table.items import Item


class CustomerSessionItem(Item):
    id = UnicodeAttribute()
    hash = UnicodeAttribute()
    email = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    expires_at = UnicodeAttribute()


class CustomerItem(Item):
    """There only once a customer has been erased. Credentials made up to `erased_at` are worth nothing any more."""

    erased_at = UnicodeAttribute()
    erasure_id = UnicodeAttribute()
    email = UnicodeAttribute(null=True)
    """The address as ciphertext, until the last trace of it is removed."""
