import { html, type TemplateResult } from 'lit';
import type { Texts } from '../texts/index.js';
import { icon } from './icons.js';

const SHOWN_MS = 2000;

/** Copies a text, and says so for a moment. */
export function copyButton(text: string, texts: Texts, label = texts.actions.copy): TemplateResult {
  const copy = async (event: Event) => {
    const button = event.currentTarget as HTMLElement;
    const words = button.querySelector('.words')!;
    if (!(await toClipboard(text, button))) return;
    words.textContent = texts.actions.copied;
    setTimeout(() => (words.textContent = label), SHOWN_MS);
  };
  return html`<button class="button" type="button" @click=${copy}>
    ${icon('copy')}<span class="words" aria-live="polite" .textContent=${label}></span>
  </button>`;
}

/** A webhook's signing secret, which is shown once. */
export function secretNotice(value: string, texts: Texts): TemplateResult {
  return html`<div class="notice good" role="status">
    ${icon('lock')}
    <div class="stack">
      <p>${texts.webhooks.secretOnce}</p>
      <div class="secret"><code class="code">${value}</code>${copyButton(value, texts)}</div>
    </div>
  </div>`;
}

/** A page in a frame may have no clipboard; then the text is selected, ready to be copied by hand. */
async function toClipboard(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    button.after(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    button.focus();
    return copied;
  }
}
