"""docs/client.md: its groups are those of the client, and its user hash is the one that the API expects."""

import hashlib
import hmac
import re

from local.client_types import calls
from local.places import ROOT
from tests.support.factories import EMBED, Acme

PAGE = (ROOT / "docs" / "client.md").read_text()


def test_the_page_names_every_group_of_calls() -> None:
    (listed,) = re.findall(r"every call of a session: (.*?)\. `client", PAGE, re.DOTALL)
    groups = {name for name, group in calls()["embed"].items() if isinstance(group, dict)}
    assert set(re.findall(r"`(\w+)`", listed)) == groups


def test_the_user_hash_of_the_page_is_accepted(acme: Acme) -> None:
    acme.server.patch(f"{EMBED}/config", {"settings": {"identityVerification": "required"}})
    names = {
        "identity_secret": acme.server.get(f"{EMBED}/config/me").data["identity_secret"],
        "external_id": "merchant-1",
        "hmac": hmac,
        "hashlib": hashlib,
    }
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    exec(code, names)
    assert acme.auto("merchant-1", userHash=names["user_hash"]).status == 200
    assert acme.auto("merchant-1", userHash="0" * 64).code == "identity_unverified"
    assert acme.auto("merchant-1").code == "identity_unverified"
