import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Result } from '../api.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { badge } from '../ui/badge.js';
import { skeleton, state } from '../ui/states.js';
import { ROOT } from './adapter.js';
import type { EndUserRead, Found } from './api.js';
import { columns, ConsoleElement, consoleStyles } from './element.js';
import { linkTo } from './place.js';
import { words } from './texts/index.js';

/** The merchants that are named first; the list of merchants has all. */
const SHOWN_MERCHANTS = 5;

/** Orders and shipments of all merchants by their full number or address, and merchants by the beginning of a name. */
@customElement('console-search')
export class ConsoleSearch extends ConsoleElement {
  static override styles = [consoleStyles];

  @property() q = '';
  #asked = '';
  private readonly found = new Resource<Result<Found[]>>(this, (client, options) =>
    client.embed.request('GET', `${ROOT}/search`, { query: { q: this.q }, ...options }),
  );

  private readonly merchants = new Resource<Result<EndUserRead[]>>(this, (client, options) =>
    client.embed.request('GET', '/users', { query: { search: this.q, limit: SHOWN_MERCHANTS }, ...options }),
  );

  protected begin(): void {
    if (!this.q || this.#asked === this.q) return;
    this.#asked = this.q;
    void this.#load();
  }

  async #load(): Promise<void> {
    const field = this.#focusedField;
    this.found.clear();
    this.merchants.clear();
    await this.found.load();
    const merchants = this.merchants.load();
    if (!this.found.answer?.data.length) await merchants;
    await this.updateComplete;
    // From the field straight to what was found, unless somebody types on.
    if (field && field === this.#focusedField && field.value.trim() === this.q) this.renderRoot.querySelector('a')?.focus();
  }

  /** The header's field, if somebody is in it. */
  get #focusedField(): HTMLInputElement | null {
    const focused = (this.getRootNode() as ShadowRoot).activeElement;
    return focused instanceof HTMLInputElement ? focused : null;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('q') && this.session?.usable) this.begin();
  }

  protected view(): TemplateResult {
    const texts = words.search;
    const [rows, merchants] = [this.found.answer?.data, this.merchants.answer?.data];
    const title = rows && merchants ? fill(this.format.plural(rows.length + merchants.length, texts.found), { q: this.q }) : texts.title;
    const isEmpty = rows?.length === 0 && merchants?.length;
    return html`<section class="stack">
      <div class="head"><h2>${title}</h2></div>
      ${isEmpty ? nothing : html`<div class="card scroll cards" aria-live="polite">${this.#content(rows)}</div>`}
      ${merchants?.length ? this.#merchants(merchants) : nothing}
      ${this.merchants.error && !this.merchants.loading && !this.found.error ? html`<div class="card">${this.problem(this.merchants)}</div>` : nothing}
    </section>`;
  }

  #merchants(merchants: EndUserRead[]): TemplateResult {
    const texts = words.merchants;
    return html`<section class="card scroll cards">
      <table role="table" aria-label=${texts.title}>
        <thead role="rowgroup">${columns(texts.merchant, texts.id, texts.email)}</thead>
        <tbody role="rowgroup">
          ${merchants.map(
            (each) => html`<tr role="row">
              <td role="cell" class="first"><a href=${linkTo('merchants', each.id)}>${each.name ?? each.external_id}</a></td>
              <td role="cell" class="code wide">${each.external_id}</td>
              <td role="cell" class="wide">${each.email}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${merchants.length === SHOWN_MERCHANTS
        ? html`<p class="pad"><a class="link" href="${linkTo('merchants')}?${new URLSearchParams({ search: this.q })}">${words.search.allMerchants}</a></p>`
        : nothing}
    </section>`;
  }

  #content(rows: Found[] | undefined): TemplateResult {
    const texts = words.search;
    if (!this.q) return state('search', texts.label, texts.hint);
    if (!rows) {
      const failed = this.found.error && !this.found.loading;
      return failed ? this.problem({ error: this.found.error, load: () => this.#load() }) : skeleton(3, this.texts);
    }
    if (!rows.length && !this.merchants.answer && !this.merchants.error) return skeleton(3, this.texts);
    if (!rows.length) return state('search', texts.none, texts.hint, nothing, 'status');
    return html`<table role="table">
      <thead role="rowgroup">${columns(texts.number, this.texts.list.status, texts.merchant, { hidden: words.actions })}</thead>
      <tbody role="rowgroup">${rows.map((row) => this.#row(row))}</tbody>
    </table>`;
  }

  #row(row: Found): TemplateResult {
    const texts = words.search;
    const isOrder = row.type === 'order';
    const number = (isOrder ? row.order_number : row.tracking_number) ?? row.id;
    const merchant = row.end_user;
    if (!merchant) return this.#leftover(row, number);
    return html`<tr role="row">
      <td role="cell" class="first">
        <a href=${linkTo('merchants', merchant.id, isOrder ? 'orders' : 'shipments', row.id)}>${number}</a>
        <span class="also">${isOrder ? texts.order : texts.shipment}</span>
      </td>
      <td role="cell" class="second">${badge(row.status, this.texts)}</td>
      <td role="cell" class="wide"><a href=${linkTo('merchants', merchant.id)}>${merchant.name ?? merchant.external_id}</a></td>
      <td role="cell" class="wide">
        ${isOrder ? html`<a href=${linkTo('merchants', merchant.id, 'why', row.id)}>${words.why.link}</a>` : nothing}
      </td>
    </tr>`;
  }

  /** What is still being removed after its merchant was deleted. */
  #leftover(row: Found, number: string): TemplateResult {
    return html`<tr role="row">
      <td role="cell" class="first">${number}</td>
      <td role="cell" class="second">${badge(row.status, this.texts)}</td>
      <td role="cell" class="wide">${words.queue.deleted}</td>
      <td role="cell"></td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-search': ConsoleSearch;
  }
}
