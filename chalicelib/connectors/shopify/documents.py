"""The GraphQL documents, each a file in `documents/`. Tests validate them against Shopify's published schemas."""

import re
from functools import cache
from pathlib import Path

API_VERSION = "2026-10"
"""The newest stable version of the Admin API. The documents are valid in the version before it too, so that a shop is
never called with a version that is too new for it. docs/connectors/shopify.md has the steps to move to the next one."""

FOLDER = Path(__file__).parent / "documents"
_SHARED = "order_fields"


@cache
def document(name: str) -> str:
    """The text of a document with the fragments that it uses."""
    text = _read(name)
    shared = _read(_SHARED) if re.search(r"\.\.\.(Order|Line|Fulfillment)Fields", text) else ""
    return text + "".join(_used_fragments(text, _fragments(shared)))


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.graphql") if path.stem != _SHARED)


def _read(name: str) -> str:
    return (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")


def _fragments(text: str) -> dict[str, str]:
    parts = re.split(r"(?m)^(?=fragment )", text)
    return {found[1]: part for part in parts if (found := re.match(r"fragment (\w+) ", part))}


def _used_fragments(text: str, fragments: dict[str, str]) -> list[str]:
    """GraphQL refuses a document with a fragment that is not used."""
    used: list[str] = []
    waiting = [text]
    while waiting:
        for name in re.findall(r"\.\.\.(\w+)", waiting.pop()):
            part = fragments[name]
            if part not in used:
                used.append(part)
                waiting.append(part)
    return used
