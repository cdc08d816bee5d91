from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.table import keys
from chalicelib.table.items import DocumentAttribute, IntegerAttribute, Item
from chalicelib.table.reads import find


class ConfigItem(Item):
    id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    slug = UnicodeAttribute()
    publishable_key = UnicodeAttribute()
    identity_secret = UnicodeAttribute()
    """Ciphertext."""
    old_publishable_keys = DocumentAttribute(default=list)
    """Replaced ones that still work, newest first: `[key, until]`."""
    old_identity_secrets = DocumentAttribute(default=list)
    """The same, as ciphertexts."""
    branding = DocumentAttribute(default=dict)
    allowed_origins = DocumentAttribute(default=list)
    allowed_bridge_types = DocumentAttribute(default=list)
    default_dispatcher_id = UnicodeAttribute(null=True)
    settings = DocumentAttribute(default=dict)
    """Never holds `webhookSecret`; that is below."""
    webhook_secret = UnicodeAttribute(null=True)
    """Ciphertext of the secret that signs the organization's own webhook."""
    enabled_features = DocumentAttribute(default=list)
    is_active = BooleanAttribute(default=True)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    version = IntegerAttribute(default=1)


class SlugItem(Item):
    organization_id = UnicodeAttribute()


def find_config(organization_id: str) -> ConfigItem | None:
    return find(ConfigItem, keys.config(organization_id))


def find_slug(slug: str) -> SlugItem | None:
    return find(SlugItem, keys.slug(slug))
