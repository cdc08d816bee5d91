import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import type { BridgeSummary, CallOptions, Client, OrderRow } from '../api.js';
import { badge, statusText } from '../ui/badge.js';
import { ListElement, type Filters } from '../ui/list.js';
import { state } from '../ui/states.js';

const STATUSES = [
  'pending', 'confirmed', 'processing', 'on_hold', 'partially_shipped', 'shipped', 'delivered', 'cancelled', 'returned',
  'refunded',
];

/**
 * The merchant's orders: searched, filtered, exported as CSV. A row opens the order in the place of the list, unless the
 * page cancels `orderly-navigate`.
 *
 * @fires orderly-navigate - An order is opened: `{view: 'order', id}`; cancelable.
 * @csspart list - The table. @csspart input - Fields. @csspart badge - Statuses.
 */
@customElement('orderly-orders')
export class OrderlyOrders extends ListElement<OrderRow> {
  protected readonly needs = ['orders:read', 'data_room'] as const;

  @reactive() private opened: string | null = null;
  @reactive() private bridges: BridgeSummary[] = [];
  #askedForBridges = false;

  protected override begin(): void {
    super.begin();
    if (!this.#askedForBridges && this.session!.info && this.session!.has('bridges:read')) void this.#loadBridges();
  }

  /** The names of the connections, for the filter. Without them there is none. */
  async #loadBridges(): Promise<void> {
    this.#askedForBridges = true;
    const { data } = await this.session!.call((client) => client.embed.bridges.list());
    this.bridges = data ?? [];
  }

  protected read(client: Client, query: Filters, options: CallOptions) {
    return client.embed.orders.list(query as Parameters<typeof client.embed.orders.list>[0], options);
  }

  protected view(): TemplateResult {
    if (this.opened) {
      return html`<orderly-order order-id=${this.opened} back @orderly-navigate=${this.#onBack}></orderly-order>`;
    }
    const words = this.texts.orders;
    return html`<section class="stack">
      <div class="head"><h2>${words.title}</h2>${this.exportButton()}</div>
      ${this.toolbar(
        this.searchField(words.search),
        html`${this.selectField('status', this.texts.list.status, STATUSES.map((each) => [each, statusText(each, this.texts)]))}
        ${this.bridges.length > 1
          ? this.selectField('bridge_id', words.bridge, this.bridges.map(({ id, name }) => [id, name]))
          : nothing}
        ${this.dayField('from')}${this.dayField('to')}`,
      )}
      ${this.list()}
    </section>`;
  }

  protected head(): TemplateResult {
    const words = this.texts.orders;
    return html`<tr role="row">
      <th role="columnheader">${words.order}</th>
      <th role="columnheader">${words.date}</th>
      <th role="columnheader">${words.customer}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${words.shipments}</th>
      <th role="columnheader" class="end">${words.total}</th>
    </tr>`;
  }

  protected row(order: OrderRow): TemplateResult {
    const open = (event: Event) => this.#open(event, order);
    const { customer } = order;
    return html`<tr role="row" class="open" @click=${open}>
      <td role="cell" class="first nowrap">
        <button class="link" type="button" id=${`o-${order.id}`}>${order.order_number ?? order.external_id}</button>
      </td>
      <td role="cell" class="nowrap muted date">${this.format.date(order.ordered_at)}</td>
      <td role="cell" class="wide">
        ${customer.name ?? customer.email ?? nothing}${customer.name && customer.email
          ? html`<span class="also roomy">${customer.email}</span>`
          : nothing}
      </td>
      <td role="cell" class="second">
        ${badge(order.status, this.texts)}
        ${order.payment_status === 'paid' ? nothing : html`<span class="also">${statusText(order.payment_status, this.texts)}</span>`}
      </td>
      <td role="cell" class="skip">${this.#shipments(order)}</td>
      <td role="cell" class="end nowrap number">${this.format.money(order.totals.total, order.currency)}</td>
    </tr>`;
  }

  #shipments(order: OrderRow): TemplateResult | typeof nothing {
    const [first, ...others] = order.shipments;
    if (!first) return nothing;
    const more = others.length ? ` +${this.format.number(others.length)}` : '';
    return html`<span class="code cut">${first.tracking_number ?? first.carrier ?? nothing}</span>
      <span class="also">${statusText(first.status, this.texts)}${more}</span>`;
  }

  protected empty(): TemplateResult {
    return state('inbox', this.texts.orders.empty, this.texts.orders.emptyHint, nothing, 'status');
  }

  protected csv(rows: OrderRow[]) {
    const words = this.texts.orders;
    const heading = [
      words.order, 'ID', words.date, words.customer, 'E-mail', this.texts.list.status, words.payment, words.fulfillment,
      words.total, 'Currency', words.shipments,
    ];
    const lines = rows.map((order) => [
      order.order_number, order.external_id, order.ordered_at, order.customer.name, order.customer.email, order.status,
      order.payment_status, order.fulfillment_status, order.totals.total, order.currency,
      order.shipments.map((each) => each.tracking_number ?? '').filter(Boolean).join(' '),
    ]);
    return { name: 'orders.csv', rows: [heading, ...lines] };
  }

  #open(event: Event, order: OrderRow): void {
    // Marking text in a row is no click on it.
    if (getSelection()?.toString()) return;
    event.preventDefault();
    if (this.navigate('order', order.id)) this.opened = order.id;
  }

  #onBack(event: CustomEvent<{ view: string }>): void {
    if (event.detail.view !== 'orders') return;
    event.preventDefault();
    event.stopPropagation();
    const id = this.opened;
    this.opened = null;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#o-${id}`)?.focus());
  }
}
