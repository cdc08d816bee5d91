"""The screens say every error that a session can meet in every language."""

import re
from pathlib import Path

import pytest

from chalicelib.action_requests import applications, changes
from chalicelib.api.error_codes import CODES

SOURCES = Path(__file__).parents[3] / "web" / "src"
TEXTS = SOURCES / "texts"
FOLDERS = (TEXTS, SOURCES / "console" / "texts")
LANGUAGES = ("en", "de", "es", "fr", "pt")
ELSEWHERE = {
    # No body that a form makes is that.
    "invalid_json",
    "unsupported_media_type",
    # Said by the state of the session.
    "unauthorized",
    "wrong_credential",
    # Of other credentials: API keys, bridge services, shoppers, platforms.
    "address_not_changeable",
    "application_conflict",
    "no_tracking_provider",
    "bridge_orphaned",
    "embed_not_configured",
    "hook_forged",
    "invalid_state",
    "last_managing_key",
    "order_lookup_invalid",
    "order_not_cancellable",
    "slug_taken",
    "task_already_ended",
}
IN_THE_APIS_WORDS = {"action_not_allowed"}
"""In English: they say more than a text for all of them could."""

OTHER_TITLES = ("Order created", "Order updated", "Shipment created", "Note added", "Deleted at the source")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_text(language: str) -> None:
    found = re.search(r"^  errors: \{\n(.*?)^  \}", (TEXTS / f"{language}.ts").read_text(), re.MULTILINE | re.DOTALL)
    assert found
    translated = set(re.findall(r"^    (\w+): '\S.*',$", found[1], re.MULTILINE))
    kept = IN_THE_APIS_WORDS if language == "en" else set()
    expected = set(CODES) - ELSEWHERE - kept
    assert translated == expected, "add a text in web/src/texts, or the code to ELSEWHERE here"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_title_of_a_timeline_has_a_text(language: str) -> None:
    text = (TEXTS / f"{language}.ts").read_text()
    titles = [*changes.CREATED_TITLES.values(), *changes.ENDED_TITLES.values(), *applications.TITLES.values()]
    assert [each for each in (*titles, *OTHER_TITLES) if f"      '{each}': '" not in text] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=["components", "console"])
def test_there_are_no_other_languages(folder: Path) -> None:
    assert {each.stem for each in folder.glob("*.ts")} == {*LANGUAGES, "index"}
    loaded = set(re.findall(r"import\('\./(\w+)\.js'\)", (folder / "index.ts").read_text()))
    assert loaded == {*LANGUAGES} - {"en"}


@pytest.mark.parametrize("folder", FOLDERS, ids=["components", "console"])
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_has_the_places_of_the_english_one(folder: Path, language: str) -> None:
    english, translated = (places_of(folder / f"{each}.ts") for each in ("en", language))
    assert english
    assert translated == english


def places_of(file: Path) -> dict[str, list[str]]:
    """The `{n}` and the like of each text that has some, by the text's dotted name. A plural is one text."""
    found, at = dict[str, list[str]](), list[str]()
    for line in file.read_text().splitlines():
        name, begins = re.match(r"\s*'?([\w. /:-]*?)'?: ", line), line.rstrip().endswith("{")
        if line.strip().startswith("}"):
            at = at[:-1]
        elif begins:
            at = [*at, name[1] if name else ""]
        elif name:
            found[".".join([*at[1:], name[1]])] = sorted(set(re.findall(r"\{(\w+)\}", line)))
    return {name: places for name, places in found.items() if places}
