"""For all tests: no network beyond this machine, invalid AWS credentials, and the same examples each time."""

import ipaddress
import os
import sys
from typing import Any

from hypothesis import settings

os.environ.update(
    {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
)
os.environ.pop("AWS_PROFILE", None)

settings.register_profile("checks", deadline=None, derandomize=True)
settings.load_profile("checks")


def is_here(host: Any) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "", None)


def is_number(host: Any) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def keep_inside(event: str, arguments: tuple[Any, ...]) -> None:
    """Fails a test that uses the network, even if a library ignores the error."""
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not is_here(address[0]):
            raise RuntimeError(f"A test tried to connect to {address}")
    elif event == "socket.getaddrinfo" and not (is_here(arguments[0]) or is_number(arguments[0])):
        raise RuntimeError(f"A test tried to resolve {arguments[0]}")


sys.addaudithook(keep_inside)
