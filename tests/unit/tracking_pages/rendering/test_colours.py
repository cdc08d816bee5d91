import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.tracking_pages.colours import (
    DARK,
    INK,
    LIGHT,
    MIN_CONTRAST,
    WHITE,
    Surfaces,
    Theme,
    as_hex,
    contrast,
    dark_theme,
    light_theme,
    luminance,
    parse_hex,
)

channels = st.integers(min_value=0, max_value=255)
colours = st.tuples(channels, channels, channels)
EXTREMES = ["#000", "#fff", "#ff0", "#0ff", "#f0f", "#00f", "#0f0", "#f00", "#808080", "#777", "#010101", "#fefefe"]


def weakest(theme: Theme, surfaces: Surfaces) -> float:
    """The lowest contrast of any text and background that the page combines."""
    backgrounds = (surfaces.page, surfaces.card, theme.tint)
    inks = (theme.accent, surfaces.text, surfaces.muted, surfaces.success, surfaces.warning)
    return min([contrast(theme.band, theme.on_band), *(contrast(ink, back) for ink in inks for back in backgrounds)])


class TestContrast:
    def test_matches_wcag(self) -> None:
        assert contrast((0, 0, 0), WHITE) == pytest.approx(21)
        assert contrast((0x76, 0x76, 0x76), WHITE) == pytest.approx(4.54, abs=0.01)

    @given(colours)
    def test_text_is_readable_in_light_with_any_colour(self, colour: tuple[int, int, int]) -> None:
        assert weakest(light_theme(as_hex(colour)), LIGHT) >= MIN_CONTRAST

    @given(colours)
    def test_text_is_readable_in_dark_with_any_colour(self, colour: tuple[int, int, int]) -> None:
        assert weakest(dark_theme(as_hex(colour)), DARK) >= MIN_CONTRAST

    @pytest.mark.parametrize("colour", EXTREMES)
    def test_extremes_are_readable_too(self, colour: str) -> None:
        assert weakest(light_theme(colour), LIGHT) >= MIN_CONTRAST
        assert weakest(dark_theme(colour), DARK) >= MIN_CONTRAST

    @given(colours)
    def test_bands_are_never_bright_in_dark(self, colour: tuple[int, int, int]) -> None:
        assert luminance(dark_theme(as_hex(colour)).band) < 0.06

    def test_a_readable_colour_is_kept(self) -> None:
        theme = light_theme("#4F46E5")

        assert (as_hex(theme.band), theme.on_band, as_hex(theme.accent)) == ("#4f46e5", WHITE, "#4f46e5")

    def test_a_bright_colour_is_kept_and_gets_dark_text(self) -> None:
        theme = light_theme("#FFD400")

        assert (as_hex(theme.band), theme.on_band) == ("#ffd400", INK)


class TestParse:
    @pytest.mark.parametrize(
        ("written", "colour"),
        [
            ("#4F46E5", (79, 70, 229)),
            ("#abc", (170, 187, 204)),
            ("#abcd", (170, 187, 204)),
            ("#4F46E580", (79, 70, 229)),
            (" #4f46e5 ", (79, 70, 229)),
        ],
    )
    def test_accepts_hex_colours(self, written: str, colour: tuple[int, int, int]) -> None:
        assert parse_hex(written) == colour

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "#",
            "#12",
            "#12345",
            "#gggggg",
            "4F46E5",
            "red;}",
            "url(x)",
            "rgb(79, 70, 229)",
            "#" * 9999,
            None,
            7,
            ["#fff"],
            "#４４４",
        ],
    )
    def test_rejects_everything_else(self, written: object) -> None:
        assert parse_hex(written) is None
        assert light_theme(written) == light_theme(None)
