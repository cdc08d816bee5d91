"""An organization's one colour, made into the few a page needs, readable in light and in dark.

Contrast is WCAG 2.2's. Every pair below that carries text comes out at 4.5:1 or better, whatever colour goes in:
the hue stays theirs, the lightness moves as far as it must.
"""

import colorsys
import re
from typing import NamedTuple

Rgb = tuple[int, int, int]

READABLE = 4.5
# White text on a medium colour is worth darkening that colour a little; below this it would no longer look like theirs.
_NEARLY_READABLE = 3.1
_BRIGHTEST_AT_NIGHT = 0.055
_DARKEST_AT_NIGHT = 0.02
_DEFAULT: Rgb = (0x2F, 0x4B, 0x7C)
WHITE: Rgb = (255, 255, 255)
INK: Rgb = (0x12, 0x15, 0x1B)

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*[\d.]{1,6}%?\s*)?\)")


class Surfaces(NamedTuple):
    """What text stands on in one theme, and the colours of text that are the same for everyone."""

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
    """The organization's colour in one theme: a band with text on it, an accent on surfaces, a tint below text."""

    band: Rgb
    on_band: Rgb
    accent: Rgb
    tint: Rgb

    def css(self) -> str:
        return _variables(self._asdict())


def _variables(colours: dict[str, Rgb]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{as_hex(colour)};" for name, colour in colours.items())


def parse(value: object) -> Rgb | None:
    """`#rgb`, `#rrggbb` (with or without alpha) or `rgb(r, g, b)`; None for anything else."""
    text = value[:64].strip().lower() if isinstance(value, str) else ""
    if _HEX.fullmatch(text):
        digits = text[1:] if len(text) > 5 else "".join(digit * 2 for digit in text[1:])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if channels := _RGB.fullmatch(text):
        red, green, blue = (min(int(channel), 255) for channel in channels.groups())
        return red, green, blue
    return None


def as_hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: Rgb) -> float:
    red, green, blue = (
        channel / 255 / 12.92 if channel / 255 <= 0.04045 else ((channel / 255 + 0.055) / 1.055) ** 2.4
        for channel in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of `colour`, the rest of `other`."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def light_theme(primary: object) -> Theme:
    colour = parse(primary) or _DEFAULT
    if contrast(colour, WHITE) >= _NEARLY_READABLE:
        band, on_band = _until_readable(colour, (WHITE,), step=-1), WHITE
    else:
        band, on_band = _until_readable(colour, (INK,), step=1), INK
    tint = mix(colour, LIGHT.card, 0.07)
    return Theme(band, on_band, _until_readable(colour, (LIGHT.page, LIGHT.card, tint), step=-1), tint)


def dark_theme(primary: object) -> Theme:
    """A bright band would glare at night and a black one would be lost: it is muted, and kept within narrow bounds."""
    colour = parse(primary) or _DEFAULT
    muted = mix(colour, DARK.card, 0.75)
    band, step = muted, 0
    while luminance(band) > _BRIGHTEST_AT_NIGHT:
        step -= 1
        band = _lightened(muted, step)
    while luminance(band) < _DARKEST_AT_NIGHT:
        step += 1
        band = _lightened(muted, step)
    tint = mix(colour, DARK.card, 0.10)
    return Theme(band, WHITE, _until_readable(colour, (DARK.page, DARK.card, tint), step=1), tint)


def _until_readable(colour: Rgb, grounds: tuple[Rgb, ...], step: int) -> Rgb:
    """`colour`, lighter (step 1) or darker (-1) in steps of a hundredth until it can be read on all `grounds`."""
    moved = 0
    found = colour
    while min(contrast(found, ground) for ground in grounds) < READABLE:
        moved += step
        found = _lightened(colour, moved)
    return found


def _lightened(colour: Rgb, hundredths: int) -> Rgb:
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    lightness = min(1.0, max(0.0, lightness + hundredths / 100))
    red, green, blue = (round(channel * 255) for channel in colorsys.hls_to_rgb(hue, lightness, saturation))
    return red, green, blue
