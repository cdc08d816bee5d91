"""An e-mail address is one person, however it is spelled."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.privacy.identity import address_in, ascii_address, canonical_email, is_same_person

LABELS = st.text(st.sampled_from("abcåéßöü-ñαя中9"), min_size=1, max_size=8).filter(lambda t: t.strip("-") == t)
ADDRESSES = st.builds(
    lambda local, labels: f"{local}@{'.'.join(labels)}.example",
    st.text(st.sampled_from("abcéßñ.+_9"), min_size=1, max_size=10),
    st.lists(LABELS, min_size=1, max_size=2),
)
SPELLINGS = (
    lambda email: f"  {email}\n",
    lambda email: normalize("NFD", email),
    lambda email: normalize("NFC", email),
    lambda email: f"{email}.",
    lambda email: f"Jane Doe <{email}>",
    lambda email: f'"Doe, Jane" < {email} >',
    lambda email: f"mailto:{email}",
    lambda email: f"MAILTO:{email}?subject=Hello",
    lambda email: f"<mailto:{email}>",
    lambda email: "".join(c if "ß" in c else c.upper() for c in email),
)


class TestCanonical:
    @pytest.mark.parametrize(
        ("email", "canonical"),
        [
            (" Jane@Example.COM ", "jane@example.com"),
            ("jane@example.com.", "jane@example.com"),
            ("Greta@Straße-Laden.example", "greta@straße-laden.example"),
            ("greta@xn--strae-laden-y6a.example", "greta@straße-laden.example"),
            ("jane@XN--BCHER-KVA.example", "jane@bücher.example"),
            ("jane@bu\u0308cher.example", "jane@bücher.example"),
            ("jane@ドメイン。テスト", "jane@ドメイン.テスト"),
            ("jose\u0301@example.com", "josé@example.com"),
            ("mailto:jane%40example.com", "jane@example.com"),
        ],
    )
    def test_form(self, email: str, canonical: str) -> None:
        assert canonical_email(email) == canonical

    def test_a_sharp_s_is_not_a_double_s(self) -> None:
        assert not is_same_person("greta@straße.example", "greta@strasse.example")

    @given(ADDRESSES, st.sampled_from(SPELLINGS))
    def test_every_spelling_is_the_same_person(self, email: str, spelled: "object") -> None:
        assert callable(spelled)
        assert is_same_person(spelled(email), email)

    @given(st.text(max_size=40))
    def test_any_text_has_one(self, text: str) -> None:
        assert canonical_email(canonical_email(text)) == canonical_email(text)
        assert is_same_person(address_in(text), text)

    @given(ADDRESSES)
    def test_punycode_is_the_same_person(self, email: str) -> None:
        try:
            encoded = ascii_address(email)
        except ValueError:
            return
        assert is_same_person(encoded, email)


class TestAscii:
    @pytest.mark.parametrize(
        ("email", "encoded"),
        [
            ("Greta@straße-laden.example", "Greta@xn--strae-laden-y6a.example"),
            ("jane@BÜCHER.example.", "jane@xn--bcher-kva.example"),
            ("Jane Doe <Jane@Example.com>", "Jane@Example.com"),
            ("jane@faß.de", "jane@xn--fa-hia.de"),
        ],
    )
    def test_the_domain_is_encoded_without_changing_it(self, email: str, encoded: str) -> None:
        assert ascii_address(email) == encoded
