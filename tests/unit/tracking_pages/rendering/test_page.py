import re
from typing import get_args

import pytest

from chalicelib.tracking_pages.languages import TEXTS
from chalicelib.tracking_pages.page import MOST_BYTES, render, render_problem
from chalicelib.tracking_pages.texts import Problem
from tests.unit.tracking_pages.rendering.samples import (
    ARRIVED,
    BRANDING,
    HELD_UP,
    NOW,
    ON_THE_ROAD,
    STATUSES,
    WITH_THE_DRIVER,
    Document,
    checkpoint,
    many_checkpoints,
    view,
)


def page(*args: object, language: str = "en", now: str = NOW, **fields: object) -> str:
    return render(view(*args, **fields), language=language, now=now).html  # type: ignore[arg-type]


def text(html: str) -> str:
    return Document(html).text


class TestStatus:
    @pytest.mark.parametrize("language", TEXTS)
    @pytest.mark.parametrize("status", STATUSES)
    def test_is_said_in_words_a_shopper_understands(self, status: str, language: str) -> None:
        words = TEXTS[language].statuses[status]
        html = page(status, language=language)

        assert f"<h1>{words.headline}</h1>" in html
        assert words.sentence in text(html)
        assert "_" not in text(html)

    def test_an_unknown_one_still_makes_a_page(self) -> None:
        assert "<h1>News of your parcel</h1>" in page("teleported")

    def test_stands_in_the_window_title_beside_the_organization(self) -> None:
        assert "<title>On its way – Acme Fulfillment</title>" in page()


class TestProgress:
    @pytest.mark.parametrize(
        ("status", "current"),
        [
            ("pending", "Prepared"),
            ("label_created", "Prepared"),
            ("picked_up", "Handed over"),
            ("in_transit", "On its way"),
            ("exception", "On its way"),
            ("out_for_delivery", "Out for delivery"),
            ("attempt_failed", "Out for delivery"),
            ("available_for_pickup", "Ready to collect"),
            ("delivered", "Delivered"),
        ],
    )
    def test_marks_the_current_step(self, status: str, current: str) -> None:
        html = page(status)

        assert [a.get("aria-current") for a in Document(html).all("li")].count("step") == 1
        assert re.search(rf'aria-current="step"><span class="vh">Now: </span><span class="step">{current}<', html)

    def test_a_parcel_held_up_with_the_driver_stays_there(self) -> None:
        held_up = checkpoint("exception", "Address not found", None, "2026-01-20T15:00:00.000Z")

        assert "Now: Out for delivery" in text(page("exception", [*WITH_THE_DRIVER, held_up]))

    def test_names_the_next_step_only_while_all_is_well(self) -> None:
        assert "Next: Out for delivery" in text(page("in_transit"))
        assert "Next:" not in text(page("exception", HELD_UP))
        assert "Next:" not in text(page("attempt_failed", WITH_THE_DRIVER))
        assert "Next:" not in text(page("delivered", ARRIVED))

    @pytest.mark.parametrize("status", ["returned", "cancelled"])
    def test_is_left_out_when_the_journey_ended_elsewhere(self, status: str) -> None:
        assert 'aria-current="step"' not in page(status)


class TestWithoutCheckpoints:
    @pytest.mark.parametrize("status", STATUSES)
    def test_updates_are_promised_only_before_the_carrier_has_it(self, status: str) -> None:
        said = text(page(status, []))

        assert ("Updates appear here" in said) == (status in ("pending", "label_created"))
        assert ("The carrier has sent no details." in said) == (status not in ("pending", "label_created"))


class TestShipped:
    @pytest.mark.parametrize("status", STATUSES)
    def test_is_said_of_what_the_carrier_has_got(self, status: str) -> None:
        has_left = status not in ("pending", "label_created", "cancelled")

        assert ("January 15</time></dd>" in page(status)) == has_left


class TestArrival:
    def test_names_the_expected_day(self) -> None:
        assert '<time datetime="2026-01-20">Tuesday, January 20</time>' in page()

    def test_names_the_year_when_it_is_another(self) -> None:
        assert "Saturday, January 2, 2027" in page(estimated_delivery="2027-01-02")

    def test_a_day_is_overdue_only_when_it_is_over_everywhere(self) -> None:
        assert "Was expected" not in page(now="2026-01-21T11:59:00.000Z")
        assert "It is late." in page(now="2026-01-21T12:00:00.000Z")

    @pytest.mark.parametrize("day", [None, "soon", "2026-02-30", "", 20260120.5])
    def test_says_so_when_nobody_knows_the_day(self, day: object) -> None:
        assert "The carrier has not named a day yet." in page(estimated_delivery=day)

    def test_says_nothing_of_days_before_the_carrier_has_it(self) -> None:
        assert "arrival" not in Document(page("pending", [], estimated_delivery=None)).text

    def test_names_the_day_of_delivery(self) -> None:
        html = page("delivered", ARRIVED, actual_delivery="2026-01-19")

        assert "Delivered on Monday, January 19" in text(html)
        assert "Expected" not in text(html)

    def test_takes_the_day_of_delivery_from_the_scan_and_marks_it_as_utc(self) -> None:
        assert "Delivered on Tuesday, January 20 UTC" in text(page("delivered", ARRIVED))

    def test_a_time_is_marked_as_utc(self) -> None:
        assert "Expected Wednesday, January 21 UTC" in text(page(estimated_delivery="2026-01-20T22:00:00-05:00"))

    def test_the_end_of_time_is_a_day_like_any_other(self) -> None:
        assert "December 31, 9999" in page(estimated_delivery="9999-12-31")


class TestParcel:
    def test_names_number_carrier_service_and_day(self) -> None:
        shown = text(page())

        for expected in ("1Z999AA10123456784", "UPS", "Ground", "January 15"):
            assert expected in shown

    def test_a_carrier_without_a_name_is_shown_by_its_slug(self) -> None:
        assert "<bdi>Royal mail</bdi>" in page(carrier="royal_mail", carrier_name=None)
        assert "<bdi>UPS</bdi>" in page(carrier_name=None)

    def test_leaves_out_what_is_not_known(self) -> None:
        html = page(tracking_number=None, carrier=None, carrier_name=None, service=None, ship_date=None)

        assert "<dt>" not in html


class TestHistory:
    def test_is_newest_first_and_grouped_by_day(self) -> None:
        html = page()
        days = list(re.findall(r'<h3><time datetime="([^"]+)"', html))

        assert days == ["2026-01-18", "2026-01-17", "2026-01-16", "2026-01-15", "2026-01-14"]
        assert html.index("10:41 pm UTC") < html.index("2:00 pm UTC")

    def test_every_time_says_that_it_is_utc(self) -> None:
        html = page("delivered", ARRIVED, language="de")

        assert '<time datetime="2026-01-15T22:41Z">22:41 UTC</time>' in html
        assert html.count(" UTC</time></p>") + html.count(" UTC</time><span>") == len(ARRIVED)

    def test_deliveries_are_always_in_our_words(self) -> None:
        signed = checkpoint("Delivered - signed by", "J SMITH", "Evanston, IL", "2026-01-20T20:00:00.000Z")
        html = page("delivered", [*ARRIVED, signed])

        assert "SMITH" not in html
        assert "Signed by" not in html
        assert "signed by" not in html

    def test_known_words_are_translated_and_others_shown_as_they_came(self) -> None:
        at = "2026-01-20T13:12:00.000Z"
        html = page(checkpoints=[checkpoint("Out for Delivery", None, None, at)], language="fr")
        other = page(checkpoints=[checkpoint("Customs: released", None, None, at)], language="fr")

        assert "En cours de livraison" in text(html)
        assert "<bdi>Customs: released</bdi>" in other

    def test_a_word_repeated_by_the_next_scan_is_not_repeated_on_the_page(self) -> None:
        html = page("delivered", ARRIVED)

        assert html.count('<p class="what">On its way</p>') == 1
        assert '<p class="what"><bdi>Arrived at sorting facility</bdi></p>' in html

    def test_a_place_is_put_together_when_the_carrier_gave_parts(self) -> None:
        scan = checkpoint("in_transit", None, None, "2026-01-20T13:12:00.000Z", city="Lyon", country="FR")

        assert "<bdi>Lyon, FR</bdi>" in page(checkpoints=[scan])

    def test_a_checkpoint_with_an_unreadable_time_is_kept(self) -> None:
        html = page(checkpoints=[checkpoint("in_transit", "Departed", "Chicago", "yesterday"), *ON_THE_ROAD])

        assert "Day not given" in html
        assert "yesterday" not in html

    def test_an_empty_one_says_what_will_happen(self) -> None:
        assert "No news yet." in page("label_created", [])

    def test_a_long_one_folds_what_is_older(self) -> None:
        html = page(checkpoints=many_checkpoints(20))

        assert "<summary>Show 12 earlier updates</summary>" in html
        assert html.index("</details>") > html.rindex('class="what"')

    def test_two_more_entries_are_not_worth_folding(self) -> None:
        assert "<details>" not in page(checkpoints=many_checkpoints(10))
        assert "<details>" in page(checkpoints=many_checkpoints(11))

    def test_a_very_long_one_counts_what_it_leaves_out(self) -> None:
        assert "140 older updates are not shown." in page(checkpoints=many_checkpoints(200))
        assert "1 older update is not shown." in page(checkpoints=many_checkpoints(61))


class TestSize:
    @pytest.mark.parametrize("language", TEXTS)
    def test_is_small_with_two_hundred_checkpoints(self, language: str) -> None:
        assert len(page(checkpoints=many_checkpoints(200), language=language).encode()) < 30_000

    @pytest.mark.parametrize("filler", ["x", "&", "'", "😀", "\u0300", "\ud800", "<b>"])
    def test_is_small_whatever_carriers_and_organizations_write(self, filler: str) -> None:
        long = filler * 100_000
        scans = many_checkpoints(200, status=long, detail=long, location=long, city=long)
        branding = {"company_name": long, "primary_color": long, "logo_url": "https://a.example/" + "&" * 900}
        html = page(
            "exception", scans, branding, tracking_number=long, carrier=long, carrier_name=long, service=long,
            ship_date=long, estimated_delivery=long,
        )  # fmt: skip

        assert len(html.encode()) <= MOST_BYTES
        assert 'class="what"' in html


class TestStructure:
    @pytest.mark.parametrize("language", TEXTS)
    def test_names_language_and_direction_and_offers_the_others(self, language: str) -> None:
        document = Document(page(language=language))

        assert document.all("html") == [{"lang": language, "dir": "ltr"}]
        assert [link["href"] for link in document.all("a")] == [f"?lang={code}" for code in TEXTS]
        assert [link["lang"] for link in document.all("a") if "aria-current" in link] == [language]

    def test_has_landmarks_headings_and_lists(self) -> None:
        document = Document(page(checkpoints=many_checkpoints(200)))
        tags = [tag for tag, _ in document.elements]

        assert [tags.count(tag) for tag in ("header", "main", "footer", "nav", "h1")] == [1, 1, 1, 1, 1]
        assert [tag for tag in tags if tag in {"h1", "h2"}] == ["h1", "h2", "h2", "h2"]
        ids = [attributes["id"] for _, attributes in document.elements if "id" in attributes]
        assert len(ids) == len(set(ids))

    def test_asks_for_the_logo_and_nothing_else(self) -> None:
        asked = {address for address in Document(page()).addresses() if not address.startswith(("?lang=", "data:"))}

        assert asked == {"https://cdn.acme.example/logo.svg"}

    def test_style_asks_for_nothing(self) -> None:
        html = page()

        assert "url(" not in html
        assert "@import" not in html


class TestProblems:
    @pytest.mark.parametrize("language", TEXTS)
    @pytest.mark.parametrize("kind", get_args(Problem))
    def test_each_has_a_page_in_every_language(self, kind: Problem, language: str) -> None:
        result = render_problem(kind, branding=BRANDING, language=language)

        assert TEXTS[language].problems[kind].headline in text(result.html)
        assert "Acme Fulfillment" in text(result.html)
        assert result.headers["Content-Language"] == language

    def test_without_branding_it_is_neutral(self) -> None:
        result = render_problem("unknown", branding=None, language="en")

        assert "Parcel tracking" in text(result.html)
        assert "the shop you ordered from" in text(result.html)
        assert Document(result.html).all("img") == []

    @pytest.mark.parametrize("kind", get_args(Problem))
    def test_only_what_passes_may_be_tried_again(self, kind: Problem) -> None:
        document = Document(render_problem(kind, branding=None, language="en").html)

        again = [attributes for name, attributes in document.elements if attributes.get("class") == "button"]
        assert [link["href"] for link in again] == ([""] if kind in ("busy", "failed") else [])

    def test_a_reference_is_text(self) -> None:
        html = render_problem("failed", branding=None, language="en", reference="<i>1</i>").html

        assert "Reference: &lt;i&gt;1&lt;/i&gt;" in html

    def test_company_names_are_text(self) -> None:
        html = render_problem("revoked", branding={"company_name": "<b>{company}</b>"}, language="en").html

        assert "please ask <bdi>&lt;b&gt;{company}&lt;/b&gt;</bdi>." in html
