import { html, nothing, type TemplateResult } from 'lit';
import type { ApiError } from '../api.js';
import { fill } from '../format.js';
import type { Texts } from '../texts/index.js';
import { icon, type Icon } from './icons.js';

/** Something instead of the content: an icon, a sentence, what to do, and perhaps a button. */
export function state(
  name: Icon,
  headline: string,
  hint: string | typeof nothing = nothing,
  action: TemplateResult | typeof nothing = nothing,
  role: 'status' | 'alert' | null = null,
): TemplateResult {
  return html`<div class="state" part="state" role=${role ?? nothing}>
    ${icon(name)}<strong>${headline}</strong>${hint === nothing ? nothing : html`<p>${hint}</p>`}${action}
  </div>`;
}

/** Why something could not be shown, in words that follow from the error's kind. */
export function problem(error: ApiError, texts: Texts, retry: () => void, support: string): TemplateResult {
  const words = texts.states;
  const again = html`<button class="button" type="button" @click=${retry}>${texts.actions.retry}</button>`;
  if (error.status === 401 || error.code === 'SESSION_NOT_RENEWED') {
    return state('clock', words.expired, words.expiredHint, again, 'alert');
  }
  if (error.status === 0) return state('offline', words.offline, words.offlineHint, again, 'alert');
  if (error.status === 403) {
    return state('lock', errorText(error, texts), fill(words.forbiddenHint, { name: support }), nothing, 'alert');
  }
  if (error.status === 404 || error.status === 410) return state('search', words.notFound, nothing, nothing, 'alert');
  if (error.status === 429) return state('clock', words.busy, nothing, again, 'alert');
  const reference = error.requestId ? fill(words.reference, { id: error.requestId }) : nothing;
  return state('alert', words.error, reference, again, 'alert');
}

const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** An error in the reader's language by its code. A code without a text keeps the API's words, its times as here. */
export function errorText(error: ApiError, texts: Texts): string {
  const regional = navigator.languages.find((each) => each.startsWith(texts.language)) ?? texts.language;
  const moment = (at: string) => new Date(at).toLocaleString(regional, { dateStyle: 'medium', timeStyle: 'short' });
  return texts.errors[error.code] ?? error.message.replace(MOMENT, moment);
}

/** Bars in the place of rows that are being loaded. */
export function skeleton(rows: number, texts: Texts): TemplateResult {
  const widths = ['w1', 'w2', 'w3'];
  return html`<div class="skeleton" role="status" aria-live="polite">
    <span class="hidden">${texts.states.loading}</span>
    ${Array.from(
      { length: rows },
      (_, at) => html`<div class="bones"><span class="bone ${widths[at % 3]}"></span><span class="bone w4"></span></div>`,
    )}
  </div>`;
}
