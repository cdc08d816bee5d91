import { en, type Texts } from './en.js';

export type { Texts };
export { en };

/** English is part of the module; each other language is a file that is loaded when it is needed. */
const LANGUAGES: Record<string, () => Promise<Texts>> = {
  de: async () => (await import('./de.js')).de,
  es: async () => (await import('./es.js')).es,
  fr: async () => (await import('./fr.js')).fr,
  pt: async () => (await import('./pt.js')).pt,
};

/** The first of the wanted languages that there is; `pt-BR` is `pt`. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): string {
  const bases = wanted.map((each) => each?.toLowerCase().split('-')[0] ?? '');
  return bases.find((each) => each === 'en' || each in LANGUAGES) ?? 'en';
}

/** English if the language's file cannot be loaded. */
export async function loadTexts(language: string): Promise<Texts> {
  return (await LANGUAGES[language]?.().catch(() => en)) ?? en;
}
