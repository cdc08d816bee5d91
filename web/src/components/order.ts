import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import type { Activity, Address, LineItem, OrderDetail, OrderShipment, Result } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { badge, statusText } from '../ui/badge.js';
import { icon } from '../ui/icons.js';
import { skeleton } from '../ui/states.js';
import { table, base } from '../styles.js';
import { timeline, timelineStyles } from '../ui/timeline.js';
import { OrderlyRequestForm } from './request-form.js';

/**
 * One order: items, totals, addresses, shipments and what happened to it.
 *
 * @fires orderly-navigate - A shipment is opened, or the list (`{view: 'orders'}`); cancelable.
 */
@customElement('orderly-order')
export class OrderlyOrder extends OrderlyElement {
  static override styles = [
    base,
    table,
    timelineStyles,
    css`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
      }
      @container (min-width: 800px) {
        .columns {
          grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr);
        }
      }
      .totals {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 4px 16px;
        padding: 12px 16px 14px;
        border-block-start: 1px solid var(--o-line);
      }
      .totals dd {
        text-align: end;
      }
      .totals .sum {
        font-weight: 650;
        font-size: var(--o-large);
      }
      .totals dt:not(.sum) {
        color: var(--o-muted);
      }
      .shipment {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        padding: 11px 16px;
        border-block-start: 1px solid var(--o-line);
      }
      .shipment .badge {
        margin-inline-start: auto;
      }
      h3 + .shipment {
        border: 0;
      }
      .plain {
        padding: 8px 16px 16px;
        color: var(--o-muted);
      }
      address {
        font-style: normal;
        white-space: pre-line;
      }
      .pairs {
        display: grid;
        gap: 14px;
        padding: 12px 16px 16px;
      }
      .pairs dt {
        color: var(--o-muted);
        font-size: var(--o-small);
      }
      h2:focus {
        outline: none;
      }
    `,
  ];

  protected readonly needs = ['orders:read', 'data_room'] as const;

  /** The order's id. */
  @property({ attribute: 'order-id' }) orderId: string | null = null;
  /** Shows a button that leads back to the list. */
  @property({ type: Boolean }) back = false;

  @reactive() private shipment: string | null = null;
  @reactive() private asking = false;
  @reactive() private asked = false;

  readonly order = new Resource<Result<OrderDetail>>(this, (client, options) =>
    client.embed.orders.get(this.orderId!, {}, options),
  );

  protected begin(): void {
    if (this.orderId && !this.order.asked) void this.order.load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('orderId') || !this.hasUpdated) return;
    this.order.clear();
    this.shipment = null;
    this.asking = this.asked = false;
    if (this.session) this.sessionChanged();
  }

  protected override updated(): void {
    // Who opens it from a list goes on reading here.
    const heading = this.renderRoot.querySelector<HTMLElement>('h2');
    if (this.back && heading && !this.#focused) heading.focus({ preventScroll: true });
    this.#focused = heading !== null;
  }
  #focused = false;

  protected view(): TemplateResult | typeof nothing {
    if (!this.orderId) return nothing;
    if (this.shipment) {
      return html`<orderly-tracking shipment-id=${this.shipment} .fromOrder=${true} back @orderly-navigate=${this.#onBack}></orderly-tracking>`;
    }
    const order = this.order.answer?.data;
    const back = this.back
      ? html`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${() => this.navigate('orders')}>
          ${icon('back')}
        </button>`
      : nothing;
    if (!order) {
      const card = this.order.error && !this.order.loading ? this.problem(this.order) : skeleton(6, this.texts);
      return html`<div class="stack"><div class="head">${back}</div><div class="card">${card}</div></div>`;
    }
    return html`<article class="stack">
      <div class="head">
        ${back}
        <h2 tabindex="-1">${order.order_number ?? order.external_id}</h2>
        ${badge(order.status, this.texts)}${badge(order.payment_status, this.texts)}${badge(order.fulfillment_status, this.texts)}
        <span class="muted small">${fill(this.texts.order.ordered, { date: this.format.dateTime(order.ordered_at) })}</span>
        ${this.#askButton(order)}
      </div>
      ${this.asked ? html`<div class="notice good" role="status">${icon('check')}<div>${this.texts.requests.sent}</div></div>` : nothing}
      ${this.asking
        ? html`<orderly-request-form .order=${order} @orderly-close=${() => (this.asking = false)} @orderly-request-created=${this.#onAsked}></orderly-request-form>`
        : nothing}
      <div class="columns">
        <div class="stack">${this.#items(order)}${this.#shipments(order.shipments)}</div>
        <div class="stack">${this.#customer(order)}${this.#timeline(order.activities)}</div>
      </div>
    </article>`;
  }

  #askButton(order: OrderDetail): TemplateResult | typeof nothing {
    const may = this.session!.mayChange('actions:write', 'action_requests');
    if (!may || !OrderlyRequestForm.allowed(order).length) return nothing;
    return html`<button class="button push" type="button" aria-expanded=${this.asking} @click=${() => (this.asking = !this.asking)}>
      ${this.texts.requests.ask}
    </button>`;
  }

  #onAsked(): void {
    this.asking = false;
    this.asked = true;
    void this.order.load();
  }

  #items(order: OrderDetail): TemplateResult {
    const words = this.texts.order;
    const { totals } = order;
    const money = (value: number | null | undefined) => this.format.money(value, order.currency);
    const lines: [string, number | null | undefined, string][] = [
      [words.subtotal, totals.subtotal, ''],
      [words.shipping, totals.shipping, ''],
      [words.tax, totals.tax, ''],
      [words.discount, totals.discount ? -Math.abs(totals.discount) : null, ''],
      [words.total, totals.total, 'sum'],
    ];
    return html`<section class="card">
      <h3>${words.items}</h3>
      ${order.line_items.length ? this.#lines(order.line_items, order.currency) : html`<p class="plain">${words.noItems}</p>`}
      <dl class="totals number">
        ${lines.map(([name, value, kind]) =>
          value === null || value === undefined
            ? nothing
            : html`<dt class=${kind}>${name}</dt><dd class=${kind}>${money(value)}</dd>`,
        )}
      </dl>
    </section>`;
  }

  #lines(items: LineItem[], currency: string | null): TemplateResult {
    const words = this.texts.order;
    const money = (value: number | null | undefined) => this.format.money(value, currency);
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader">${words.item}</th>
          <th role="columnheader" class="end">${words.quantity}</th>
          <th role="columnheader" class="end">${words.amount}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${items.map(({ title, sku, quantity, price }) => {
          const isKnown = typeof price === 'number';
          return html`<tr role="row">
            <td role="cell">${title ?? sku ?? ''}${title && sku ? html`<span class="also code">${sku}</span>` : nothing}</td>
            <td role="cell" class="end number">${typeof quantity === 'number' ? this.format.number(quantity) : ''}</td>
            <td role="cell" class="end number nowrap">
              ${isKnown ? money(price * (quantity ?? 1)) : ''}${isKnown && quantity !== 1
                ? html`<span class="also">${words.price} ${money(price)}</span>`
                : nothing}
            </td>
          </tr>`;
        })}
      </tbody>
    </table>`;
  }

  #shipments(shipments: OrderShipment[]): TemplateResult {
    const words = this.texts.order;
    return html`<section class="card">
      <h3>${words.shipments}</h3>
      ${shipments.length
        ? shipments.map((each) => {
            const number = each.tracking_number ?? this.texts.shipments.noNumber;
            const label = this.session!.has('tracking:read')
              ? html`<button class="link code" type="button" @click=${() => this.#open(each)}>${number}</button>`
              : html`<span class="code">${number}</span>`;
            return html`<div class="shipment">
              ${icon('truck')}${label}<span class="muted">${each.carrier?.replaceAll('_', ' ').toUpperCase() ?? ''}</span>
              ${badge(each.status, this.texts)}
            </div>`;
          })
        : html`<p class="plain">${words.noShipments}</p>`}
    </section>`;
  }

  #customer(order: OrderDetail): TemplateResult {
    const words = this.texts.order;
    const { customer, shipping_address: shipping, billing_address: billing } = order;
    const contact = [customer.name, customer.email, customer.phone].filter(Boolean).join('\n');
    const [to, bill] = [this.#address(shipping), this.#address(billing)];
    const pairs: [string, string | TemplateResult | null][] = [
      [words.customer, contact || null],
      [words.shippingAddress, to || words.noAddress],
      [words.billingAddress, bill && bill === to ? words.sameAddress : bill || null],
      [words.notes, order.notes],
      [words.tags, order.tags.join(', ') || null],
    ];
    return html`<section class="card">
      <dl class="pairs">
        ${pairs.map(([name, text]) => (text ? html`<div><dt>${name}</dt><dd><address>${text}</address></dd></div>` : nothing))}
      </dl>
    </section>`;
  }

  #address(address: Address | null): string {
    if (!address) return '';
    const { name, address1, address2, zip, city, state, country, phone } = address;
    const place = [zip, city, state].filter(Boolean).join(' ');
    return [name, address1, address2, place, country && this.format.country(country), phone].filter(Boolean).join('\n');
  }

  #timeline(activities: Activity[]): TemplateResult {
    const words = this.texts.order;
    return html`<section class="card">
      <h3>${words.timeline}</h3>
      ${activities.length
        ? timeline(
            activities.map((each) => ({
              title: each.from && each.to
                ? fill(words.changed, { from: statusText(each.from, this.texts), to: statusText(each.to, this.texts) })
                : (words.activities[each.title] ?? each.title),
              text: typeof each.metadata.source === 'string' ? fill(words.syncedFrom, { name: each.metadata.source }) : each.description,
              time: each.created_at,
            })),
            this.format,
          )
        : html`<p class="plain">${words.noTimeline}</p>`}
    </section>`;
  }

  #open(shipment: OrderShipment): void {
    if (this.navigate('shipment', shipment.id)) this.shipment = shipment.id;
  }

  #onBack(event: CustomEvent<{ view: string }>): void {
    if (event.detail.view !== 'shipments') return;
    event.preventDefault();
    event.stopPropagation();
    this.shipment = null;
  }
}
