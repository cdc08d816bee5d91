from base64 import b64decode

import pytest

from chalicelib.outbound.signatures import bridge_service_headers, sign


@pytest.fixture(autouse=True)
def cloud() -> None:
    """Nothing here touches it."""


class TestASignature:
    def test_is_hmac_sha256_in_base64(self) -> None:
        # RFC 4231, test case 2.
        signature = b64decode(sign(b"Jefe", b"what do ya want for nothing?"))
        assert signature.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


class TestARequestToABridgeService:
    def test_is_signed_with_its_timestamp(self) -> None:
        headers = bridge_service_headers("secret", b'{"bridgeId":"1"}', 1768473000)
        assert headers == {
            "X-Orderly-Timestamp": "1768473000",
            "X-Orderly-Signature": sign(b"secret", b'1768473000.{"bridgeId":"1"}'),
        }
