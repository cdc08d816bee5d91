"""One click: where the merchant is sent, and which keys are taken."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.connectors.faults import Forged, Refused
from chalicelib.connectors.shop import Consent, ConsentAnswer
from chalicelib.connectors.woocommerce import consent
from tests.support.demo_shop import open_demo_shop

STATE = "random-state"


def asked(state: str = STATE) -> Consent:
    shop = consent.shop_of({"storeUrl": "https://Shop.example/store/wp-admin/"})
    callback = f"https://embed.example/connect/woocommerce/callback/{state}"
    return Consent(shop, state, callback, "https://embed.example/connected", "Acme & Co", open_demo_shop().http)


def answered(**changed: object) -> ConsentAnswer:
    query = parse_qs(urlsplit(consent.authorize_url(asked())).query)
    body = {
        "key_id": 1,
        "user_id": query["user_id"][0],
        "consumer_key": "ck_0123456789abcdef",
        "consumer_secret": "cs_0123456789abcdef",
        "key_permissions": "read_write",
        **changed,
    }
    return ConsentAnswer({}, json.dumps(body).encode(), {})


def test_the_merchant_is_sent_to_their_shop_without_the_state_in_what_it_returns() -> None:
    parts = urlsplit(consent.authorize_url(asked()))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://shop.example/store/wc-auth/v1/authorize"
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert query.pop("user_id") != STATE
    assert query == {
        "app_name": "Acme & Co",
        "scope": "read_write",
        "return_url": "https://embed.example/connected",
        "callback_url": "https://embed.example/connect/woocommerce/callback/random-state",
    }


def test_the_keys_become_the_config() -> None:
    assert consent.complete(asked(), answered()) == {
        "storeUrl": "https://shop.example/store",
        "consumerKey": "ck_0123456789abcdef",
        "consumerSecret": "cs_0123456789abcdef",
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"user_id": "1"},
        {"user_id": STATE},
        {"consumer_key": None},
        {"consumer_secret": "cs_x'--"},
        {"consumer_key": []},
    ],
)
def test_what_is_not_the_shops_answer_is_forged(changed: dict[str, object]) -> None:
    with pytest.raises(Forged):
        consent.complete(asked(), answered(**changed))


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_answer_is_forged(body: bytes) -> None:
    with pytest.raises(Forged):
        consent.complete(asked(), ConsentAnswer({}, body, {}))


def test_the_answer_to_another_consent_is_forged() -> None:
    with pytest.raises(Forged):
        consent.complete(asked("another-state"), answered())


def test_keys_that_may_only_read_are_refused_in_words() -> None:
    with pytest.raises(Refused, match="read and write"):
        consent.complete(asked(), answered(key_permissions="read"))


def test_a_good_connection_tells_the_shops_name() -> None:
    tested = consent.test(open_demo_shop().shop)
    assert (tested.message, tested.name) == ("Connected to Ada's Mugs", "Ada's Mugs")
