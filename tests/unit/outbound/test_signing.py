import base64
import hashlib
import hmac
import time

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from chalicelib.outbound.signing import bridge_service_headers, generate_secret, sign, webhook_headers

BODY = b'{"id": "1", "total": 49.990, "name": "M\xc3\xbcller"}'
DELIVERY = "6d3b1b0e-8f0a-4c50-9d39-0a8b7f0f3a55"
OWN_SECRET = "a secret of their own"


def made(secret: str, previous: str | None = None, body: bytes = BODY) -> dict[str, str]:
    return webhook_headers(
        secret, previous, body, event="order.created", delivery_id=DELIVERY, timestamp=int(time.time())
    )


def hmac_of(secret: str, body: bytes = BODY) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def verify(secret: str, sent: dict[str, str], body: bytes = BODY) -> None:
    Webhook(secret).verify(body, sent)


class TestASignature:
    def test_is_hmac_sha256_in_base64(self) -> None:
        # RFC 4231, test case 2.
        signature = base64.b64decode(sign(b"Jefe", b"what do ya want for nothing?"))
        assert signature.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


class TestARequestToABridgeService:
    def test_is_signed_with_its_timestamp(self) -> None:
        headers = bridge_service_headers("secret", b'{"bridgeId":"1"}', 1768473000)
        assert headers == {
            "X-Orderly-Timestamp": "1768473000",
            "X-Orderly-Signature": sign(b"secret", b'1768473000.{"bridgeId":"1"}'),
        }


class TestEveryDelivery:
    def test_is_described_by_its_headers(self) -> None:
        sent = made(generate_secret())
        assert sent["X-Orderly-Event"] == "order.created"
        assert sent["X-Orderly-Delivery"] == sent["webhook-id"] == DELIVERY
        assert sent["User-Agent"].startswith("Orderly-Webhooks/")
        assert sent["Content-Type"] == "application/json"

    @pytest.mark.parametrize(
        "secret",
        [pytest.param(generate_secret(), id="generated"), "whsec_a1b2c3d4e5f6g7h8", OWN_SECRET, "schlüssel-mit-ü-16"],
    )
    def test_is_signed_with_the_text_of_the_secret(self, secret: str) -> None:
        assert made(secret)["X-Orderly-Signature"] == hmac_of(secret)

    def test_signs_the_exact_bytes(self) -> None:
        assert (
            made(OWN_SECRET, body=b"{}")["X-Orderly-Signature"] != made(OWN_SECRET, body=b"{ }")["X-Orderly-Signature"]
        )


class TestStandardWebhooks:
    @pytest.mark.parametrize("secret", [pytest.param(generate_secret(), id="generated"), "whsec_a1b2c3d4e5f6g7h8"])
    def test_verify_what_is_sent(self, secret: str) -> None:
        verify(secret, made(secret))

    def test_notice_another_body_or_secret(self) -> None:
        secret = generate_secret()
        with pytest.raises(WebhookVerificationError):
            verify(secret, made(secret), BODY + b" ")
        with pytest.raises(WebhookVerificationError):
            verify(generate_secret(), made(secret))

    @pytest.mark.parametrize(
        "secret",
        [OWN_SECRET, "whsec_", "whsec_not base64 at all", "whsec_a1b2c3d4e5f6g7h", "whsec_-_-_-_-_-_-_", "whsec_ü" * 4],
        ids=["no prefix", "nothing after it", "spaces", "cut off", "URL-safe alphabet", "not ASCII"],
    )
    def test_are_left_out_for_secrets_of_another_form(self, secret: str) -> None:
        assert not [name for name in made(secret) if name.startswith("webhook-")]


class TestARotatedSecret:
    def test_stays_valid_beside_the_new_one(self) -> None:
        old, new = generate_secret(), generate_secret()
        sent = made(new, old)
        assert sent["X-Orderly-Signature"] == hmac_of(old)
        assert sent["X-Orderly-Signature-Next"] == hmac_of(new)
        assert len(sent["webhook-signature"].split(" ")) == 2
        verify(old, sent)
        verify(new, sent)

    def test_ends_after_a_day(self) -> None:
        old, new = generate_secret(), generate_secret()
        sent = made(new)
        assert sent["X-Orderly-Signature"] == hmac_of(new)
        assert "X-Orderly-Signature-Next" not in sent
        with pytest.raises(WebhookVerificationError):
            verify(old, sent)

    def test_of_another_form_leaves_the_standard_headers_to_the_new_one(self) -> None:
        new = generate_secret()
        sent = made(new, OWN_SECRET)
        assert sent["X-Orderly-Signature"] == hmac_of(OWN_SECRET)
        assert len(sent["webhook-signature"].split(" ")) == 1
        verify(new, sent)


class TestAGeneratedSecret:
    def test_has_32_random_bytes(self) -> None:
        one, other = generate_secret(), generate_secret()
        assert one != other
        assert len(base64.b64decode(one.removeprefix("whsec_"), validate=True)) == 32
