"""Create a key for a bridge type's service, and show the secret that requests to the service are signed with."""

import sys

from local.commands import enter, parser
from local.errors import LocalError


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--type", required=True)
    options = arguments.parse_args()
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.api_keys import service
    from chalicelib.bridges.catalog import catalog

    if options.type not in catalog():
        sys.exit(f"error: TYPE must be one of {', '.join(catalog())}")
    key, secret = service.create_service_key(options.type)
    print(f"service_key     {key}   (shown once)")
    print(f"signing_secret  {secret}")


if __name__ == "__main__":
    main()
