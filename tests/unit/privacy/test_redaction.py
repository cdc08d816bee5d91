"""Texts lose a customer's e-mail address and identifiers in whatever spelling."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.privacy.redaction import ERASED, KeyedTraces, RedactionScope, Traces

GRETA = Traces(["Greta@Straße-Laden.example"], ["Gréta Ößterreich", "5 Größe Straße"])


class TestEmails:
    @pytest.mark.parametrize(
        "spelling",
        [
            "greta@straße-laden.example",
            "GRETA@STRAßE-LADEN.EXAMPLE",
            "greta@xn--strae-laden-y6a.example",
            "greta%40xn--strae-laden-y6a.example",
            "greta%40stra%C3%9Fe-laden.example",
            r"greta@stra\u00dfe-laden.example",
        ],
    )
    def test_in_every_spelling(self, spelling: str) -> None:
        assert GRETA.redact_emails(f'{{"to": "{spelling}"}}') == f'{{"to": "{ERASED}"}}'

    @pytest.mark.parametrize(
        "given_as", ["Jane Doe <jane@example.com>", "mailto:jane@example.com", " jane@example.com. "]
    )
    def test_the_address_in_what_a_source_sent_as_one(self, given_as: str) -> None:
        assert Traces([given_as], []).redact_emails("write to JANE@example.com") == f"write to {ERASED}"

    @given(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8), st.sampled_from(["NFC", "NFD"]))
    def test_in_every_normal_form(self, local: str, form: "str") -> None:
        email = normalize("NFC", f"{local}@example.com")
        text = normalize("NFD" if form == "NFD" else "NFC", email)
        assert Traces([email], []).redact_emails(f"<{text}>") == f"<{ERASED}>"


class TestIdentifiers:
    SPELLINGS = (
        "Gréta Ößterreich",
        "GRÉTA ÖSSTERREICH",
        "gréta   ößterreich",
        "Gréta\u00a0Ößterreich",
        normalize("NFD", "Gréta Ößterreich"),
        "5 GRÖSSE STRASSE",
    )

    @pytest.mark.parametrize("spelling", SPELLINGS)
    def test_in_every_spelling(self, spelling: str) -> None:
        assert GRETA.redact_all(f"Mug for '{spelling}'!") == f"Mug for '{ERASED}'!"

    def test_stay_where_only_addresses_are_replaced(self) -> None:
        assert GRETA.redact_emails("Gréta Ößterreich") == "Gréta Ößterreich"

    def test_an_address_is_the_customers_in_any_spelling(self) -> None:
        assert GRETA.describe({"name": normalize("NFD", "GRÉTA ÖSSTERREICH")})
        assert not GRETA.describe({"name": "Dock 4"})
        assert not GRETA.describe(None)

    def test_are_covered_by_the_same_in_another_spelling(self) -> None:
        same = Traces(["GRETA@xn--strae-laden-y6a.example."], ["GRÉTA  ÖSSTERREICH", "5 größe strasse", "more"])
        assert GRETA.is_covered_by(same)
        assert not Traces(["eve@example.com"], []).is_covered_by(same)


class TestScope:
    def test_a_reassigned_order_names_the_customer_in_any_spelling(self) -> None:
        scope = RedactionScope(GRETA, frozenset(), frozenset({"o"}))
        snapshot = {
            "customer": {"name": "G.", "email": "GRETA@xn--strae-laden-y6a.example."},
            "tags": ["Gréta Ößterreich"],
        }
        assert scope.redact_snapshot("o", snapshot) == {"customer": {"name": None, "email": None}, "tags": [ERASED]}


@pytest.mark.usefixtures("cloud")
class TestKeyed:
    ORGANIZATION = "6f9619ff-8b86-4011-b42d-00c04fc964ff"

    def traces(self) -> KeyedTraces:
        return KeyedTraces(self.ORGANIZATION, GRETA.digests(self.ORGANIZATION))

    @pytest.mark.parametrize("spelling", TestIdentifiers.SPELLINGS)
    def test_names_are_found_without_being_known(self, spelling: str) -> None:
        assert self.traces().redact_all({"titles": [f"Mug for '{spelling}'!"]}) == {"titles": [f"Mug for '{ERASED}'!"]}

    def test_the_rest_of_a_text_stays_as_it_was(self) -> None:
        text = normalize("NFD", "Étui pour Gréta und Ößterreich 5 Größe")
        assert self.traces().redact_all(text) == text

    def test_any_address_is_replaced(self) -> None:
        assert self.traces().redact_emails("to eve@example.com") == f"to {ERASED}"

    def test_nothing_of_the_name_is_in_the_digests(self) -> None:
        digests = str(GRETA.digests(self.ORGANIZATION))
        assert not any(word in digests.lower() for word in ("gréta", "greta", "ößter", "straße"))
        assert GRETA.digests(self.ORGANIZATION) != GRETA.digests("6f9619ff-8b86-4011-b42d-00c04fc964fe")

    def test_where_nothing_was_kept_only_addresses_are_found(self) -> None:
        assert Traces([], []).digests(self.ORGANIZATION) is True
        assert KeyedTraces(self.ORGANIZATION, True).redact_all("Gréta eve@example.com") == f"Gréta {ERASED}"
