import { html, type TemplateResult } from 'lit';
import type { Texts } from '../texts/index.js';

/** Asks once more before something is done that cannot be undone. The way out has the focus, so that one key too many is no harm. */
export function confirmation(texts: Texts, isBusy: boolean, confirm: () => unknown, cancel: () => unknown): TemplateResult {
  return html`<button class="button danger" type="button" aria-disabled=${isBusy} @click=${confirm}>${texts.actions.sure}</button>
    <button class="button" type="button" data-first @click=${cancel}>${texts.actions.cancel}</button>`;
}
