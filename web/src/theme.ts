/**
 * The colours of a brand: from one colour, whatever it is, to text and surfaces with a contrast of at least 4.5:1, light
 * and dark. Contrast is computed as in WCAG 2.2; the hue is kept and the lightness moves as far as it has to.
 */

type Rgb = [number, number, number];

const MIN_CONTRAST = 4.5;
/** Above this contrast to white, darkening a colour slightly makes white text readable on it. */
const MIN_WHITE_TEXT_CONTRAST = 3.1;
const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [18, 21, 27];
const DEFAULT = '#2f4b7c';

/** The surfaces that brand colours appear on. styles.ts has the same colours. */
export const SURFACES = {
  light: { page: '#f5f6f8', card: '#ffffff' },
  dark: { page: '#0f1217', card: '#181c23' },
};

/** Fills that carry text (the band is the large one), and an accent for text, lines and focus. */
export interface Theme {
  fill: string;
  onFill: string;
  band: string;
  onBand: string;
  accent: string;
  tint: string;
}

export function themesOf(colour: unknown): { light: Theme; dark: Theme } {
  const brand = parseHex(colour) ?? parseHex(DEFAULT)!;
  return { light: lightTheme(brand), dark: darkTheme(brand) };
}

function lightTheme(brand: Rgb): Theme {
  const isDarkEnough = contrast(brand, WHITE) >= MIN_WHITE_TEXT_CONTRAST;
  const onFill = isDarkEnough ? WHITE : INK;
  const card = parseHex(SURFACES.light.card)!;
  const tint = mix(brand, card, 0.08);
  const fill = hex(adjust(brand, [onFill], isDarkEnough ? -1 : 1));
  return {
    fill,
    onFill: hex(onFill),
    band: fill,
    onBand: hex(onFill),
    accent: hex(adjust(brand, [parseHex(SURFACES.light.page)!, card, tint], -1)),
    tint: hex(tint),
  };
}

function darkTheme(brand: Rgb): Theme {
  const card = parseHex(SURFACES.dark.card)!;
  const tint = mix(brand, card, 0.16);
  const accent = adjust(brand, [parseHex(SURFACES.dark.page)!, card, tint], 1);
  // A large bright area would glare on a dark page.
  const band = adjust(mix(brand, card, 0.6), [WHITE, [200, 200, 200]], -1);
  return { fill: hex(accent), onFill: hex(INK), band: hex(band), onBand: hex(WHITE), accent: hex(accent), tint: hex(tint) };
}

/** Lightens (`step` 1) or darkens (-1) a colour by hundredths until it can be read on all backgrounds. */
function adjust(colour: Rgb, backgrounds: Rgb[], step: number): Rgb {
  let adjusted = colour;
  for (let shift = 0; Math.abs(shift) <= 100; shift += step) {
    adjusted = shiftLightness(colour, shift);
    if (backgrounds.every((background) => contrast(adjusted, background) >= MIN_CONTRAST)) break;
  }
  return adjusted;
}

/** Null unless `value` is `#rgb` or `#rrggbb`, with or without alpha, which is ignored. */
export function parseHex(value: unknown): Rgb | null {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (!/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(text)) return null;
  const digits = text.length > 5 ? text.slice(1) : [...text.slice(1)].map((digit) => digit + digit).join('');
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)) as Rgb;
}

export function contrast(first: Rgb, second: Rgb): number {
  const [darker, lighter] = [luminance(first), luminance(second)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(colour: Rgb, other: Rgb, share: number): Rgb {
  return colour.map((channel, at) => Math.round(channel * share + other[at]! * (1 - share))) as Rgb;
}

function hex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function shiftLightness(colour: Rgb, hundredths: number): Rgb {
  const [red, green, blue] = colour.map((channel) => channel / 255) as Rgb;
  const [low, high] = [Math.min(red, green, blue), Math.max(red, green, blue)];
  const range = high - low;
  const lightness = Math.min(1, Math.max(0, (high + low) / 2 + hundredths / 100));
  const middle = (high + low) / 2;
  const saturation = range === 0 ? 0 : range / (1 - Math.abs(2 * middle - 1));
  let hue = 0;
  if (range !== 0) {
    if (high === red) hue = ((green - blue) / range + 6) % 6;
    else if (high === green) hue = (blue - red) / range + 2;
    else hue = (red - green) / range + 4;
  }
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const at = (offset + hue * 2) % 12;
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
