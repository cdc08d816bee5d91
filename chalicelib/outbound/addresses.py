"""Which URLs may be called: https only, and only public addresses.

The same functions check the URL when it is saved and, on every attempt, the addresses its host resolves to at that
moment, because DNS may answer differently a second later. The connection then goes to a checked address, never to the
name.

"Public" is defined by the tables below. `ipaddress.is_global` differs between patch releases of Python and lets
site-local, IPv4-compatible and other embedded forms through.
"""

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from chalicelib.kit.said import Said

MAX_URL_LENGTH = 2048
DEFAULT_PORTS = {"https": 443, "http": 80}
_AUTHORITY = re.compile(r"(\[[^\[\]]+\]|[^\[\]:]+)(:\d*)?")
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?[]"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""(host, port) -> addresses as text. Raises OSError if there are none. May block for any length of time."""

_IPV4_NOT_PUBLIC = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network: Linux takes 0.0.0.0 for loopback
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT; Alibaba's metadata service too
            "127.0.0.0/8",
            "168.63.129.16/32",  # Azure's metadata and DNS, the one such service on a public address
            "169.254.0.0/16",  # link-local, and most clouds' metadata services
            "172.16.0.0/12",
            "192.0.0.0/24",  # protocol assignments; Oracle's metadata service too
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)

# Outside global unicast lie loopback, mapped, compatible, NAT64, unique-local, link-local, site-local and multicast.
_IPV6_UNICAST = ipaddress.IPv6Network("2000::/3")
_IPV6_NOT_PUBLIC = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: carries an IPv4 address
            "3fff::/20",  # documentation
        ),
    )
)


class AddressNotAllowed(ValueError):
    """The URL, or an address behind it, may not be called. The message is shown to the person who entered it."""

    def __init__(self, code: str, text: str, **values: int) -> None:
        super().__init__(Said.of(code, text, **values))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A URL parsed once, so that what was checked is exactly what is connected to."""

    url: str
    """As entered, without surrounding whitespace."""
    scheme: str
    host: str
    """ASCII, lower case, without brackets or a trailing dot."""
    port: int
    target: str
    """Path and query, percent-encoded, without the fragment."""

    @property
    def address(self) -> Address | None:
        """The host, if it is a literal address that needs no resolving."""
        return _canonical_address(self.host)


def is_public(address: Address | str) -> bool:
    """Whether `address` is reachable from the public internet. Text that is not an address is not public."""
    ip = parse_address(address) if isinstance(address, str) else address
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _IPV4_NOT_PUBLIC)
    if ip is None or ip.scope_id is not None:
        return False
    return ip in _IPV6_UNICAST and not any(ip in network for network in _IPV6_NOT_PUBLIC)


def parse_address(text: str) -> Address | None:
    """Parse any notation the C library accepts: decimal, octal, hexadecimal, with fewer than four parts."""
    canonical = _canonical_address(text)
    if canonical is not None:
        return canonical
    parts = text.split(".")
    numbers = [_number(part) for part in parts]
    if not 1 <= len(parts) <= 4 or None in numbers:
        return None
    *leading, last = [number for number in numbers if number is not None]
    if any(number > 255 for number in leading) or last >= 256 ** (4 - len(leading)):
        return None
    return ipaddress.IPv4Address(sum(number << (24 - 8 * i) for i, number in enumerate(leading)) + last)


def parse_url(text: str, *, allow_loopback: bool) -> Endpoint:
    """Parse and check a URL without resolving its host. Raises AddressNotAllowed."""
    url = text.strip()
    if len(url) > MAX_URL_LENGTH:
        raise AddressNotAllowed(
            "too_long", f"The URL is longer than {MAX_URL_LENGTH} characters.", limit=MAX_URL_LENGTH
        )
    if "\\" in url or any(character.isspace() or not character.isprintable() for character in url):
        raise AddressNotAllowed("url_characters", "The URL contains a space, a backslash or a control character.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressNotAllowed("url_expected", "This is not a valid URL.") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.netloc:
        raise AddressNotAllowed("https_expected", "The URL must begin with https://.")
    if "@" in parts.netloc:
        raise AddressNotAllowed("url_credentials", "The URL must not contain a user name or password.")
    if not _AUTHORITY.fullmatch(parts.netloc):
        raise AddressNotAllowed("url_host", "The URL's host is not a valid name.")
    if port == 0:
        raise AddressNotAllowed("url_port", "The port must be between 1 and 65535.")
    host = _host(parts.hostname or "")
    endpoint = Endpoint(
        url=url,
        scheme=parts.scheme,
        host=host,
        port=port or DEFAULT_PORTS[parts.scheme],
        target=_target(parts.path, parts.query),
    )
    _check_literal(endpoint, allow_loopback)
    return endpoint


def check_addresses(endpoint: Endpoint, resolved: Sequence[str], *, allow_loopback: bool) -> list[Address]:
    """The resolved addresses, IPv4 first. Raises AddressNotAllowed if any one of them is not allowed."""
    addresses = [ipaddress.ip_address(text) for text in dict.fromkeys(resolved)]
    for address in addresses:
        loopback = allow_loopback and address.is_loopback
        if not loopback and (endpoint.scheme == "http" or not is_public(address)):
            raise AddressNotAllowed("address_not_public", "The host's address is not public.")
    return sorted(addresses, key=lambda address: address.version)


def _check_literal(endpoint: Endpoint, allow_loopback: bool) -> None:
    address = endpoint.address
    named_loopback = endpoint.host == "localhost" or endpoint.host.endswith(".localhost")
    loopback = named_loopback or (address is not None and address.is_loopback)
    if loopback and not allow_loopback:
        raise AddressNotAllowed("address_not_public", "The host's address is not public.")
    if endpoint.scheme == "http" and not loopback:
        raise AddressNotAllowed("https_expected", "The URL must begin with https://.")
    if address is not None and not loopback and not is_public(address):
        raise AddressNotAllowed("address_not_public", "The host's address is not public.")


def _host(host: str) -> str:
    if not host.isascii():
        host = _idna(host)
    host = host.lower().removesuffix(".")
    if _canonical_address(host) is not None:
        return host
    labels = host.split(".")
    if _number(labels[-1]) is not None:
        # Programs disagree on the meaning of 127.1, 0x7f.0.0.1 or 2130706433.
        raise AddressNotAllowed("address_form", "An address must be written in its usual form, like 198.51.100.7.")
    if len(host) > 253 or not all(_is_label(label) for label in labels):
        raise AddressNotAllowed("url_host", "The URL's host is not a valid name.")
    return host


def _idna(host: str) -> str:
    # Imported here because its tables are slow to load and few hosts need them.
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise AddressNotAllowed("url_host", "The URL's host is not a valid name.") from error


def _is_label(label: str) -> bool:
    allowed = label.isascii() and label.replace("-", "").replace("_", "").isalnum()
    return allowed and len(label) <= 63 and not label.startswith("-") and not label.endswith("-")


def _canonical_address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    """Read a number like inet_aton: 0x… is hexadecimal, 0… octal."""
    digits, base = (text[2:] or "0", 16) if text[:2] in ("0x", "0X") else (text, 8 if text[:1] == "0" else 10)
    if len(text) > 64 or not digits.isascii() or not digits.isalnum():
        return None
    try:
        return int(digits, base)
    except ValueError:
        # 09 is not valid octal, but some programs read it as nine.
        return int(digits) if digits.isdigit() else None


def _target(path: str, query: str) -> str:
    target = quote(path, safe=_SAFE_IN_PATH) or "/"
    return f"{target}?{quote(query, safe=_SAFE_IN_QUERY)}" if query else target
