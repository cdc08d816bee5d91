import { en, type Words } from './en.js';

const LANGUAGES: Record<string, () => Promise<Words>> = {
  de: async () => (await import('./de.js')).de,
  es: async () => (await import('./es.js')).es,
  fr: async () => (await import('./fr.js')).fr,
  pt: async () => (await import('./pt.js')).pt,
};

/** The console's own words, beside those of the components. */
export let words: Words = en;

/** Returns the language in which the console is shown. */
export async function chooseWords(wanted: readonly string[]): Promise<string> {
  const bases = wanted.map((each) => each.toLowerCase().split('-')[0]!);
  const language = bases.find((each) => each === 'en' || Object.hasOwn(LANGUAGES, each)) ?? 'en';
  const loaded = await LANGUAGES[language]?.().catch(() => null);
  words = loaded ?? en;
  return loaded ? language : 'en';
}
