import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import type { CallOptions, Client } from '../api.js';
import { quoted } from '../styles.js';
import { eventText } from '../ui/events.js';
import { valuesOf } from '../ui/form.js';
import type { Filters } from '../ui/list.js';
import { state } from '../ui/states.js';
import type { EventRead } from './api.js';
import { columns, ConsoleList, consoleStyles } from './element.js';
import { linkTo } from './place.js';
import { words } from './texts/index.js';

/** The event log, of the organization or of one merchant. */
@customElement('console-events')
export class ConsoleEvents extends ConsoleList<EventRead> {
  static override styles = [
    consoleStyles,
    quoted,
    css`
      form {
        padding: 0;
        grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr));
        align-items: end;
      }
      .by {
        min-inline-size: 9em;
      }
    `,
  ];

  /** Only this merchant's events. */
  @property() merchant = '';
  @reactive() private shown: string | null = null;
  protected readonly path = '/events';

  protected override read(client: Client, query: Filters, options: CallOptions) {
    return super.read(client, this.merchant ? { ...query, end_user_id: this.merchant } : query, options);
  }

  protected view(): TemplateResult {
    const texts = words.events;
    return html`<section class="stack">
      ${this.merchant ? nothing : html`<div class="head"><h2>${texts.title}</h2></div>`}
      <form role="search" @submit=${this.#filter}>
        <label class="field">
          <span>${texts.type}</span>
          <input class="input" name="event_type" list="types" maxlength="100" placeholder=${texts.typeHint} .value=${this.filters.event_type ?? ''} />
          <datalist id="types">${Object.keys(this.texts.events).map((each) => html`<option value=${each}></option>`)}</datalist>
        </label>
        ${this.dayField('from')} ${this.dayField('to')}
        <div><button class="button" type="submit">${texts.apply}</button></div>
      </form>
      ${this.list()}
    </section>`;
  }

  protected head(): TemplateResult {
    const texts = words.events;
    return columns(texts.event, texts.about, texts.by, texts.time);
  }

  protected row(row: EventRead): TemplateResult {
    const isShown = this.shown === row.id;
    const details = Object.keys(row.metadata).length > 0;
    return html`<tr role="row">
      <td role="cell" class="first">
        ${Object.hasOwn(this.texts.events, row.event_type)
          ? html`${eventText(row.event_type, this.texts)} <span class="also code">${row.event_type}</span>`
          : html`<span class="code">${row.event_type}</span>`}
        ${details
          ? html`<button class="link small" type="button" aria-expanded=${isShown} @click=${() => (this.shown = isShown ? null : row.id)}>
              ${words.events.details}
            </button>`
          : nothing}
        ${isShown ? html`<pre>${JSON.stringify(row.metadata, null, 2)}</pre>` : nothing}
      </td>
      <td role="cell" class="wide">${this.#about(row)}</td>
      <td role="cell" class="muted wide by">${actorOf(row)}</td>
      <td role="cell" class="muted date">${this.format.dateTime(row.created_at)}</td>
    </tr>`;
  }

  #about(row: EventRead): TemplateResult {
    const name = html`<span class="also code">${row.resource_type} ${row.resource_id ?? nothing}</span>`;
    const isShipment = row.resource_type === 'shipment';
    if (row.end_user_id && row.resource_id && (isShipment || row.resource_type === 'order')) {
      const link = linkTo('merchants', row.end_user_id, isShipment ? 'shipments' : 'orders', row.resource_id);
      return html`<a href=${link}>${isShipment ? words.search.shipment : words.search.order}</a> ${name}`;
    }
    if (row.end_user_id && !this.merchant) {
      return html`<a href=${linkTo('merchants', row.end_user_id)}>${words.search.merchant}</a> ${name}`;
    }
    return name;
  }

  protected empty(): TemplateResult {
    return state('inbox', words.events.empty, nothing, nothing, 'status');
  }

  #filter = (event: Event): void => {
    this.filter({ event_type: valuesOf(event).text('event_type') });
  };
}

/** The operator's name, or what the log has in its place. */
function actorOf(row: EventRead): string {
  const { operator, actor_name: actor } = row.metadata as Record<string, unknown>;
  const named = operator ?? actor;
  return typeof named === 'string' ? named : (row.ip_address ?? '');
}

declare global {
  interface HTMLElementTagNameMap {
    'console-events': ConsoleEvents;
  }
}
