"""Create an organization and its first API key."""

import sys

from local.commands import enter, parser
from local.errors import LocalError


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--name", required=True)
    options = arguments.parse_args()
    if not options.name.strip():
        sys.exit('error: NAME is missing: make org NAME="Acme"')
    try:
        enter(options.stage)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.api_keys import service

    organization_id, key = service.create_organization(options.name.strip())
    print(f"organization_id  {organization_id}")
    print(f"api_key          {key}   (shown once)")


if __name__ == "__main__":
    main()
