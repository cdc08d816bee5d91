"""Create a key for the service of a bridge type, and show the secret that signs requests to the service."""

import sys

from local.commands import enter, parser
from local.errors import LocalError


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--type", required=True)
    arguments.add_argument("--new-secret", action="store_true", help="replace the type's signing secret first")
    options = arguments.parse_args()
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.api_keys import service
    from chalicelib.catalog.bridge_types import catalog

    if options.type not in catalog():
        sys.exit(f"error: TYPE must be one of {', '.join(catalog())}")
    if options.new_secret:
        service.replace_signing_secret(options.type)
    made = service.create_service_key(options.type)
    print(f"key_id          {made.id}")
    print(f"service_key     {made.key}   (shown once)")
    print(f"signing_secret  {made.signing_secret}")


if __name__ == "__main__":
    main()
