"""Three kinds of tokens; those that expire are renewed, whatever dies in between."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from time_machine import travel

from chalicelib.connectors.faults import AuthFault, Forged, InvalidAnswer, RateLimited, Refused, Unreachable
from chalicelib.connectors.platform import Renewal
from chalicelib.connectors.shop import Consent, ConsentAnswer, Shop
from chalicelib.connectors.shopify import consent, tokens
from chalicelib.connectors.shopify.platform import test as run_test
from chalicelib.kit import clock
from tests.support.shopify.double import CLIENT, DOMAIN, Double, respond, signature_of
from tests.unit.connectors.shopify.conftest import connected

pytestmark = pytest.mark.xdist_group("shopify")


def consent_of(double: Double) -> Consent:
    return Consent(
        DOMAIN, "state-1", "https://api.example/callback", "https://app.example", "Acme", double.http, CLIENT
    )


def answer_of(double: Double, asked: Consent) -> ConsentAnswer:
    query = dict(parse_qsl(urlsplit(double.authorize(consent.authorize_url(asked))).query))
    return ConsentAnswer(query, b"", {})


def connect(double: Double) -> Shop:
    asked = consent_of(double)
    config = consent.complete(asked, answer_of(double, asked))
    return Shop("bridge-1", config, double.http, {}, CLIENT)


def with_config(shop: Shop, renewal: Renewal | None) -> Shop:
    assert renewal is not None
    return Shop(shop.bridge_id, {**shop.config, **renewal.config}, shop.http, {}, shop.app)


class TestConsent:
    def test_gives_tokens_that_expire(self, double: Double) -> None:
        shop = connect(double)
        assert run_test(shop).name == "Example Store"
        assert shop.config["shopDomain"] == DOMAIN
        assert clock.in_seconds(3500) < shop.config["accessTokenExpiresAt"] <= clock.in_seconds(3600)
        assert shop.config["refreshTokenExpiresAt"] > clock.in_seconds(89 * 86_400)

    def test_asks_for_what_is_needed_and_no_more(self, double: Double) -> None:
        url = consent.authorize_url(consent_of(double))
        assert url.startswith(
            f"https://{DOMAIN}/admin/oauth/authorize?client_id=app-1&scope=read_orders%2Cwrite_orders%2C"
        )
        assert "grant_options" not in url
        assert "secret" not in url

    @pytest.mark.parametrize("change", [{"hmac": "0" * 64}, {"hmac": ""}, {"hmac": "é"}, {"code": "x"}, {"extra": "1"}])
    def test_refuses_an_answer_that_shopify_did_not_sign(self, double: Double, change: dict[str, str]) -> None:
        asked = consent_of(double)
        answer = answer_of(double, asked)
        with pytest.raises(Forged):
            consent.complete(asked, ConsentAnswer({**answer.query, **change}, b"", {}))
        assert double.calls == []

    @pytest.mark.parametrize(
        "change", [{"shop": "other.myshopify.com"}, {"shop": "evil.example"}, {"state": "state-2"}]
    )
    def test_refuses_a_signed_answer_to_another_consent(self, double: Double, change: dict[str, str]) -> None:
        asked = consent_of(double)
        query = {**answer_of(double, asked).query, **change}
        del query["hmac"]
        with pytest.raises((Forged, Refused)):
            consent.complete(asked, ConsentAnswer({**query, "hmac": signature_of(query)}, b"", {}))
        assert double.calls == []

    def test_a_code_works_once(self, double: Double) -> None:
        asked = consent_of(double)
        answer = answer_of(double, asked)
        consent.complete(asked, answer)
        with pytest.raises(AuthFault):
            consent.complete(asked, answer)

    def test_reads_the_state_and_the_shop(self) -> None:
        assert consent.reads_state({"state": "s"}) == "s"
        assert consent.shop_of({"shopDomain": "https://Example.myshopify.com/"}) == DOMAIN
        with pytest.raises(Refused, match=r"myshopify\.com"):
            consent.shop_of({"shopDomain": "example.com"})


class TestRenewing:
    def test_nothing_while_the_token_holds(self, double: Double) -> None:
        shop = connect(double)
        assert tokens.renew(shop, False) is None
        assert double.calls == ["/admin/oauth/access_token"]

    def test_within_ten_minutes_of_its_end(self, double: Double) -> None:
        shop = connect(double)
        with travel(clock.now() + timedelta(minutes=51), tick=False):
            renewal = tokens.renew(shop, False)
            renewed = with_config(shop, renewal)
            assert renewal is not None
            assert renewal.expires_at == renewed.config["accessTokenExpiresAt"] == clock.in_seconds(3600)
            assert renewed.config["refreshToken"] != shop.config["refreshToken"]
            assert run_test(renewed).name
            assert run_test(shop).name, "the old token works until it ends"

    def test_died_before_the_new_tokens_were_stored(self, double: Double) -> None:
        shop = connect(double)
        with travel(clock.now() + timedelta(hours=3), tick=False):
            for _ in range(3):
                assert tokens.renew(shop, False) is not None
            renewed = with_config(shop, tokens.renew(shop, False))
            assert run_test(renewed).name

    def test_an_old_refresh_token_ends_once_its_successor_is_used(self, double: Double) -> None:
        shop = connect(double)
        with travel(clock.now() + timedelta(hours=2), tick=False):
            renewed = with_config(shop, tokens.renew(shop, False))
        with travel(clock.now() + timedelta(hours=4), tick=False):
            twice = with_config(renewed, tokens.renew(renewed, False))
            with pytest.raises(AuthFault, match="Connect the store again"):
                tokens.renew(shop, False)
            assert run_test(twice).name

    def test_a_token_that_was_refused_early(self, double: Double) -> None:
        shop = connect(double)
        double.access_tokens.clear()
        with pytest.raises(AuthFault):
            run_test(shop)
        assert run_test(with_config(shop, tokens.renew(shop, True))).name

    def test_client_credentials_get_a_token_of_a_day(self, double: Double) -> None:
        shop = connected(double, accessToken="", clientId=CLIENT["client_id"], clientSecret=CLIENT["client_secret"])
        renewed = with_config(shop, tokens.renew(shop, False))
        assert run_test(renewed).name
        assert "refreshToken" not in renewed.config
        assert renewed.config["accessTokenExpiresAt"] > clock.in_seconds(86_000)
        assert tokens.renew(renewed, False) is None
        with travel(clock.now() + timedelta(days=2), tick=False):
            assert run_test(with_config(renewed, tokens.renew(renewed, False))).name

    def test_wrong_client_credentials(self, double: Double) -> None:
        with pytest.raises(AuthFault):
            tokens.renew(connected(double, accessToken="", clientId="app-1", clientSecret="wrong"), False)

    def test_a_permanent_token_is_not_renewed(self, shop: Shop) -> None:
        assert tokens.renew(shop, False) is None
        assert tokens.renew(shop, True) is None

    def test_a_deployment_that_lost_its_app_says_so(self, double: Double) -> None:
        shop = connect(double)
        without = Shop(shop.bridge_id, shop.config, shop.http)
        with pytest.raises(Refused, match="no longer has a Shopify app"):
            tokens.renew(without, True)

    def test_faults_of_the_token_endpoint_are_no_end_of_the_connection(self, double: Double) -> None:
        shop = connect(double)
        double.instead = lambda name: respond(503, b"down")
        with pytest.raises(Unreachable):
            tokens.renew(shop, True)
        double.instead = lambda name: respond(429, b"", **{"retry-after": "2"})
        with pytest.raises(RateLimited):
            tokens.renew(shop, True)
        for body in (b"<html>", b"[]", b'{"access_token": 1}', b"{}"):
            double.instead = lambda name, body=body: respond(200, body)  # type: ignore[misc]
            with pytest.raises(InvalidAnswer):
                tokens.renew(shop, True)
        double.instead = lambda name: None
        assert run_test(with_config(shop, tokens.renew(shop, True))).name
