/** Dates, money and counts in the reader's language. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class Formatter {
  #language: string;
  #date: Intl.DateTimeFormat;
  #day: Intl.DateTimeFormat;
  #time: Intl.DateTimeFormat;
  #number: Intl.NumberFormat;
  #plural: Intl.PluralRules;

  constructor(language: string) {
    this.#language = language;
    this.#date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
    this.#day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
    this.#time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    this.#number = new Intl.NumberFormat(language);
    this.#plural = new Intl.PluralRules(language);
  }

  /** The day of a timestamp in the reader's time zone; a date without a time is that day everywhere. */
  date(value: string | null | undefined): string {
    return this.#with(DAY.test(value ?? '') ? this.#day : this.#date, value);
  }

  dateTime(value: string | null | undefined): string {
    return this.#with(DAY.test(value ?? '') ? this.#day : this.#time, value);
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** Without a valid currency, the plain number. */
  money(value: number | null | undefined, currency: string | null | undefined): string {
    if (value === null || value === undefined) return '';
    try {
      return new Intl.NumberFormat(this.#language, { style: 'currency', currency: currency ?? '' }).format(value);
    } catch {
      return new Intl.NumberFormat(this.#language, { minimumFractionDigits: 2 }).format(value);
    }
  }

  plural(count: number, texts: { one: string; other: string }): string {
    const text = this.#plural.select(count) === 'one' ? texts.one : texts.other;
    return fill(text, { n: this.number(count) });
  }

  /** The name of a country by its two-letter code, or the text itself. */
  country(value: string): string {
    if (!/^[A-Z]{2}$/.test(value)) return value;
    return new Intl.DisplayNames(this.#language, { type: 'region' }).of(value) ?? value;
  }

  #with(format: Intl.DateTimeFormat, value: string | null | undefined): string {
    const time = value ? Date.parse(value) : NaN;
    return Number.isNaN(time) ? (value ?? '') : format.format(time);
  }
}

/** Replaces each `{name}` of a text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
