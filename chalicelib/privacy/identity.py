"""Who a customer is: an e-mail address within an organization, in whatever spelling."""

import re
from unicodedata import normalize
from urllib.parse import unquote

from chalicelib.kit import ids
from chalicelib.security import crypto

_DISPLAY_NAME = re.compile(r"[^<>]*<([^<>]*)>")
_MAILTO = "mailto:"
_PUNYCODE = "xn--"


def address_in(text: str) -> str:
    """The e-mail address in what a source sends as one: `Name <a@b>` and `mailto:a@b` contain `a@b`."""
    address = text.strip()
    while (inner := _unwrapped(address)) != address:
        address = inner
    return address


def _unwrapped(address: str) -> str:
    if found := _DISPLAY_NAME.fullmatch(address):
        return found[1].strip()
    if address[: len(_MAILTO)].lower() == _MAILTO:
        return unquote(address[len(_MAILTO) :].partition("?")[0]).strip()
    return address


def canonical_email(email: str) -> str:
    """The spelling in which addresses are compared: NFC, lower case, the domain in Unicode by UTS 46, no final dot.

    Text that is no address has a canonical form too: whatever sync stores can be erased.
    """
    address = normalize("NFC", address_in(email))
    local, at, domain = address.rpartition("@")
    return normalize("NFC", local.lower()) + at + canonical_domain(domain)


def canonical_domain(domain: str) -> str:
    lowered = domain.lower().rstrip(".")
    if lowered.isascii() and _PUNYCODE not in lowered:
        return lowered
    # Imported here: its tables are large, and few domains need them.
    import idna

    try:
        mapped = idna.uts46_remap(domain, std3_rules=False, transitional=False)
    except idna.IDNAError:
        return normalize("NFC", lowered)
    return ".".join(_unicode_label(label) for label in mapped.rstrip(".").split("."))


def _unicode_label(label: str) -> str:
    import idna

    if not label.startswith(_PUNYCODE):
        return label
    try:
        return idna.ulabel(label)
    except idna.IDNAError:
        return label


def ascii_address(email: str) -> str:
    """The address with its domain in Punycode, for e-mail systems. Raises ValueError if the domain has no such form.

    The part before the `@` is kept as it is: receivers may tell upper from lower case there.
    """
    local, at, domain = normalize("NFC", address_in(email)).rpartition("@")
    return f"{local}{at}{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    if domain.isascii():
        return domain.rstrip(".")
    import idna

    return idna.encode(domain.rstrip("."), uts46=True, transitional=False).decode()


def is_same_person(email: str | None, other: str | None) -> bool:
    return canonical_email(email or "") == canonical_email(other or "")


def customer_id(organization_id: str, email: str) -> str:
    """A UUID derived from the address under the deployment's key: nobody else can guess or reverse it."""
    return ids.credential_id(crypto.keyed_hash("customer", organization_id, canonical_email(email)))
