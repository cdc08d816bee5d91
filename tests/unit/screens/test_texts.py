"""The screens say every error that a session can meet in every language."""

import re
from pathlib import Path
from typing import get_args

import pytest

from chalicelib.action_requests import applications, changes
from chalicelib.api.error_codes import CODES
from chalicelib.connectors import failures, faults
from chalicelib.events.types import SubscribableEvent
from chalicelib.http import messages
from chalicelib.outbound.failures import ErrorClass

ROOT = Path(__file__).parents[3]
CHALICELIB, SOURCES = ROOT / "chalicelib", ROOT / "web" / "src"
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

NOT_IN_FORMS = {
    # No form sends such a value.
    "boolean_expected",
    "json_expected",
    "list_expected",
    "not_a_multiple",
    "null_expected",
    "object_expected",
    "time_expected",
    "too_deep",
    "too_many_digits",
    "unknown_field",
    "uuid_expected",
    "wrong_form",
}
OTHER_NOTICES = {
    "action_request.failed",
    "bridge.reconnect",
    "bridge.unreachable",
    "customer.data_requested",
    "webhook.disabled",
    "webhook.failing",
}
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


def section(language: str, name: str) -> str:
    found = re.search(rf"^  {name}: \{{\n(.*?)^  \}}", (TEXTS / f"{language}.ts").read_text(), re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def codes_said() -> set[str]:
    """The codes of all sentences that somebody may see in a form or beside what failed."""
    source = "\n".join(each.read_text() for each in CHALICELIB.rglob("*.py"))
    named = set(re.findall(r"Said\.of\(\s*\"([A-Za-z_]+)\"", source))
    named |= set(re.findall(r"AddressNotAllowed\(\"([a-z_]+)\"", source))
    shops = {each.code for each in vars(faults).values() if isinstance(each, type) and issubclass(each, faults.Fault)}
    return named | {code for code, _ in messages.MESSAGES.values()} | shops | {*get_args(ErrorClass), failures.OWN_CODE}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_coded_sentence_has_a_text(language: str) -> None:
    translated = set(re.findall(r"^    (\w+): '\S.*',$", section(language, "said"), re.MULTILINE))
    assert codes_said() - translated - NOT_IN_FORMS == set(), (
        "add a text in web/src/texts, or the code to NOT_IN_FORMS here"
    )


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_notification_has_a_text(language: str) -> None:
    translated = set(re.findall(r"^    '([\w.]+)': \[$", section(language, "notices"), re.MULTILINE))
    assert translated == {*get_args(SubscribableEvent), *OTHER_NOTICES}


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
    # The API says the others in English itself.
    assert {name: places for name, places in translated.items() if not name.startswith("said.")} == english


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
