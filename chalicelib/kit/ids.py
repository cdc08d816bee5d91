"""The only source of ids and randomness.

Ids are UUIDs: random by default, time-ordered (version 7) where a list is sorted by them, and derived (version 5) where
the same input must always give the same id, so that repeating a write finds the existing item.

Credentials are `prefix_` + base64url of 32 random bytes and the ids they carry. The ids let one batch read fetch
everything that authentication needs. Only the credential's hash is stored, and it is the lookup key.
"""

import hashlib
import secrets
import threading
import uuid
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from chalicelib.kit import clock

T = TypeVar("T")
SECRET_BYTES = 32
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICKS_AHEAD = 10 * 4096
"""If the clock is more than ten milliseconds behind the last id, it was set back; ids then follow the clock again."""
_last_tick = 0
_tick_lock = threading.Lock()


def new_id() -> str:
    return str(uuid.uuid4())


def new_ordered_id() -> str:
    """A version 7 UUID: sorts by creation time; ids of one process keep their order within a millisecond."""
    tick = _next_tick()
    value = ((tick >> 12) << 80) | (7 << 76) | ((tick & 0xFFF) << 64) | (2 << 62) | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def _next_tick() -> int:
    """Now, in 4096ths of a millisecond, but always later than the previous tick."""
    global _last_tick
    microseconds = (clock.now() - _EPOCH) // timedelta(microseconds=1)
    tick = microseconds * 4096 // 1000
    with _tick_lock:
        if tick <= _last_tick < tick + _TICKS_AHEAD:
            tick = _last_tick + 1
        _last_tick = tick
    return tick


def ordered_prefix(timestamp: str) -> str:
    """The common prefix of all time-ordered ids of that millisecond."""
    digits = f"{clock.epoch_milliseconds(timestamp):012x}"
    return f"{digits[:8]}-{digits[8:]}"


def time_of(ordered_id: str) -> str:
    """The timestamp in a time-ordered id."""
    milliseconds = int(ordered_id[:8] + ordered_id[9:13], 16)
    return clock.timestamp(_EPOCH + timedelta(milliseconds=milliseconds))


def derived_id(parent: str, *names: str) -> str:
    """The id for `names` under the UUID `parent`: the same input always gives the same id."""
    return str(uuid.uuid5(uuid.UUID(parent), "\x1f".join(names)))


def derived_ordered_id(ordered_id: str, *names: str) -> str:
    """The id for `names` under a time-ordered id, in time-ordered form (version 8): it has the same time, and the same
    input always gives the same id."""
    digest = hashlib.sha256("\x1f".join((ordered_id, *names)).encode()).digest()
    value = (uuid.UUID(ordered_id).int >> 80 << 80) | (int.from_bytes(digest[:10], "big"))
    value = (value & ~(0xF << 76)) | (8 << 76)
    value = (value & ~(0x3 << 62)) | (2 << 62)
    return str(uuid.UUID(int=value))


def is_id(text: str) -> bool:
    """Whether `text` is a UUID in canonical form. Other spellings would give one object several keys."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def random_digits(length: int) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(length))


def random_text(size: int) -> str:
    """`size` random bytes as URL-safe text without padding."""
    return _encode(secrets.token_bytes(size))


def random_key() -> str:
    """A 256-bit key in padded base64, the form that signing libraries expect."""
    return b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def one_of(choices: Sequence[T]) -> T:
    return secrets.choice(choices)


def new_credential(prefix: str, *carried: str) -> str:
    """A new credential with 256 random bits that also carries the UUIDs `carried`."""
    return prefix + _encode(secrets.token_bytes(SECRET_BYTES) + b"".join(uuid.UUID(i).bytes for i in carried))


def carried_ids(credential: str, prefix: str, count: int) -> list[str] | None:
    """The UUIDs in a credential, or None if it is malformed. Does not check that the credential is genuine."""
    payload = credential[len(prefix) :]
    size = 16 * count + SECRET_BYTES
    if not credential.startswith(prefix) or len(payload) != -(-size * 4 // 3) or not payload.isascii():
        return None
    try:
        raw = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    except ValueError:
        return None
    if len(raw) != size or _encode(raw) != payload:
        return None
    return [str(uuid.UUID(bytes=raw[i : i + 16])) for i in range(SECRET_BYTES, size, 16)]


def credential_hash(credential: str) -> str:
    """SHA-256 in hex. Needs neither salt nor stretching, because the input has 256 random bits."""
    return hashlib.sha256(credential.encode()).hexdigest()


def credential_id(digest: str) -> str:
    """The public id of a credential: 122 bits of its hash, as a version 8 UUID.

    It is derived from the hash, so that looking up by hash and revoking by id use the same key and need no pointer.
    """
    value = int(digest[:32], 16)
    value = (value & ~(0xF << 76)) | (8 << 76)
    value = (value & ~(0x3 << 62)) | (2 << 62)
    return str(uuid.UUID(int=value))


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
