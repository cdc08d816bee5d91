"""Revoke the key of a bridge service. It stops working with the next request."""

import sys

from local.commands import enter, parser
from local.errors import LocalError


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--key", required=True, help="the key itself, or its id (`key_id` in the logs)")
    options = arguments.parse_args()
    if not options.key.strip():
        sys.exit("error: KEY is missing: make revoke-service-key KEY=svc_… (or its id, `key_id` in the logs)")
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.api_keys import service
    from chalicelib.kit.errors import NotFound

    try:
        bridge_type = service.revoke_service_key(options.key.strip())
    except NotFound:
        sys.exit("error: no such service key exists on this stage")
    print(f"revoked a key for {bridge_type}")


if __name__ == "__main__":
    main()
