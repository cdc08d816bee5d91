"""Every text of a record at its full length, in characters that take most bytes, change their length or mean something
elsewhere: keys, indexes and searches take them all."""

import pytest

from tests.support.factories import Acme
from tests.support.full_texts import CHARACTERS, sync_full_texts


@pytest.mark.parametrize("name", CHARACTERS)
def test_any_character_in_any_text(acme: Acme, name: str) -> None:
    sync_full_texts(acme, CHARACTERS[name])
