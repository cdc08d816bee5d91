"""DNS lookups with a time limit. The C library's resolver cannot be interrupted, so it runs on a thread of its own."""

import socket
import threading
from collections.abc import Sequence

from chalicelib.outbound.addresses import Endpoint, Resolver, check_addresses, parse_url

SAVE_LOOKUP_SECONDS = 1.0
"""A name server of the user's choice, which may be silent, holds the request for no longer."""


class NotResolved(OSError):
    """No address was found in time. The message is shown to end users."""


def system_resolver(host: str, port: int) -> list[str]:
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in infos]


def resolve(endpoint: Endpoint, resolver: Resolver, seconds: float) -> Sequence[str]:
    """The addresses of the endpoint's host, as text and unchecked. Raises NotResolved after `seconds`.

    A lookup that hangs keeps its thread until the resolver itself gives up: 10 s with one name server and glibc's
    defaults. That bounds the number of such threads to (concurrent senders x 10 s / `seconds`).
    """
    if endpoint.address is not None:
        return [endpoint.host]
    found: list[str] = []
    failed: list[BaseException] = []

    def look_up() -> None:
        try:
            found.extend(resolver(endpoint.host, endpoint.port))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=look_up, name="resolve", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise NotResolved("The host name was not resolved in time")
    if failed or not found:
        raise NotResolved("The host name does not resolve")
    return found


def check_destination(
    url: str, allow_loopback: bool, *, resolver: Resolver = system_resolver, seconds: float = SAVE_LOOKUP_SECONDS
) -> Endpoint:
    """Parse and check a URL that is about to be saved. Raises AddressNotAllowed.

    A host that does not resolve is accepted, because receivers are often set up after their URL is entered here. Every
    attempt checks again.
    """
    endpoint = parse_url(url, allow_loopback=allow_loopback)
    try:
        resolved = resolve(endpoint, resolver, seconds)
    except NotResolved:
        return endpoint
    check_addresses(endpoint, resolved, allow_loopback=allow_loopback)
    return endpoint
