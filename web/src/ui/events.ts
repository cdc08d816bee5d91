import { html, type TemplateResult } from 'lit';
import type { WebhookCreate } from '../api.js';
import type { Texts } from '../texts/index.js';

export type EventName = WebhookCreate['events'][number];

/** The event's name in words, and the name that integrations know. */
export function eventText(name: string, texts: Texts): string {
  return texts.events[name] ?? name;
}

/** A box for each event type. */
export function eventBoxes(types: readonly string[], chosen: readonly string[], texts: Texts): TemplateResult {
  return html`<fieldset>
    <legend>${texts.webhooks.events}</legend>
    <div class="two">
      ${types.map(
        (each) => html`<label class="check">
          <input type="checkbox" name="events" value=${each} ?checked=${chosen.includes(each)} />
          <span>${eventText(each, texts)} <span class="hint code">${each}</span></span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}
