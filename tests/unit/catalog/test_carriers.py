"""Names and tracking pages of carriers."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalog import carriers
from chalicelib.catalog.carriers import carrier_slug, display_name, find_carrier, tracking_link

TABLE = sorted({carrier.slug: carrier for carrier in carriers._carriers().values()}.values(), key=lambda c: c.slug)
WITHOUT_NUMBER = {"india_post"}


class TestTable:
    def test_has_the_carriers_of_the_world(self) -> None:
        assert len(TABLE) >= 70

    @pytest.mark.parametrize("carrier", TABLE, ids=lambda carrier: carrier.slug)
    def test_links_are_https_and_contain_the_number_once(self, carrier: carriers.Carrier) -> None:
        parts = urlsplit(carrier.tracking_url)

        assert (parts.scheme, parts.username, parts.port) == ("https", None, None)
        assert parts.hostname
        assert carrier.tracking_url.isascii()
        assert carrier.tracking_url.count("{number}") == (carrier.slug not in WITHOUT_NUMBER)
        assert "{" not in carrier.tracking_url.replace("{number}", "")
        assert "{" not in parts.netloc

    def test_slugs_and_aliases_are_unique_and_spelled_as_they_are_stored(self) -> None:
        slugs = [slug for carrier in TABLE for slug in (carrier.slug, *carrier.aliases)]

        assert len(slugs) == len(set(slugs))
        assert [carrier_slug(slug) for slug in slugs] == slugs


class TestName:
    @pytest.mark.parametrize(
        ("sent", "name"),
        [
            ("ups", "UPS"),
            ("UPS", "UPS"),
            ("FEDEX", "FedEx"),
            ("royal-mail", "Royal Mail"),
            ("RoyalMail", "Royal Mail"),
            ("stamps_com", "USPS"),
            ("Česká pošta", "Česká pošta"),
            ("佐川急便", "Sagawa Express"),
            ("UPS Ground", "UPS Ground"),
            ("Bob's Bikes", "Bob's Bikes"),
        ],
    )
    def test_is_the_carriers_own_spelling_where_it_is_known(self, sent: str, name: str) -> None:
        assert display_name(carrier_slug(sent), sent) == name

    @pytest.mark.parametrize("unknown", [None, "", 7, ["ups"]])
    def test_of_nothing_is_none(self, unknown: object) -> None:
        assert display_name(unknown, unknown) is None
        assert find_carrier(unknown) is None


class TestLink:
    @pytest.mark.parametrize(
        ("slug", "number", "link"),
        [
            ("ups", "1Z999AA10123456784", "https://www.ups.com/track?tracknum=1Z999AA10123456784"),
            ("ups_ground", " 1Z 999 ", "https://www.ups.com/track?tracknum=1Z999"),
            ("fedex_home_delivery", "7", "https://www.fedex.com/fedextrack/?trknbr=7"),
            ("hermes_uk_next_day", "H1", "https://www.evri.com/track/parcel/H1"),
            ("dhl_express_worldwide", "1", "https://www.dhl.com/global-en/home/tracking/tracking-express.html?submit=1&tracking-id=1"),
            ("ups", "a&b=c/../#?<>\"'", "https://www.ups.com/track?tracknum=a%26b%3Dc%2F..%2F%23%3F%3C%3E%22%27"),
            ("ups", "é\ud800", "https://www.ups.com/track?tracknum=%C3%A9%3F"),
            ("india_post", "EX123456789IN", "https://www.indiapost.gov.in/"),
        ],
    )  # fmt: skip
    def test_leads_to_the_carrier_with_the_number_encoded(self, slug: str, number: str, link: str) -> None:
        assert tracking_link(slug, number) == link

    @pytest.mark.parametrize("slug", [None, "", "bobs_bikes", "upside_down", "u", 7])
    def test_is_none_for_an_unknown_carrier(self, slug: object) -> None:
        assert tracking_link(slug, "1") is None

    @pytest.mark.parametrize("number", [None, "", " \n", "9" * 61, 7])
    def test_is_none_without_a_usable_number(self, number: object) -> None:
        assert tracking_link("ups", number) is None

    @given(st.sampled_from(TABLE), st.text(min_size=1, max_size=60))
    def test_never_leaves_the_carriers_page(self, carrier: carriers.Carrier, number: str) -> None:
        link = tracking_link(carrier.slug, number)
        if link is not None:
            expected, actual = urlsplit(carrier.tracking_url), urlsplit(link)
            assert (actual.scheme, actual.netloc) == (expected.scheme, expected.netloc)
            assert link.isascii()
            assert not set(link) & set(" \"'<>\\")


@pytest.mark.parametrize(
    ("sent", "slug"),
    [
        ("jane.doe@example.com", None),
        ("Courier Jane <jane.doe@example.com>", "courier_jane"),
        ("Boxes @ Home", "boxes_home"),
    ],
)
def test_a_slug_has_no_e_mail_address(sent: str, slug: str | None) -> None:
    assert carrier_slug(sent) == slug
