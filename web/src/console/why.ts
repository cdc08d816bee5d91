import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Action } from '../action.js';
import { fill } from '../format.js';
import { quoted } from '../styles.js';
import { badge } from '../ui/badge.js';
import { eventText } from '../ui/events.js';
import { formProblem } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { skeleton, state } from '../ui/states.js';
import { ROOT } from './adapter.js';
import type { AttemptRead, DeliveredEvent, DeliveryOutcome, OrderRef, SubscriberRead } from './api.js';
import { columns, ConsoleList, consoleStyles } from './element.js';
import { linkTo } from './place.js';
import { words } from './texts/index.js';

/** What stands beside the page's events. */
interface About {
  order: OrderRef;
  webhooks: SubscriberRead[];
}

/** An order's events, and of each what every webhook was told, with the receiver's answers, or why it was not. */
@customElement('console-why')
export class ConsoleWhy extends ConsoleList<DeliveredEvent> {
  static override styles = [
    consoleStyles,
    quoted,
    css`
      .event > .row {
        padding: 12px 16px 4px;
      }
      .event ul {
        padding: 4px 16px 0;
      }
      .event > details {
        padding: 8px 16px 12px;
      }
      details summary {
        cursor: pointer;
        color: var(--o-accent);
        font-size: var(--o-small);
        font-weight: 550;
      }
      .notice ul {
        margin-block-start: 4px;
      }
    `,
  ];

  /** The merchant's id. */
  @property() merchant = '';
  /** The order's id. */
  @property() order = '';
  private readonly action = new Action(this);

  protected get path(): string {
    return `${ROOT}/orders/${encodeURIComponent(this.order)}/deliveries`;
  }

  get #found(): About | null {
    return this.page.answer as About | null;
  }

  protected view(): TemplateResult {
    const texts = words.why;
    const order = this.#found?.order;
    return html`<section class="stack">
      <div class="head">
        <a class="button quiet icon" href=${linkTo('merchants', this.merchant, 'orders', order?.id ?? this.order)} aria-label=${this.texts.actions.back}>${icon('back')}</a>
        <h2>${texts.title}</h2>
      </div>
      ${order ? this.#about(order) : nothing} ${formProblem(this.action.error, this.texts)} ${this.list()}
    </section>`;
  }

  #about(order: OrderRef): TemplateResult {
    const number = order.order_number ?? order.external_id;
    return html`<p>${fill(words.why.hint, { number })} ${badge(order.status, this.texts)}</p>
      ${this.#verdict()} ${this.#offWebhooks()}`;
  }

  /** The worst of the events that are shown, in a sentence each. */
  #verdict(): TemplateResult {
    const texts = words.why.verdicts;
    const all = this.rows.flatMap(({ deliveries }) => deliveries);
    const count = (status: string) => all.filter((each) => each.status === status).length;
    const trouble = (['failed', 'dropped', 'pending', 'skipped'] as const).filter((status) => count(status) > 0);
    const says = (tone: string, sentence: string) =>
      html`<div class="notice ${tone}" role="status">${icon(tone === 'good' ? 'check' : 'alert')}<div>${sentence}</div></div>`;
    if (trouble.length) {
      const sentences = trouble.map((status) => this.format.plural(count(status), texts[status]));
      return says(trouble[0] === 'failed' || trouble[0] === 'dropped' ? 'bad' : 'warn', sentences.join(' '));
    }
    if (count('succeeded')) return says('good', texts.fine);
    return says('warn', this.#found!.webhooks.length ? texts.none : texts.noWebhooks);
  }

  #offWebhooks(): TemplateResult | typeof nothing {
    const off = this.#found!.webhooks.filter((each) => each.is_active === false);
    if (!off.length) return nothing;
    return html`<div class="notice warn">
      ${icon('alert')}
      <div>
        ${words.why.off}
        <ul>${off.map((each) => html`<li>${nameOf(each)}${each.disabled_reason ? `: ${each.disabled_reason}` : nothing}</li>`)}</ul>
      </div>
    </div>`;
  }

  protected override list(): TemplateResult {
    const { answer, error, loading } = this.page;
    if (error && !loading) return html`<div class="card">${this.problem(this.page)}</div>`;
    if (!answer) return html`<div class="card">${skeleton(6, this.texts)}</div>`;
    if (!this.rows.length) return html`<div class="card">${this.empty()}</div>`;
    return html`<div class="stack ${loading ? 'stale' : ''}" aria-busy=${loading}>${this.rows.map((row) => this.row(row))}</div>
      ${this.pager(answer.pagination)}`;
  }

  protected row(event: DeliveredEvent): TemplateResult {
    const sent = event.deliveries.filter((each) => each.status !== 'not_sent');
    const notSent = event.deliveries.filter((each) => each.status === 'not_sent');
    const name = eventText(event.event_type, this.texts);
    return html`<section class="card event">
      <div class="row">
        <h3>${name}</h3>
        ${name === event.event_type ? nothing : html`<span class="muted small code">${event.event_type}</span>`}
        ${this.#shipment(event)}
        <time class="muted small push" datetime=${event.created_at}>${this.format.dateTime(event.created_at)}</time>
      </div>
      ${sent.length
        ? html`<div class="scroll cards">
            <table role="table">
              <thead role="rowgroup">${this.head()}</thead>
              <tbody role="rowgroup">${sent.map((each) => this.#delivery(each))}</tbody>
            </table>
          </div>`
        : nothing}
      ${notSent.length
        ? html`<ul class="small muted">
            ${notSent.map((each) => html`<li>${fill(words.why.notSent, { webhook: this.#name(each), why: reasonOf(each) })}</li>`)}
          </ul>`
        : nothing}
      <details>
        <summary>${fill(words.why.eventId, { id: event.id })}</summary>
        <pre>${JSON.stringify({ ...event, deliveries: undefined }, null, 2)}</pre>
      </details>
    </section>`;
  }

  #shipment({ resource_type: type, resource_id: id }: DeliveredEvent): TemplateResult | typeof nothing {
    const shipment = type === 'shipment' && this.#found!.order.shipments.find((each) => each.id === id);
    if (!shipment) return nothing;
    return html`<a class="link code small" href=${linkTo('merchants', this.merchant, 'shipments', shipment.id)}>
      ${shipment.tracking_number ?? words.search.shipment}
    </a>`;
  }

  protected head(): TemplateResult {
    const texts = words.why;
    return columns(texts.receiver, this.texts.list.status, texts.answer, this.texts.webhooks.time);
  }

  #delivery(delivery: DeliveryOutcome): TemplateResult {
    const last = delivery.attempts.at(-1);
    const earlier = delivery.attempts.slice(0, -1).toReversed();
    const isBusy = this.action.busy !== null;
    return html`<tr role="row">
      <td role="cell" class="first">${this.#name(delivery)}</td>
      <td role="cell" class="second">
        ${delivery.status === 'dropped' ? html`<span class="badge bad">${words.why.dropped}</span>` : badge(delivery.status, this.texts)}
      </td>
      <td role="cell" class="wide">
        ${last ? answerOf(last) : nothing} ${delivery.reason ? html`<span class="also">${reasonOf(delivery)}</span>` : nothing}
        ${delivery.next_attempt_at
          ? html`<span class="also">${fill(this.texts.webhooks.nextAttempt, { time: this.format.dateTime(delivery.next_attempt_at) })}</span>`
          : nothing}
        ${earlier.length ? this.#earlier(earlier) : nothing}
      </td>
      <td role="cell" class="muted wide">
        ${last ? this.format.dateTime(last.attempted_at) : nothing}
        ${last ? html`<span class="also">${fill(words.why.attempt, { n: last.attempt })}</span>` : nothing}
        ${this.#canRetry(delivery)
          ? html`<button class="link small" type="button" ?disabled=${isBusy} @click=${() => this.#retry(delivery)}>${words.why.retry}</button>`
          : nothing}
      </td>
    </tr>`;
  }

  #earlier(attempts: AttemptRead[]): TemplateResult {
    return html`<details>
      <summary>${this.format.plural(attempts.length, words.why.earlier)}</summary>
      ${attempts.map((each) => html`<p class="small muted">${this.format.dateTime(each.attempted_at)} ${answerOf(each)}</p>`)}
    </details>`;
  }

  #canRetry({ status, webhook_id: id }: DeliveryOutcome): boolean {
    return ['failed', 'pending', 'skipped'].includes(status) && this.#webhook(id)?.is_active === true;
  }

  #webhook(id: string): SubscriberRead | undefined {
    return this.#found!.webhooks.find((each) => each.id === id);
  }

  #name({ webhook_id: id }: DeliveryOutcome): string {
    const webhook = this.#webhook(id);
    return webhook ? nameOf(webhook) : words.why.deleted;
  }

  protected empty(): TemplateResult {
    return state('inbox', words.why.noEvents, nothing, nothing, 'status');
  }

  async #retry({ webhook_id: webhook, delivery_id: delivery, type }: DeliveryOutcome): Promise<void> {
    const owner = type === 'organization' ? '/organization-webhook' : `${ROOT}/webhooks/${webhook}`;
    const query = type === 'organization' ? {} : { end_user_id: this.merchant };
    const path = `${owner}/deliveries/${delivery}/retry`;
    if (await this.action.run(path, (client) => client.embed.request('POST', path, { query }))) this.refresh();
  }
}

function nameOf({ description, type, url }: SubscriberRead): string {
  return description ?? (type === 'organization' ? words.why.own : (url ?? words.why.deleted));
}

/** Why it was not sent, or not yet. A code that this version does not know is shown as it is. */
function reasonOf({ reason }: DeliveryOutcome): string {
  return reason === null ? '' : (words.why.reasons[reason] ?? reason);
}

function answerOf({ response_status: status, error_class: kind, error, response_snippet: snippet }: AttemptRead): TemplateResult {
  const said = [error, snippet].filter(Boolean).join('\n');
  return html`${status ?? kind ?? nothing} ${said ? html`<pre>${said}</pre>` : nothing}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'console-why': ConsoleWhy;
  }
}
