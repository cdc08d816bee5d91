import base64
import hashlib
import re
from typing import Any

import pytest

from chalicelib.tracking_pages.document import RenderedPage
from chalicelib.tracking_pages.page import render
from chalicelib.tracking_pages.problems import render_problem
from tests.unit.tracking_pages.rendering.samples import BRANDING, NOW, Document, view


def rendered(**branding: Any) -> RenderedPage:
    return render(view(branding={**BRANDING, **branding}), language="en", now=NOW)


def sha256(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def policy(page: RenderedPage) -> dict[str, str]:
    directives = (directive.split(" ", 1) for directive in page.headers["Content-Security-Policy"].split("; "))
    return dict(directives)


class TestContentSecurityPolicy:
    def test_allows_only_the_style_sheet_the_copy_script_and_the_logo(self) -> None:
        page = rendered()
        [style] = re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL)
        [script] = re.findall(r"<script>(.*?)</script>", page.html, re.DOTALL)

        assert policy(page) == {
            "default-src": "'none'",
            "style-src": sha256(style),
            "script-src": sha256(script),
            "img-src": "https://cdn.acme.example data:",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "'none'",
        }

    def test_allows_no_script_where_nothing_can_be_copied(self) -> None:
        without_number = render(view(tracking_number=None), language="en", now=NOW)

        assert "script-src" not in policy(without_number)
        assert "script-src" not in policy(render_problem("unknown", branding=None, language="en"))
        assert "<script" not in without_number.html

    def test_allows_no_host_without_a_logo(self) -> None:
        assert policy(rendered(logo_url=None))["img-src"] == "data:"
        assert policy(render_problem("unknown", branding=None, language="en"))["img-src"] == "data:"

    @pytest.mark.parametrize(
        ("url", "origin"),
        [
            ("https://cdn.acme.example", "https://cdn.acme.example"),
            ("https://CDN.Acme.example:8443/a/b.png?v=1&w=2", "https://cdn.acme.example:8443"),
            ("https://xn--bcher-kva.example/logo.svg", "https://xn--bcher-kva.example"),
            ("https://cdn.acme.example/a%20b,c(1).png", "https://cdn.acme.example"),
        ],
    )
    def test_names_the_origin_of_the_logo(self, url: str, origin: str) -> None:
        page = rendered(logo_url=url)

        assert policy(page)["img-src"] == f"{origin} data:"
        assert [image["src"] for image in Document(page.html).all("img")] == [url]

    @pytest.mark.parametrize(
        "url",
        [
            "http://cdn.acme.example/logo.png",
            "//cdn.acme.example/logo.png",
            "/logo.png",
            "javascript:alert(1)",
            "data:image/svg+xml,<svg/>",
            "https:cdn.acme.example/logo.png",
            "https://",
            "https:///logo.png",
            "https://user:secret@cdn.acme.example/logo.png",
            "https://cdn.acme.example\\@evil.example/logo.png",
            "https://*/logo.png",
            "https://*.acme.example/logo.png",
            "https://cdn.acme.example; script-src *",
            "https://cdn.acme.example;script-src%20*",
            "https://cdn.acme.example,evil.example/logo.png",
            "https://cdn.acme.example 'unsafe-inline'/logo.png",
            "https://cdn.acme.example/logo.png\r\nX-Evil: 1",
            "https://cdn.acme.example\n/logo.png",
            "https://cdn.acme.example/'><script>alert(1)</script>",
            'https://cdn.acme.example/"onerror="alert(1)',
            "https://cdn.acme.example:port/logo.png",
            "https://bücher.example/logo.png",
            "https://cdn..example/logo.png",
            "https://[::1]/logo.png",
            "https://cdn.acme.example/" + "x" * 1000,
            " ",
            7,
            None,
            ["https://cdn.acme.example/logo.png"],
            {"url": "https://cdn.acme.example/logo.png"},
        ],
    )
    def test_anything_but_a_plain_https_url_is_no_logo(self, url: object) -> None:
        page = rendered(logo_url=url)

        assert Document(page.html).all("img") == []
        assert policy(page)["img-src"] == "data:"


class TestHeaders:
    def test_keep_the_page_out_of_indexes_caches_and_frames(self) -> None:
        headers = dict(rendered().headers)
        del headers["Content-Security-Policy"]

        assert headers == {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Language": "en",
            "Cache-Control": "private, no-cache",
            "Referrer-Policy": "no-referrer",
            "Vary": "Accept-Language",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        }

    def test_are_single_lines_of_ascii(self) -> None:
        page = rendered(company_name="Ü\r\nX-Evil: 1", primary_color="#fff\r\n")

        assert all(value.isascii() and value.isprintable() for value in page.headers.values())
