import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { DeliveryRow, OrderDetail, Result, WebhookRead } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { quoted } from '../styles.js';
import { badge } from '../ui/badge.js';
import { eventText } from '../ui/events.js';
import { formProblem } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { skeleton } from '../ui/states.js';
import { timeline, timelineStyles } from '../ui/timeline.js';
import { columns, consoleStyles } from './element.js';
import { linkTo } from './place.js';
import { words } from './texts/index.js';

/** The most that is shown of one webhook. */
const SHOWN = 50;

interface Told {
  webhook: WebhookRead;
  deliveries: DeliveryRow[];
  /** There are more deliveries than are shown. */
  partial: boolean;
}

/** An order, and what each webhook of its merchant was told of it, with the receiver's answers and why not. */
@customElement('console-why')
export class ConsoleWhy extends OrderlyElement {
  static override styles = [
    consoleStyles,
    quoted,
    timelineStyles,
    css`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
        grid-template-columns: minmax(0, 2fr) minmax(260px, 1fr);
      }
      .told h3 {
        padding-block-end: 10px;
      }
      @container (max-width: 860px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  protected readonly needs = ['orders:read', 'data_room'] as const;
  /** The merchant's id. */
  @property() merchant = '';
  /** The order's id. */
  @property() order = '';
  private readonly action = new Action(this);
  private readonly found = new Resource<Result<OrderDetail>>(this, (client, options) => client.embed.orders.get(this.order, {}, options));
  private readonly told = new Resource<Result<Told[]>>(this, (client, options) => this.#read(client, options));

  protected begin(): void {
    if (!this.found.asked) void this.#load();
  }

  async #load(): Promise<void> {
    await this.found.load();
    if (this.found.answer) await this.told.load();
  }

  /** The webhooks' deliveries side by side. A merchant has a handful of webhooks. */
  async #read(client: import('../api.js').Client, options: { signal: AbortSignal }): Promise<Result<Told[]>> {
    const webhooks = await client.embed.webhooks.list({}, options);
    if (webhooks.error) return webhooks;
    const { order_number: number } = this.found.answer!.data;
    const query = { order_number: number ?? this.found.answer!.data.external_id, limit: SHOWN };
    const lists = await Promise.all(webhooks.data.map(({ id }) => client.embed.webhooks.deliveries(id, query, options)));
    const failed = lists.find(({ error }) => error);
    if (failed?.error) return { data: null, error: failed.error };
    const told = webhooks.data.map((webhook, at) => {
      const { data, pagination } = lists[at] as { data: DeliveryRow[]; pagination?: { hasMore: boolean } };
      return { webhook, deliveries: data, partial: pagination?.hasMore ?? false };
    });
    return { data: told, error: null };
  }

  protected view(): TemplateResult {
    const texts = words.why;
    const order = this.found.answer?.data;
    const number = order ? (order.order_number ?? order.external_id) : '';
    return html`<section class="stack">
      <div class="head">
        <a class="button quiet icon" href=${linkTo('merchants', this.merchant, 'orders', this.order)} aria-label=${this.texts.actions.back}>${icon('back')}</a>
        <h2>${texts.title}</h2>
      </div>
      ${order ? this.#content(order, number) : this.#waiting(this.found)}
    </section>`;
  }

  #content(order: OrderDetail, number: string): TemplateResult {
    const texts = words.why;
    const told = this.told.answer?.data;
    const entries = order.activities.map(({ title, description, timestamp, from, to }) => ({
      title,
      text: from && to ? fill(this.texts.order.changed, { from, to }) : description,
      time: timestamp,
    }));
    return html`<p class="muted">${fill(texts.hint, { number })}</p>
      ${told ? this.#verdict(told) : nothing} ${formProblem(this.action.error, this.texts)}
      <div class="columns">
        <div class="stack">${told ? told.map((each) => this.#webhook(each)) : this.#waiting(this.told)}</div>
        <section class="card">
          <h3>${this.texts.order.timeline}</h3>
          ${entries.length ? timeline(entries, this.format) : html`<p class="pad muted">${texts.noEvents}</p>`}
        </section>
      </div>`;
  }

  #waiting(resource: Resource<any>): TemplateResult {
    return html`<div class="card">${resource.error && !resource.loading ? this.problem(resource) : skeleton(5, this.texts)}</div>`;
  }

  /** The worst of what there is, in one sentence. */
  #verdict(told: Told[]): TemplateResult {
    const texts = words.why.verdicts;
    const newest = told.flatMap(({ deliveries }) => newestOf(deliveries));
    const count = (status: string) => newest.filter((each) => each.status === status).length;
    const trouble = (['failed', 'pending', 'skipped'] as const).filter((status) => count(status) > 0);
    if (trouble.length) {
      const sentences = trouble.map((status) => this.format.plural(count(status), texts[status]));
      return html`<div class="notice ${trouble[0] === 'failed' ? 'bad' : 'warn'}" role="status">${icon('alert')}<div>${sentences.join(' ')}</div></div>`;
    }
    return newest.length
      ? html`<div class="notice good" role="status">${icon('check')}<div>${texts.fine}</div></div>`
      : html`<div class="notice warn" role="status">${icon('alert')}<div>${texts.none}</div></div>`;
  }

  #webhook({ webhook, deliveries, partial }: Told): TemplateResult {
    const texts = words.why;
    const headings = columns(this.texts.webhooks.event, this.texts.list.status, texts.answer, this.texts.webhooks.time);
    return html`<section class="card scroll cards told">
      <h3>
        ${webhook.description ?? webhook.url}
        ${webhook.is_active ? nothing : badge('disabled', this.texts)}
        ${webhook.disabled_reason ? html`<span class="muted small">${webhook.disabled_reason}</span>` : nothing}
      </h3>
      ${deliveries.length
        ? html`<table role="table">
            <thead role="rowgroup">${headings}</thead>
            <tbody role="rowgroup">${deliveries.map((each) => this.#delivery(webhook, each))}</tbody>
          </table>`
        : html`<p class="pad muted">${texts.noDeliveries}</p>`}
      ${partial ? html`<p class="pad muted">${texts.partial}</p>` : nothing}
    </section>`;
  }

  #delivery(webhook: WebhookRead, row: DeliveryRow): TemplateResult {
    const answer = row.response_status ?? row.error_class ?? '';
    const said = [row.error, row.response_snippet].filter(Boolean).join('\n');
    return html`<tr role="row">
      <td role="cell" class="first">${eventText(row.event_type, this.texts)} <span class="also code">${row.event_type}</span></td>
      <td role="cell" class="second">${badge(row.status, this.texts)}</td>
      <td role="cell" class="wide">
        ${answer} ${said ? html`<pre>${said}</pre>` : nothing}
        ${row.next_attempt_at
          ? html`<span class="also">${fill(this.texts.webhooks.nextAttempt, { time: this.format.dateTime(row.next_attempt_at) })}</span>`
          : nothing}
      </td>
      <td role="cell" class="muted wide">
        ${this.format.dateTime(row.created_at)} <span class="also">${fill(words.why.attempt, { n: row.attempt })}</span>
        ${row.status === 'succeeded'
          ? nothing
          : html`<button class="link small" type="button" ?disabled=${this.action.busy !== null} @click=${() => this.#retry(webhook.id, row)}>
              ${words.why.retry}
            </button>`}
      </td>
    </tr>`;
  }

  async #retry(webhook: string, row: DeliveryRow): Promise<void> {
    const done = await this.action.run(row.id, (client) => client.embed.webhooks.retryDelivery(webhook, row.delivery_id));
    if (done) await this.told.load();
  }
}

/** Each delivery by its newest row: an attempt that failed does not matter once a later one worked. */
function newestOf(rows: DeliveryRow[]): DeliveryRow[] {
  const newest = new Map<string, DeliveryRow>();
  for (const row of rows) {
    const known = newest.get(row.delivery_id);
    if (!known || known.created_at < row.created_at || (known.status !== 'succeeded' && row.status === 'succeeded')) {
      newest.set(row.delivery_id, row);
    }
  }
  return [...newest.values()];
}

declare global {
  interface HTMLElementTagNameMap {
    'console-why': ConsoleWhy;
  }
}
