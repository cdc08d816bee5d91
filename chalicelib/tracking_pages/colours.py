"""Derives a page's colours, light and dark, from one brand colour.

Contrast is computed as in WCAG 2.2. Text has a contrast of at least 4.5:1 whatever colour goes in: the hue is kept and
the lightness moves as far as it has to.
"""

import colorsys
import re
from typing import NamedTuple

Rgb = tuple[int, int, int]

MIN_CONTRAST = 4.5
# Above this contrast, darkening the colour slightly makes white text readable. Below it, the colour would change too
# much to be recognized, so the text is dark instead.
_MIN_WHITE_TEXT_CONTRAST = 3.1
_MAX_DARK_BAND_LUMINANCE = 0.055
_MIN_DARK_BAND_LUMINANCE = 0.02
_DEFAULT: Rgb = (0x2F, 0x4B, 0x7C)
WHITE: Rgb = (255, 255, 255)
INK: Rgb = (0x12, 0x15, 0x1B)

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")


class Surfaces(NamedTuple):
    """The colours of one theme that do not depend on the brand: backgrounds and text."""

    page: Rgb
    card: Rgb
    text: Rgb
    muted: Rgb
    success: Rgb
    warning: Rgb

    def css(self) -> str:
        return _variables(self._asdict())


LIGHT = Surfaces(
    page=(0xF3, 0xF4, 0xF6), card=WHITE, text=(0x16, 0x1A, 0x21), muted=(0x55, 0x5F, 0x6D),
    success=(0x0C, 0x6E, 0x4F), warning=(0x8F, 0x4E, 0x00),
)  # fmt: skip
DARK = Surfaces(
    page=(0x0E, 0x11, 0x16), card=(0x18, 0x1C, 0x23), text=(0xEB, 0xEE, 0xF2), muted=(0xA5, 0xAF, 0xBC),
    success=(0x5F, 0xD3, 0xA6), warning=(0xF0, 0xB8, 0x5A),
)  # fmt: skip


class Theme(NamedTuple):
    """The brand colour in one theme: a band that carries text, an accent for text and lines, a tint behind text."""

    band: Rgb
    on_band: Rgb
    accent: Rgb
    tint: Rgb

    def css(self) -> str:
        return _variables(self._asdict())


def _variables(colours: dict[str, Rgb]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{as_hex(colour)};" for name, colour in colours.items())


def parse_hex(value: object) -> Rgb | None:
    """None unless `value` is `#rgb` or `#rrggbb`, with or without alpha. Alpha is ignored."""
    text = value[:64].strip().lower() if isinstance(value, str) else ""
    if _HEX.fullmatch(text):
        digits = text[1:] if len(text) > 5 else "".join(digit * 2 for digit in text[1:])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    return None


def as_hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: Rgb) -> float:
    red, green, blue = (
        channel / 255 / 12.92 if channel / 255 <= 0.04045 else ((channel / 255 + 0.055) / 1.055) ** 2.4
        for channel in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Rgb, second: Rgb) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of `colour`, the rest of `other`."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def light_theme(primary: object) -> Theme:
    colour = parse_hex(primary) or _DEFAULT
    if contrast(colour, WHITE) >= _MIN_WHITE_TEXT_CONTRAST:
        band, on_band = _adjust_until_readable(colour, (WHITE,), step=-1), WHITE
    else:
        band, on_band = _adjust_until_readable(colour, (INK,), step=1), INK
    tint = mix(colour, LIGHT.card, 0.07)
    return Theme(band, on_band, _adjust_until_readable(colour, (LIGHT.page, LIGHT.card, tint), step=-1), tint)


def dark_theme(primary: object) -> Theme:
    """Keeps the band muted: a bright one would glare on a dark page, and a black one would disappear."""
    colour = parse_hex(primary) or _DEFAULT
    muted = mix(colour, DARK.card, 0.75)
    band, shift = muted, 0
    while luminance(band) > _MAX_DARK_BAND_LUMINANCE:
        shift -= 1
        band = _shift_lightness(muted, shift)
    while luminance(band) < _MIN_DARK_BAND_LUMINANCE:
        shift += 1
        band = _shift_lightness(muted, shift)
    tint = mix(colour, DARK.card, 0.10)
    return Theme(band, WHITE, _adjust_until_readable(colour, (DARK.page, DARK.card, tint), step=1), tint)


def _adjust_until_readable(colour: Rgb, backgrounds: tuple[Rgb, ...], step: int) -> Rgb:
    """Lightens (`step` 1) or darkens (-1) `colour` by hundredths until it is readable on all `backgrounds`."""
    shift = 0
    adjusted = colour
    while min(contrast(adjusted, background) for background in backgrounds) < MIN_CONTRAST:
        shift += step
        adjusted = _shift_lightness(colour, shift)
    return adjusted


def _shift_lightness(colour: Rgb, hundredths: int) -> Rgb:
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    lightness = min(1.0, max(0.0, lightness + hundredths / 100))
    red, green, blue = (round(channel * 255) for channel in colorsys.hls_to_rgb(hue, lightness, saturation))
    return red, green, blue
