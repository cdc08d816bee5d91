import re
from typing import Any, ClassVar, get_args

import pytest

from chalicelib.tracking_pages.languages import TEXTS
from chalicelib.tracking_pages.page import MAX_BYTES, render
from chalicelib.tracking_pages.problems import render_problem
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


def page(
    *args: object,
    language: str = "en",
    now: str = NOW,
    support: dict[str, Any] | None = None,
    order: dict[str, Any] | None = None,
    **fields: object,
) -> str:
    sample = view(*args, **fields)  # type: ignore[arg-type]
    return render(sample, language=language, now=now, support=support, order=order).html


def text(html: str) -> str:
    return Document(html).text


class TestStatus:
    @pytest.mark.parametrize("language", TEXTS)
    @pytest.mark.parametrize("status", STATUSES)
    def test_has_a_headline_and_a_sentence(self, status: str, language: str) -> None:
        words = TEXTS[language].statuses[status]
        html = page(status, language=language)

        assert f"<h1>{words.headline}</h1>" in html
        assert words.sentence in text(html)
        assert "_" not in text(html)

    def test_that_is_unknown_still_renders_a_page(self) -> None:
        assert "<h1>Shipment update</h1>" in page("teleported")

    def test_is_in_the_window_title_with_the_company_name(self) -> None:
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

    def test_an_exception_keeps_the_step_that_was_reached(self) -> None:
        held_up = checkpoint("exception", "Address not found", None, "2026-01-20T15:00:00.000Z")

        assert "Now: Out for delivery" in text(page("exception", [*WITH_THE_DRIVER, held_up]))

    def test_names_the_next_step_only_if_it_is_foreseeable(self) -> None:
        assert "Next: Out for delivery" in text(page("in_transit"))
        assert "Next:" not in text(page("exception", HELD_UP))
        assert "Next:" not in text(page("attempt_failed", WITH_THE_DRIVER))
        assert "Next:" not in text(page("delivered", ARRIVED))

    @pytest.mark.parametrize("status", ["returned", "cancelled"])
    def test_is_omitted_for_returned_and_cancelled_shipments(self, status: str) -> None:
        assert 'aria-current="step"' not in page(status)


class TestWithoutCheckpoints:
    @pytest.mark.parametrize("status", STATUSES)
    def test_updates_are_promised_only_before_the_carrier_has_the_shipment(self, status: str) -> None:
        shown = text(page(status, []))

        assert ("They will appear here" in shown) == (status in ("pending", "label_created"))
        assert ("The carrier has not provided any details." in shown) == (status not in ("pending", "label_created"))


class TestShipped:
    @pytest.mark.parametrize("status", STATUSES)
    def test_is_shown_once_the_carrier_has_the_shipment(self, status: str) -> None:
        is_shipped = status not in ("pending", "label_created", "cancelled")

        assert ("January 15</time></dd>" in page(status)) == is_shipped


class TestArrival:
    def test_names_the_expected_day(self) -> None:
        assert '<time datetime="2026-01-20">Tuesday, January 20</time>' in page()

    def test_names_the_year_unless_it_is_this_year(self) -> None:
        assert "Saturday, January 2, 2027" in page(estimated_delivery="2027-01-02")

    def test_a_day_is_overdue_only_when_it_is_over_everywhere(self) -> None:
        assert "Was expected" not in page(now="2026-01-21T11:59:00.000Z")
        assert "Your shipment is late." in page(now="2026-01-21T12:00:00.000Z")

    @pytest.mark.parametrize("day", [None, "soon", "2026-02-30", "", 20260120.5])
    def test_says_that_no_day_is_known(self, day: object) -> None:
        assert "The carrier has not given a delivery date yet." in page(estimated_delivery=day)

    def test_names_no_day_before_the_carrier_has_the_shipment(self) -> None:
        assert "arrival" not in Document(page("pending", [], estimated_delivery=None)).text

    def test_names_the_day_of_delivery(self) -> None:
        html = page("delivered", ARRIVED, actual_delivery="2026-01-19")

        assert "Delivered on Monday, January 19" in text(html)
        assert "Expected" not in text(html)

    def test_falls_back_to_the_day_of_the_delivery_checkpoint(self) -> None:
        assert "Delivered on Tuesday, January 20 UTC" in text(page("delivered", ARRIVED))

    @pytest.mark.parametrize(
        "time",
        [
            "2026-01-20T22:00:00-05:00",
            "2026-01-20T01:00:00+09:00",
            "2026-01-20 23:59:59 -0800",
            "20260120T220000-0500",
            "2026-01-20t22:00:00.123-05:00",
            "2026-01-20T22:00-05",
            "2026-01-20T22:00:00-05:00[America/New_York]",
            "2026-01-20T00:00:00Z",
            "2026-01-20T00:00:00",
            "20260120",
        ],
    )
    def test_the_day_is_the_one_at_the_place(self, time: str) -> None:
        assert '<strong><time datetime="2026-01-20">Tuesday, January 20</time></strong>' in page(
            estimated_delivery=time
        )
        assert "January 20</time></dd>" in page(ship_date=time)
        assert "Delivered on Tuesday, January 20" in text(page("delivered", [], actual_delivery=time))

    @pytest.mark.parametrize("time", ["2026-01-20T22:00:00Z", "2026-01-20T22:00:00+00:00", "2026-01-20T22:00:00"])
    def test_the_day_of_a_time_in_utc_is_marked(self, time: str) -> None:
        assert "Expected Tuesday, January 20 UTC" in text(page(estimated_delivery=time))

    @pytest.mark.parametrize(
        "day", ["0001-01-01", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0000-00-00", "0000-00-00 00:00:00",
                "1900-01-01", "1970-01-01T00:00:00Z"],
    )  # fmt: skip
    def test_a_placeholder_is_no_day(self, day: str) -> None:
        html = page(checkpoints=[], estimated_delivery=day, ship_date=day)

        assert "The carrier has not given a delivery date yet." in html
        assert "Was expected" not in html
        assert "<time" not in html
        assert "Delivered on" not in page("delivered", [], actual_delivery=day)

    def test_a_day_with_an_offset_is_over_at_its_place(self) -> None:
        late = "2026-01-20T20:00:00-07:00"

        assert "Was expected" not in page(estimated_delivery=late, now="2026-01-21T06:59:00.000Z")
        assert "Was expected" in page(estimated_delivery=late, now="2026-01-21T07:00:00.000Z")

    def test_the_end_of_time_is_a_day_like_any_other(self) -> None:
        assert "December 31, 9999" in page(estimated_delivery="9999-12-31")


class TestDetails:
    def test_names_number_carrier_service_and_day(self) -> None:
        shown = text(page())

        for expected in ("1Z999AA10123456784", "UPS", "Ground", "January 15"):
            assert expected in shown

    def test_a_carrier_without_a_name_is_shown_by_its_slug(self) -> None:
        assert "<bdi>Bobs bikes</bdi>" in page(carrier="bobs_bikes", carrier_name=None)
        assert "<bdi>UPS</bdi>" in page(carrier_name=None)

    @pytest.mark.parametrize(("carrier", "sent_name"), [("ups", "ups"), ("ups", "UPS"), ("ups", None)])
    def test_a_known_carrier_has_its_own_spelling_and_a_link(self, carrier: str, sent_name: str | None) -> None:
        html = page(carrier=carrier, carrier_name=sent_name)

        assert "<dd><bdi>UPS</bdi></dd>" in html
        assert "https://www.ups.com/track?tracknum=1Z999AA10123456784" in Document(html).addresses()
        assert "Track with UPS" in text(html)

    def test_an_unknown_carrier_or_number_has_no_link(self) -> None:
        assert "Track with" not in text(page(carrier="bobs_bikes", carrier_name="Bob's Bikes"))
        assert "Track with" not in text(page(tracking_number=None))

    def test_the_number_can_be_copied_where_scripts_run(self) -> None:
        [button] = Document(page()).all("button")

        assert (button["data-copy"], button["hidden"], button["type"]) == ("1Z999AA10123456784", "", "button")
        assert Document(page(tracking_number=None)).all("button") == []

    def test_omits_unknown_values(self) -> None:
        html = page(tracking_number=None, carrier=None, carrier_name=None, service=None, ship_date=None)

        assert "<dt>" not in html


class TestOrder:
    ORDER: ClassVar = {
        "number": "#1001",
        "items": [{"title": "Mug <b>", "quantity": 2}, {"title": None, "quantity": 1}],
    }

    def test_shows_number_and_items(self) -> None:
        shown = text(page(order=self.ORDER))

        assert "Order number#1001" in shown
        assert "2 × Mug <b>" in shown

    def test_is_left_out_where_it_is_not_given(self) -> None:
        assert "Your order" not in text(page())

    def test_counts_the_items_that_it_omits(self) -> None:
        order = {"number": "1", "items": [{"title": "x" * 80, "quantity": 1}] * 40}

        assert "and 18 more" in text(page(order=order))


class TestContact:
    def test_links_to_email_phone_and_website(self) -> None:
        html = page(
            support={"email": "help@acme.example", "phone": "+1 (555) 0100", "url": "https://acme.example/help"}
        )

        assert {"mailto:help@acme.example", "tel:+15550100", "https://acme.example/help"} <= Document(html).addresses()
        assert "Questions about your order?" in text(html)

    @pytest.mark.parametrize(
        "support",
        [
            None,
            {},
            {"email": "a@b?bcc=x@y.example"},
            {"email": "<a@b.example>"},
            {"url": "javascript:alert(1)"},
            {"url": "http://acme.example"},
            {"phone": "call me"},
            {"phone": 7, "email": ["x"], "url": {}},
        ],
    )
    def test_is_left_out_where_nothing_is_usable(self, support: dict[str, Any] | None) -> None:
        assert "Questions" not in text(page(support=support))


class TestHistory:
    def test_is_newest_first_and_grouped_by_day(self) -> None:
        html = page()
        days = list(re.findall(r'<h3><time datetime="([^"]+)"', html))

        assert days == ["2026-01-18", "2026-01-17", "2026-01-16", "2026-01-15", "2026-01-14"]
        assert html.index("10:41 pm UTC") < html.index("2:00 pm UTC")

    def test_every_time_is_marked_as_utc(self) -> None:
        html = page("delivered", ARRIVED, language="de")

        assert '<time datetime="2026-01-15T22:41Z">22:41 UTC</time>' in html
        assert html.count(" UTC</time></p>") + html.count(" UTC</time><span>") == len(ARRIVED)

    def test_times_with_an_offset_are_local(self) -> None:
        local = {"utc_offset": -360}
        html = page(checkpoints=[{**scan, **local} for scan in ON_THE_ROAD])
        days = re.findall(r'<h3><time datetime="([^"]+)"', html)

        assert '<time datetime="2026-01-15T16:41-06:00">4:41 pm</time>' in html
        assert days == ["2026-01-18", "2026-01-16", "2026-01-15", "2026-01-14"]
        assert "Times are local to each place." in html
        assert " UTC" not in text(html)

    def test_deliveries_never_show_the_carriers_words(self) -> None:
        signed = checkpoint("Delivered - signed by", "J SMITH", "Evanston, IL", "2026-01-20T20:00:00.000Z")
        html = page("delivered", [*ARRIVED, signed])

        assert "SMITH" not in html
        assert "Signed by" not in html
        assert "signed by" not in html

    def test_known_statuses_are_translated_and_others_shown_unchanged(self) -> None:
        at = "2026-01-20T13:12:00.000Z"
        html = page(checkpoints=[checkpoint("Out for Delivery", None, None, at)], language="fr")
        other = page(checkpoints=[checkpoint("Customs: released", None, None, at)], language="fr")

        assert "En cours de livraison" in text(html)
        assert "<bdi>Customs: released</bdi>" in other

    def test_a_repeated_status_is_shown_once(self) -> None:
        html = page("delivered", ARRIVED)

        assert html.count('<p class="what">On its way</p>') == 1
        assert '<p class="what"><bdi>Arrived at sorting facility</bdi></p>' in html

    def test_a_place_is_joined_from_its_parts(self) -> None:
        scan = checkpoint("in_transit", None, None, "2026-01-20T13:12:00.000Z", city="Lyon", country="FR")

        assert "<bdi>Lyon, FR</bdi>" in page(checkpoints=[scan])

    def test_a_checkpoint_with_an_unreadable_time_is_kept(self) -> None:
        html = page(checkpoints=[checkpoint("in_transit", "Departed", "Chicago", "yesterday"), *ON_THE_ROAD])

        assert "Date unknown" in html
        assert "yesterday" not in html

    def test_without_checkpoints_it_explains_when_they_appear(self) -> None:
        assert "No updates yet." in page("label_created", [])

    def test_folds_older_entries(self) -> None:
        html = page(checkpoints=many_checkpoints(20))

        assert "<summary>Show 12 earlier updates</summary>" in html
        assert html.index("</details>") > html.rindex('class="what"')

    def test_does_not_fold_fewer_than_three_entries(self) -> None:
        assert "<details>" not in page(checkpoints=many_checkpoints(10))
        assert "<details>" in page(checkpoints=many_checkpoints(11))

    def test_counts_the_omitted_entries(self) -> None:
        assert "140 older updates are not shown." in page(checkpoints=many_checkpoints(200))
        assert "1 older update is not shown." in page(checkpoints=many_checkpoints(61))


class TestSize:
    @pytest.mark.parametrize("language", TEXTS)
    def test_is_small_with_two_hundred_checkpoints(self, language: str) -> None:
        assert len(page(checkpoints=many_checkpoints(200), language=language).encode()) < 30_000

    @pytest.mark.parametrize("filler", ["x", "&", "'", "😀", "\u0300", "\ud800", "<b>"])
    def test_is_small_whatever_the_third_party_text(self, filler: str) -> None:
        long = filler * 100_000
        scans = many_checkpoints(200, status=long, detail=long, location=long, city=long)
        branding = {"company_name": long, "primary_color": long, "logo_url": "https://a.example/" + "&" * 900}
        order = {"number": long, "items": [{"title": long, "quantity": 1}] * 200}
        support = {"email": "a" * 64 + "@" + "b" * 255, "phone": "1" * 30, "url": "https://a.example/" + "&" * 280}
        html = page(
            "exception", scans, branding, tracking_number=long, carrier="ups", carrier_name=long, service=long,
            ship_date=long, estimated_delivery=long, order=order, support=support,
        )  # fmt: skip

        assert len(html.encode()) <= MAX_BYTES
        assert 'class="what"' in html


class TestStructure:
    @pytest.mark.parametrize("language", TEXTS)
    def test_declares_language_and_direction_and_links_the_other_languages(self, language: str) -> None:
        document = Document(page(language=language))

        assert document.all("html") == [{"lang": language, "dir": "ltr"}]
        links = [link for link in document.all("a") if "hreflang" in link]
        assert [link["href"] for link in links] == [f"?lang={code}" for code in TEXTS]
        assert [link["lang"] for link in links if "aria-current" in link] == [language]

    def test_has_landmarks_headings_and_lists(self) -> None:
        document = Document(page(checkpoints=many_checkpoints(200)))
        tags = [tag for tag, _ in document.elements]

        assert [tags.count(tag) for tag in ("header", "main", "footer", "nav", "h1")] == [1, 1, 1, 1, 1]
        assert [tag for tag in tags if tag in {"h1", "h2"}] == ["h1", "h2", "h2", "h2"]
        ids = [attributes["id"] for _, attributes in document.elements if "id" in attributes]
        assert len(ids) == len(set(ids))

    def test_requests_only_the_logo(self) -> None:
        links = {link["href"] for link in Document(page()).all("a")}
        requested = {url for url in Document(page()).addresses() - links if not url.startswith("data:")}

        assert requested == {"https://cdn.acme.example/logo.svg"}

    def test_the_style_sheet_requests_nothing(self) -> None:
        html = page()

        assert "url(" not in html
        assert "@import" not in html


class TestProblems:
    @pytest.mark.parametrize("language", TEXTS)
    @pytest.mark.parametrize("problem", get_args(Problem))
    def test_each_has_a_page_in_every_language(self, problem: Problem, language: str) -> None:
        result = render_problem(problem, branding=BRANDING, language=language)

        assert TEXTS[language].problems[problem].headline in text(result.html)
        assert "Acme Fulfillment" in text(result.html)
        assert result.headers["Content-Language"] == language

    def test_without_branding_the_page_is_neutral(self) -> None:
        result = render_problem("unknown", branding=None, language="en")

        assert "Shipment tracking" in text(result.html)
        assert "the shop you ordered from" in text(result.html)
        assert Document(result.html).all("img") == []

    @pytest.mark.parametrize("problem", get_args(Problem))
    def test_only_transient_ones_offer_a_retry(self, problem: Problem) -> None:
        document = Document(render_problem(problem, branding=None, language="en").html)

        buttons = [attributes for name, attributes in document.elements if attributes.get("class") == "button"]
        assert [link["href"] for link in buttons] == ([""] if problem in ("busy", "failed") else [])

    def test_the_reference_is_escaped(self) -> None:
        html = render_problem("failed", branding=None, language="en", reference="<i>1</i>").html

        assert "Reference: &lt;i&gt;1&lt;/i&gt;" in html

    def test_the_company_name_is_escaped(self) -> None:
        html = render_problem("revoked", branding={"company_name": "<b>{company}</b>"}, language="en").html

        assert "please contact <bdi>&lt;b&gt;{company}&lt;/b&gt;</bdi>." in html
