import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { CallOptions, Client, Pagination, Result, ShipmentSummary, TrackingPageRow } from '../api.js';
import { firstOf } from '../focus.js';
import { base, table } from '../styles.js';
import { badge } from '../ui/badge.js';
import { confirmation } from '../ui/confirm.js';
import { copyButton } from '../ui/copy.js';
import { formProblem, formStyles, valuesOf } from '../ui/form.js';
import { ListElement, type Filters } from '../ui/list.js';
import { state } from '../ui/states.js';

/**
 * The links that shoppers follow their shipments with: made, copied and revoked.
 *
 * @fires orderly-tracking-page-created - `{id, url, shipmentId}`.
 */
@customElement('orderly-tracking-pages')
export class OrderlyTrackingPages extends ListElement<TrackingPageRow> {
  static override styles = [
    base,
    table,
    formStyles,
    css`
      .found {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        align-items: center;
        padding: 10px 16px;
        border-block-start: 1px solid var(--o-line);
      }
      form .row > .input {
        flex: 1 1 200px;
        inline-size: auto;
      }
    `,
  ];

  protected readonly needs = ['tracking:read', 'branded_tracking'] as const;

  @reactive() private found: ShipmentSummary[] | null = null;
  @reactive() private sure: string | null = null;
  private readonly action = new Action(this, this.needs);
  private readonly finding = new Action(this);

  protected async read(client: Client, query: Filters, options: CallOptions) {
    // `limit` makes it the list in pages.
    const given = query as Parameters<typeof client.embed.trackingPages.list>[0];
    return (await client.embed.trackingPages.list(given, options)) as Result<TrackingPageRow[], { pagination: Pagination }>;
  }

  protected view(): TemplateResult {
    const words = this.texts.trackingPages;
    return html`<section class="stack">
      <div class="head"><h2>${words.title}</h2></div>
      ${this.action.isAllowed && this.session!.allows('shipments:read', 'data_room') ? this.#maker() : nothing} ${this.list()}
    </section>`;
  }

  #maker(): TemplateResult {
    const words = this.texts.trackingPages;
    return html`<div class="card">
      <form @submit=${this.#search}>
        <label class="label" for="number">${words.make}</label>
        <div class="row">
          <input class="input" part="input" id="number" name="number" required maxlength="100" placeholder=${this.texts.shipments.search} />
          <button class="button" type="submit" aria-disabled=${this.finding.busy !== null}>${words.find}</button>
        </div>
        ${formProblem(this.finding.error ?? this.action.error, this.texts)}
      </form>
      ${this.found?.length === 0 ? html`<p class="found muted" role="status">${words.notFound}</p>` : nothing}
      ${this.found?.map(
        (each) => html`<div class="found">
          <span class="code">${each.tracking_number ?? each.external_id}</span><span class="muted">${each.carrier_name ?? each.carrier}</span>
          ${badge(each.status, this.texts)}
          <button class="button primary push" type="button" aria-disabled=${this.action.busy !== null} @click=${() => this.#create(each)}>
            ${words.create}
          </button>
        </div>`,
      )}
    </div>`;
  }

  protected head(): TemplateResult {
    const words = this.texts.trackingPages;
    return html`<tr role="row">
      <th role="columnheader">${words.link}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${words.views}</th>
      <th role="columnheader">${words.expires}</th>
      <th role="columnheader"><span class="hidden">${words.actions}</span></th>
    </tr>`;
  }

  protected row(page: TrackingPageRow): TemplateResult {
    const isOver = Date.parse(page.expires_at) <= Date.now();
    const status = !page.is_active ? 'revoked' : isOver ? 'expired' : 'active';
    return html`<tr role="row">
      <td role="cell" class="first">
        ${/^https?:\/\//.test(page.url)
          ? html`<a class="link code" href=${page.url} target="_blank" rel="noopener noreferrer">…/${page.token.slice(0, 8)}</a>`
          : page.token}
      </td>
      <td role="cell" class="second">${badge(status, this.texts)}</td>
      <td role="cell" class="number">
        ${this.format.plural(page.view_count, this.texts.trackingPages.viewed)}
        ${page.last_viewed_at ? html`<span class="also">${this.format.dateTime(page.last_viewed_at)}</span>` : nothing}
      </td>
      <td role="cell" class="muted nowrap">${this.format.date(page.expires_at)}</td>
      <td role="cell" class="wide">${status === 'active' ? this.#buttons(page) : nothing}</td>
    </tr>`;
  }

  #buttons(page: TrackingPageRow): TemplateResult {
    const words = this.texts.trackingPages;
    return html`<span class="row">
      ${copyButton(page.url, this.texts)}
      ${!this.action.isAllowed
        ? nothing
        : this.sure === page.id
        ? confirmation(this.texts, this.action.busy !== null, () => this.#revoke(page.id), () => (this.sure = null))
        : html`<button class="button" type="button" @click=${() => (this.sure = page.id)}>${words.revoke}</button>`}
    </span>`;
  }

  protected empty(): TemplateResult {
    return state('link', this.texts.trackingPages.empty, this.texts.trackingPages.emptyHint, nothing, 'status');
  }

  protected csv() {
    return { name: 'tracking-pages.csv', rows: [] };
  }

  async #search(event: Event): Promise<void> {
    const { text } = valuesOf(event);
    const search = text('number');
    this.found = (await this.finding.run('find', (client) => client.embed.shipments.list({ search, limit: 5 }))) ?? null;
  }

  async #create(shipment: ShipmentSummary): Promise<void> {
    const created = await this.action.run('create', (client, options) =>
      client.embed.trackingPages.create({ shipmentId: shipment.id }, options),
    );
    if (!created) return;
    this.emit('orderly-tracking-page-created', { id: created.id, url: created.url, shipmentId: shipment.id });
    this.found = null;
    await this.page.load();
    await this.updateComplete;
    // Who makes a link goes on to copy it.
    firstOf(this.renderRoot.querySelector('tbody')!)?.focus();
  }

  async #revoke(id: string): Promise<void> {
    await this.action.run('revoke', (client) => client.embed.trackingPages.revoke(id));
    this.sure = null;
    this.refresh();
  }
}
