/** What the API says, in the reader's language: by a stable code and the values that its sentence names. */
import type { ApiError } from '../api.js';
import type { Formatter } from '../format.js';
import type { Texts } from '../texts/index.js';

export type Values = Readonly<Record<string, unknown>>;

export interface Speaker {
  texts: Texts;
  format: Formatter;
}

/** A sentence by its code, or the API's own words where there is none for it in this language. */
export function said(code: string | null | undefined, own: string | null | undefined, speaker: Speaker, values: Values = {}): string {
  const text = code ? speaker.texts.said[code] : undefined;
  return (text === undefined ? null : filled(text, values, speaker)) ?? own ?? '';
}

/** Title and message of a notification. */
export function notice(
  { title, message, message_code: code, message_values: values }: { title: string; message: string; message_code: string | null; message_values: Values },
  speaker: Speaker,
): [title: string, message: string] {
  const words = code ? speaker.texts.notices[code] : undefined;
  if (!words) return [title, message];
  return [filled(words[0], values, speaker) ?? title, filled(words[1], values, speaker) ?? message];
}

/** The fields that a form may show as wrong, in the reader's language. */
export function inWords(error: ApiError, speaker: Speaker): ApiError {
  const details = error.details.map((each) => ({ ...each, message: said(each.code, each.message, speaker, each.values) }));
  return { ...error, details };
}

/** Replaces `{name}`, and leaves out a part in brackets that has no value. Null if a value is missing elsewhere. */
function filled(text: string, values: Values, speaker: Speaker): string | null {
  const whole = text.replace(/\[([^\]]*)\]/g, (_, part: string) => replaced(part, values, speaker) ?? '');
  return replaced(whole, values, speaker);
}

function replaced(text: string, values: Values, speaker: Speaker): string | null {
  let isWhole = true;
  const result = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = shown(name, values, speaker);
    if (!value) isWhole = false;
    return value;
  });
  return isWhole ? result : null;
}

/** Names of values say what they are. */
function shown(name: string, values: Values, speaker: Speaker): string {
  const { texts, format } = speaker;
  const value = values[name];
  if (name === 'reason') return said(values['reason_code'] as string | null, value as string | null, speaker);
  if (value === undefined || value === null || value === '') return '';
  if (name === 'amount') return format.money(Number(value), values['currency'] as string | undefined);
  if (typeof value === 'number') return format.number(value);
  const word = String(value);
  if (name === 'day' || name === 'previous_day') return format.date(word);
  if (name === 'since') return format.dateTime(word);
  if (name === 'status' || name === 'previous_status') return texts.status[word] ?? word.replaceAll('_', ' ');
  return name === 'action_type' ? (texts.requests.types[word] ?? word) : word;
}
