import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import type { CallOptions, Client, ShipmentSummary } from '../api.js';
import { badge, isLate, statusText } from '../ui/badge.js';
import { ListElement, type Filters } from '../ui/list.js';
import { state } from '../ui/states.js';

const STATUSES = [
  'pending', 'label_created', 'picked_up', 'in_transit', 'out_for_delivery', 'available_for_pickup', 'delivered',
  'attempt_failed', 'exception', 'returned', 'cancelled',
];

/**
 * The merchant's shipments: searched, filtered, exported as CSV. A row opens its tracking in the place of the list, unless
 * the page cancels `orderly-navigate`.
 *
 * @fires orderly-navigate - A shipment is opened: `{view: 'shipment', id}`; cancelable.
 */
@customElement('orderly-shipments')
export class OrderlyShipments extends ListElement<ShipmentSummary> {
  protected readonly needs = ['shipments:read', 'data_room'] as const;

  @reactive() private opened: string | null = null;

  protected read(client: Client, query: Filters, options: CallOptions) {
    return client.embed.shipments.list(query as Parameters<typeof client.embed.shipments.list>[0], options);
  }

  /** Ship dates are days, not moments. */
  protected override sent(filters: Filters): Filters {
    return filters;
  }

  protected view(): TemplateResult {
    if (this.opened) {
      return html`<orderly-tracking shipment-id=${this.opened} back @orderly-navigate=${this.#onBack}></orderly-tracking>`;
    }
    const words = this.texts.shipments;
    return html`<section class="stack">
      <div class="head"><h2>${words.title}</h2>${this.exportButton()}</div>
      ${this.toolbar(
        this.searchField(words.search),
        html`${this.selectField('status', this.texts.list.status, STATUSES.map((each) => [each, statusText(each, this.texts)]))}
          <label class="field">
            <span>${words.carrier}</span>
            <input
              class="input"
              part="input"
              maxlength="60"
              placeholder=${words.anyCarrier}
              .value=${this.filters.carrier ?? ''}
              @change=${(event: Event) => this.filter({ carrier: (event.target as HTMLInputElement).value.trim() })}
            />
          </label>
          ${this.dayField('from')}${this.dayField('to')}`,
      )}
      ${this.list()}
    </section>`;
  }

  protected head(): TemplateResult {
    const words = this.texts.shipments;
    return html`<tr role="row">
      <th role="columnheader">${words.number}</th>
      <th role="columnheader">${words.carrier}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${words.shipped}</th>
      <th role="columnheader">${words.expected}</th>
    </tr>`;
  }

  protected row(shipment: ShipmentSummary): TemplateResult {
    const words = this.texts.shipments;
    const number = shipment.tracking_number ?? words.noNumber;
    const opens = this.session!.has('tracking:read');
    const arrived = shipment.actual_delivery;
    return html`<tr role="row" class=${opens ? 'open' : ''} @click=${() => opens && this.#open(shipment)}>
      <td role="cell" class="first">
        ${opens
          ? html`<button class="link code" type="button" id=${`s-${shipment.id}`}>${number}</button>`
          : html`<span class="code">${number}</span>`}
      </td>
      <td role="cell" class="wide">
        ${shipment.carrier_name ?? shipment.carrier ?? nothing}
        ${shipment.service ? html`<span class="also">${shipment.service}</span>` : nothing}
      </td>
      <td role="cell" class="second">${badge(shipment.status, this.texts)}</td>
      <td role="cell" class="nowrap muted skip">${this.format.date(shipment.ship_date)}</td>
      <td role="cell" class="nowrap muted">
        ${arrived ? html`${words.delivered} ${this.format.date(arrived)}` : this.format.date(shipment.estimated_delivery)}
        ${isLate(shipment) ? html`<span class="also">${badge('late', this.texts)}</span>` : nothing}
      </td>
    </tr>`;
  }

  protected empty(): TemplateResult {
    return state('truck', this.texts.shipments.empty, this.texts.shipments.emptyHint, nothing, 'status');
  }

  protected csv(rows: ShipmentSummary[]) {
    const words = this.texts.shipments;
    const heading = [
      words.number, 'ID', words.carrier, this.texts.tracking.service, this.texts.list.status, words.shipped, words.expected,
      words.delivered,
    ];
    const lines = rows.map((each) => [
      each.tracking_number, each.external_id, each.carrier_name ?? each.carrier, each.service, each.status, each.ship_date,
      each.estimated_delivery, each.actual_delivery,
    ]);
    return { name: 'shipments.csv', rows: [heading, ...lines] };
  }

  #open(shipment: ShipmentSummary): void {
    if (getSelection()?.toString()) return;
    if (this.navigate('shipment', shipment.id)) this.opened = shipment.id;
  }

  #onBack(event: CustomEvent<{ view: string }>): void {
    if (event.detail.view !== 'shipments') return;
    event.preventDefault();
    event.stopPropagation();
    const id = this.opened;
    this.opened = null;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#s-${id}`)?.focus());
  }
}
