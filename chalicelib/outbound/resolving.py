"""Names to addresses, within a time that holds: the C library's resolver cannot be interrupted, only left behind."""

import socket
import threading
from collections.abc import Sequence

from chalicelib.outbound.addresses import Endpoint, Resolver, check_addresses, parse_url

SAVING_SECONDS = 3.0


class NotResolved(OSError):
    """The host has no address, as far as could be found out in time. The message is for people."""


def system_resolver(host: str, port: int) -> list[str]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in answers]


def resolve(endpoint: Endpoint, resolver: Resolver, seconds: float) -> Sequence[str]:
    """The addresses of the endpoint's host, as text and unchecked. NotResolved when there is none within `seconds`.

    A lookup that hangs keeps its thread until the resolver gives up by itself (10 s with one name server and glibc's
    defaults), so there are never more of them than senders times that over `seconds`.
    """
    if endpoint.address is not None:
        return [endpoint.host]
    found: list[str] = []
    failed: list[BaseException] = []

    def look_up() -> None:
        try:
            found.extend(resolver(endpoint.host, endpoint.port))
        except (OSError, UnicodeError) as failure:
            failed.append(failure)

    thread = threading.Thread(target=look_up, name="resolve", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise NotResolved("The host name was not resolved in time")
    if failed or not found:
        raise NotResolved("The host name does not resolve")
    return found


def check_destination(
    url: str, allow_loopback: bool, *, resolver: Resolver = system_resolver, seconds: float = SAVING_SECONDS
) -> Endpoint:
    """What a URL names, for saving it. AddressNotAllowed where it may not be used.

    A host that does not resolve now may be saved: receivers are often set up after their address is entered here.
    Every attempt checks again.
    """
    endpoint = parse_url(url, allow_loopback=allow_loopback)
    try:
        resolved = resolve(endpoint, resolver, seconds)
    except NotResolved:
        return endpoint
    check_addresses(endpoint, resolved, allow_loopback=allow_loopback)
    return endpoint
