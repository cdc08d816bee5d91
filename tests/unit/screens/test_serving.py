"""How the components and the portal are served: caching, CORS, policies, and who may frame the portal."""

import json
import re

import pytest

from chalicelib.kit.settings import settings
from infra.screens import STATIC
from tests.support.factories import EMBED, Acme
from tests.support.gateway import Client, Reply

ASSET = json.loads((STATIC / "built.json").read_text())["portal"]["script"]


def policy(reply: Reply) -> dict[str, str]:
    parts = (part.partition(" ") for part in reply.headers["Content-Security-Policy"].split("; "))
    return {name: value for name, _, value in parts}


class TestComponents:
    @pytest.mark.parametrize(
        ("path", "cache"),
        [("/embed.js", "public, max-age=300"), (f"/{ASSET}", "public, max-age=31536000, immutable")],
    )
    def test_any_page_may_load_and_cache_them(self, path: str, cache: str) -> None:
        reply = Client().get(path, Origin="https://merchant.example")
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
        assert reply.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert reply.headers["Cache-Control"] == cache
        assert Client().get(path, If_None_Match=reply.headers["ETag"]).status == 304
        head = Client().call("HEAD", path)
        assert (head.status, head.text, head.headers["ETag"]) == (200, "", reply.headers["ETag"])

    def test_everything_that_a_file_imports_is_served(self) -> None:
        seen, ahead = set[str](), ["embed.js", ASSET]
        while ahead:
            name = ahead.pop()
            reply = Client().get(f"/{name}")
            assert reply.status == 200, name
            seen.add(name)
            imported = re.findall(r"""(?:from|import)\s*\(?["']\.(?:/assets)?/([\w.-]+)["']""", reply.text)
            ahead += [each for each in (f"assets/{file}" for file in imported) if each not in seen]
        assert any(name.startswith("assets/de-") for name in seen)

    @pytest.mark.parametrize(
        "name",
        ["nothing.js", "..%2Fembed.js", "..%2Fbuilt.json", "%2Fetc%2Fpasswd", ".", "..", "x.js%00", "built.json"],
    )
    def test_nothing_else_is(self, name: str) -> None:
        assert Client().get(f"/assets/{name}").status == 404


class TestPortal:
    def test_only_the_organizations_pages_may_frame_it(self, acme: Acme) -> None:
        acme.configure(allowed_origins=["https://app.acme.example", "https://*.acme.example"])
        reply = Client().get(f"/portal?org={acme.config['slug']}")
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
        assert policy(reply)["frame-ancestors"] == "https://app.acme.example https://*.acme.example"

    def test_nobody_may_without_allowed_origins(self, acme: Acme) -> None:
        assert policy(Client().get(f"/portal?org={acme.config['slug']}"))["frame-ancestors"] == "'none'"

    @pytest.mark.parametrize("query", ["", "?org=", "?org=nobody", "?org=a%0d%0ab", f"?org={'x' * 64}"])
    def test_of_an_unknown_organization_is_a_404_that_nobody_frames(self, acme: Acme, query: str) -> None:
        reply = Client().get(f"/portal{query}")
        assert reply.status == 404
        assert policy(reply)["frame-ancestors"] == "'none'"

    def test_of_an_inactive_embed_is_a_404(self, acme: Acme) -> None:
        acme.configure(is_active=False)
        assert Client().get(f"/portal?org={acme.config['slug']}").status == 404

    def test_runs_its_own_files_only_and_loads_no_image_but_the_logo(self, acme: Acme) -> None:
        acme.configure(branding={"logo_url": "https://cdn.acme.example/logo.svg"})
        reply = Client().get(f"/portal?org={acme.config['slug']}")
        allowed = policy(reply)
        assert allowed["default-src"] == "'none'"
        assert allowed["script-src"] == allowed["style-src"] == allowed["connect-src"] == "'self'"
        assert allowed["img-src"] == "https://cdn.acme.example data:"
        assert allowed["require-trusted-types-for"] == "'script'"
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert reply.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert not re.search(r"<script(?![^>]* src=)|<style|style=|\son\w+=", reply.text)

    def test_branding_cannot_widen_the_policy(self, acme: Acme) -> None:
        acme.configure(branding={"logo_url": "https://cdn.acme.example/l.svg"})
        slug = acme.config["slug"]
        assert "'unsafe" not in Client().get(f"/portal?org={slug}").headers["Content-Security-Policy"]

    def test_answers_head(self, acme: Acme) -> None:
        reply = Client().call("HEAD", f"/portal?org={acme.config['slug']}")
        assert (reply.status, reply.text) == (200, "")


class TestGallery:
    def test_is_on_the_local_stack_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert Client().get("/portal/gallery").status == 404
        monkeypatch.setenv("STAGE", "local")
        settings.cache_clear()
        try:
            assert Client().get("/portal/gallery").status == 200
        finally:
            settings.cache_clear()


class TestSession:
    def test_tells_what_a_page_needs_to_know(self, acme: Acme) -> None:
        acme.configure(branding={"company_name": "Acme"})
        session = acme.session("m-1", name="Merchant", scopes=["orders:read"], allowedBridgeTypes=["shopify"])
        assert session.client.get(f"{EMBED}/session").data == {
            "sessionId": session.created["sessionId"],
            "expiresAt": session.created["expiresAt"],
            "scopes": ["orders:read"],
            "enabledFeatures": acme.config["enabled_features"],
            "allowedBridgeTypes": ["shopify"],
            "readOnly": False,
            "endUser": session.created["endUser"],
            "organization": {"slug": acme.config["slug"], "branding": {"company_name": "Acme"}},
        }

    def test_costs_the_one_read_of_every_request(self, acme: Acme, calls: list[str]) -> None:
        client = acme.session().client
        calls.clear()
        client.get(f"{EMBED}/session")
        assert calls == ["BatchGetItem"]

    @pytest.mark.parametrize("token", [None, "est_x", "oh_x"])
    def test_needs_a_session(self, cloud: None, token: str | None) -> None:
        assert Client(token).get(f"{EMBED}/session").status == 401

    def test_sessions_come_with_the_portals_address(self, acme: Acme) -> None:
        for created in (acme.session().created, acme.auto().data):
            assert created["portalUrl"] == (
                f"https://api.example.com/portal?org={acme.config['slug']}#{created['token']}"
            )

    def test_the_address_is_in_no_log_and_no_event(self, acme: Acme, capsys: pytest.CaptureFixture[str]) -> None:
        token = acme.session().created["token"]
        events = acme.server.get(f"{EMBED}/events").text
        assert token not in events
        assert token not in "".join(capsys.readouterr())


class TestConsole:
    def test_runs_its_own_files_only_and_is_framed_by_nobody(self) -> None:
        allowed = policy(Client().get("/console"))
        assert allowed["frame-ancestors"] == allowed["default-src"] == "'none'"
        assert allowed["script-src"] == allowed["connect-src"] == allowed["frame-src"] == "'self'"
        assert allowed["require-trusted-types-for"] == "'script'"

    def test_shows_the_tracking_page_in_another_colour(self, acme: Acme) -> None:
        acme.configure(branding={"company_name": "Acme & Co", "primary_color": "#4F46E5"})
        reply = Client().get(f"/console/tracking-preview?slug={acme.config['slug']}&primary_color=%230f766e&lang=de")
        assert policy(reply)["frame-ancestors"] == "'self'"
        assert "Acme &amp; Co" in reply.text
        assert "--band:#0f766e" in reply.text
        assert 'lang="de"' in reply.text

    @pytest.mark.parametrize("name", ["slug", "primary_color", "lang"])
    @pytest.mark.usefixtures("cloud")
    def test_shows_nothing_that_its_address_says(self, name: str) -> None:
        reply = Client().get(f"/console/tracking-preview?{name}=owned;}}")
        assert reply.status == 200
        assert "owned" not in reply.text
