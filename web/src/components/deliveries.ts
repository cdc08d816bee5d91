import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { CallOptions, Client, DeliveryRow, Pagination, Result } from '../api.js';
import { fill } from '../format.js';
import { base, quoted, table } from '../styles.js';
import { badge, statusText } from '../ui/badge.js';
import { eventText } from '../ui/events.js';
import { formProblem } from '../ui/form.js';
import { ListElement, type Filters } from '../ui/list.js';
import { said } from '../ui/said.js';
import { state } from '../ui/states.js';

const STATUSES = ['pending', 'succeeded', 'failed', 'skipped'];
const HOUR_MS = 3_600_000;

/** The deliveries of one webhook or of one rule's, with what the receiver answered. Inside the components of these. */
@customElement('orderly-deliveries')
export class OrderlyDeliveries extends ListElement<DeliveryRow> {
  static override styles = [
    base,
    table,
    quoted,
    css`
      :host {
        border-block-start: 1px solid var(--o-line);
        padding: 14px 16px 16px;
      }
      .fold {
        display: none;
      }
    `,
  ];

  protected readonly needs = ['webhooks:read', ['end_user_webhooks', 'smart_alerts']] as const;

  @property() of: 'webhook' | 'rule' = 'webhook';
  /** The id of the webhook or the rule. */
  @property() owner = '';
  @reactive() private shown: string | null = null;
  @reactive() private queued: number | null = null;
  private readonly changes = {
    webhook: new Action(this, ['webhooks:write', 'end_user_webhooks']),
    rule: new Action(this, ['alerts:write', 'smart_alerts']),
  };

  private get action(): Action {
    return this.changes[this.of];
  }

  override get isAllowed(): boolean {
    return this.of === 'rule' ? this.session!.allows('alerts:read', 'smart_alerts') : super.isAllowed;
  }

  protected async read(client: Client, query: Filters, options: CallOptions) {
    const calls = this.of === 'rule' ? client.embed.alertRules : client.embed.webhooks;
    // A filter makes it the list of 30 days, in pages; without any it is the last 50 attempts.
    const given = { ...query, from: query.from ?? new Date(Date.now() - 30 * 24 * HOUR_MS).toISOString() };
    const answer = await calls.deliveries(this.owner, given as Parameters<typeof calls.deliveries>[1], options);
    return answer as Result<DeliveryRow[], { pagination: Pagination }>;
  }

  protected view(): TemplateResult {
    const words = this.texts.webhooks;
    return html`<section class="stack">
      <div class="row">
        <h3>${words.deliveries}</h3>
        ${this.action.isAllowed
          ? html`<span class="push row">
              <button class="button" type="button" aria-disabled=${this.action.busy !== null} @click=${() => this.#replay(24)}>
                ${words.replayDay}
              </button>
              <button class="button" type="button" aria-disabled=${this.action.busy !== null} @click=${() => this.#replay(24 * 7)}>
                ${words.replayWeek}
              </button>
            </span>`
          : nothing}
      </div>
      ${this.queued === null
        ? nothing
        : html`<p role="status" class="muted">${this.format.plural(this.queued, words.queued)}</p>`}
      ${formProblem(this.action.error, this.texts)}
      <div class="others unfolded alone">
        ${this.selectField('status', this.texts.list.status, STATUSES.map((each) => [each, statusText(each, this.texts)]))}
        ${this.dayField('from')}${this.dayField('to')}
      </div>
      ${this.list()}
    </section>`;
  }

  protected head(): TemplateResult {
    const words = this.texts.webhooks;
    return html`<tr role="row">
      <th role="columnheader">${words.event}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${words.answer}</th>
      <th role="columnheader">${words.time}</th>
    </tr>`;
  }

  protected row(row: DeliveryRow): TemplateResult {
    const words = this.texts.webhooks;
    const answer = row.response_status ?? said(row.error_class, row.error_class?.replaceAll('_', ' '), this);
    const number = row.order_number ?? row.tracking_number;
    const hasMore = Boolean(row.response_snippet || row.error);
    const isShown = this.shown === row.id;
    return html`<tr role="row">
      <td role="cell" class="first">
        ${eventText(row.event_type, this.texts)} ${number ? html`<span class="also code">${number}</span>` : nothing}
      </td>
      <td role="cell" class="second">${badge(row.status, this.texts)}</td>
      <td role="cell" class="wide">
        ${answer}
        ${hasMore
          ? html`<button class="link small" type="button" aria-expanded=${isShown} @click=${() => (this.shown = isShown ? null : row.id)}>
              ${words.details}
            </button>`
          : nothing}
        ${isShown ? html`<pre>${this.#error(row)}${row.error && row.response_snippet ? '\n' : ''}${row.response_snippet ?? ''}</pre>` : nothing}
        ${row.next_attempt_at
          ? html`<span class="also">${fill(words.nextAttempt, { time: this.format.dateTime(row.next_attempt_at) })}</span>`
          : nothing}
      </td>
      <td role="cell" class="muted wide">
        ${this.format.dateTime(row.created_at)}
        ${row.attempt ? html`<span class="also">${fill(words.attempt, { n: row.attempt })}</span>` : nothing}
        ${row.status === 'succeeded' || !this.action.isAllowed
          ? nothing
          : html`<button class="link small" type="button" aria-disabled=${this.action.busy !== null} @click=${() => this.#retry(row)}>
              ${words.retry}
            </button>`}
      </td>
    </tr>`;
  }

  #error(row: DeliveryRow): string {
    return row.status === 'skipped' ? said('skipped_delivery', row.error, this) : (row.error ?? '');
  }

  protected empty(): TemplateResult {
    return state('inbox', this.texts.webhooks.noDeliveries, nothing, nothing, 'status');
  }

  protected csv() {
    return { name: 'deliveries.csv', rows: [] };
  }

  async #retry(row: DeliveryRow): Promise<void> {
    const done = await this.action.run(row.id, (client) =>
      (this.of === 'rule' ? client.embed.alertRules : client.embed.webhooks).retryDelivery(this.owner, row.delivery_id),
    );
    if (done) this.#told(done.queued);
  }

  async #replay(hours: number): Promise<void> {
    const since = new Date(Date.now() - hours * HOUR_MS).toISOString();
    const done = await this.action.run('replay', (client) =>
      (this.of === 'rule' ? client.embed.alertRules : client.embed.webhooks).replay(this.owner, { since }),
    );
    if (done) this.#told(done.queued);
  }

  #told(queued: number): void {
    this.queued = queued;
    this.refresh();
  }
}
