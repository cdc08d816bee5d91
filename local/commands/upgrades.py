"""What commands share that go through the end users of an organization."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from local.commands import enter, parser
from local.errors import LocalError
from local.places import Place

if TYPE_CHECKING:
    from chalicelib.end_users.schemas import EndUserRead

PAGE = 100


def chosen(description: str | None, command: str) -> "tuple[str, Iterator[EndUserRead]]":
    """Parse the arguments of an upgrade command. Returns the organization's id and its end users."""
    arguments = parser(description)
    arguments.add_argument("--organization", help="organization id (default: the demo organization)")
    options = arguments.parse_args()
    try:
        enter(options.stage)
        organization_id = organization(options.organization, options.stage, command)
    except LocalError as error:
        sys.exit(f"error: {error}")
    from chalicelib.organizations import configs

    if not configs.organization_name(organization_id):
        sys.exit("error: ORG: no organization has that id on this stage")
    return organization_id, end_users_of(organization_id)


def organization(given: str | None, stage: str, command: str) -> str:
    """The demo organization of the local stack unless one is given."""
    demo = Place().demo
    if given is None and stage == "local" and demo.exists():
        given = json.loads(demo.read_text())["organization_id"]
    if given is None:
        raise LocalError(f"ORG is missing: make {command} ORG=…")
    return given


def end_users_of(organization_id: str, external_id: str | None = None) -> "Iterator[EndUserRead]":
    from chalicelib.end_users import service
    from chalicelib.table.pages import Window

    below = None
    while True:
        found, _, below = service.list_all(organization_id, external_id, Window(PAGE, below=below))
        yield from found
        if below is None:
            return
