import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state as reactive } from 'lit/decorators.js';
import type { ApiError, CallOptions, Client, Pagination, Result } from '../api.js';
import { download, toCsv } from '../csv.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { icon } from './icons.js';
import { skeleton, state } from './states.js';

export type Filters = Record<string, string | undefined>;
type Page<Row> = Result<Row[], { pagination: Pagination }>;

const SEARCH_DELAY_MS = 250;
/** The most that the API gives at once, for exports. */
const EXPORT_PAGE = 50;

/** A list with filters that is read page by page, so that however long it is, one page is in the document. */
export abstract class ListElement<Row extends { id: string }> extends OrderlyElement {
  /** Rows of a page, 50 at most. */
  @property({ type: Number, attribute: 'page-size' }) pageSize = 25;

  @reactive() protected filters: Filters = {};
  @reactive() private exported: number | null = null;
  @reactive() private unfolded = false;
  /** The cursors of the pages before this one and of this one. */
  protected cursors: string[] = [];
  private searchTimer = 0;
  private exporting: AbortController | null = null;

  protected readonly page = new Resource<Page<Row>>(this, (client, options) =>
    this.read(client, this.query(this.cursors.at(-1)), options),
  );

  protected abstract read(client: Client, query: Filters, options: CallOptions): Promise<Page<Row>>;
  protected abstract row(row: Row): TemplateResult;
  protected abstract head(): TemplateResult;
  protected abstract empty(): TemplateResult;

  protected begin(): void {
    if (!this.page.asked) void this.page.load();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('pageSize')) this.pageSize = Math.min(50, Math.max(1, Math.round(this.pageSize) || 25));
  }

  protected get rows(): Row[] {
    return this.page.answer?.data ?? [];
  }

  protected get isFiltered(): boolean {
    return Object.values(this.filters).some(Boolean);
  }

  /** Loads the page that is shown once more. */
  refresh(): void {
    void this.page.load();
  }

  protected query(cursor: string | undefined, limit = this.pageSize): Filters {
    return { ...this.sent(this.filters), limit: String(limit), cursor };
  }

  /** The filters as the API takes them: days of the reader as moments. */
  protected sent(filters: Filters): Filters {
    const { from, to, ...others } = filters;
    return { ...others, from: from && startOfDay(from, 0), to: to && startOfDay(to, 1) };
  }

  protected filter(change: Filters): void {
    const changed = { ...this.filters, ...change };
    this.begins(Object.fromEntries(Object.entries(changed).filter(([, value]) => value)));
  }

  protected clearFilters(): void {
    this.begins({});
  }

  private begins(filters: Filters): void {
    this.filters = filters;
    this.cursors = [];
    this.placed();
    void this.page.load();
  }

  /** Called when filters or page have changed. */
  protected placed(): void {}

  protected searchField(placeholder: string): TemplateResult {
    return html`<label class="search">
      <span class="hidden">${placeholder}</span>${icon('search')}
      <input
        class="input"
        type="search"
        part="input"
        maxlength="100"
        placeholder=${placeholder}
        .value=${this.filters.search ?? ''}
        @input=${this.onSearch}
      />
    </label>`;
  }

  protected selectField(name: string, label: string, options: readonly (readonly [string, string])[]): TemplateResult {
    return html`<label class="field">
      <span>${label}</span>
      <select
        class="input"
        part="input"
        .value=${this.filters[name] ?? ''}
        @change=${(event: Event) => this.filter({ [name]: (event.target as HTMLSelectElement).value })}
      >
        <option value="">${this.texts.list.all}</option>
        ${options.map(([value, text]) => html`<option value=${value} ?selected=${this.filters[name] === value}>${text}</option>`)}
      </select>
    </label>`;
  }

  protected dayField(name: 'from' | 'to'): TemplateResult {
    return html`<label class="field">
      <span>${this.texts.list[name]}</span>
      <input
        class="input"
        part="input"
        type="date"
        .value=${this.filters[name] ?? ''}
        min=${(name === 'to' && this.filters.from) || nothing}
        max=${(name === 'from' && this.filters.to) || nothing}
        @change=${(event: Event) => this.filter({ [name]: (event.target as HTMLInputElement).value })}
      />
    </label>`;
  }

  /** The filters in a row; where that is narrow, all but the search are folded. */
  protected toolbar(search: TemplateResult, others: TemplateResult): TemplateResult {
    const count = Object.entries(this.filters).filter(([name, value]) => name !== 'search' && value).length;
    return html`<div class="toolbar" role="search">
      ${search}
      <button
        class="button fold"
        type="button"
        aria-expanded=${this.unfolded}
        @click=${() => (this.unfolded = !this.unfolded)}
      >
        ${icon('filter')}${this.texts.actions.filters}${count ? ` (${count})` : ''}
      </button>
      <div class="others ${this.unfolded ? 'unfolded' : ''}">${others}</div>
    </div>`;
  }

  protected list(): TemplateResult {
    const { answer, error, loading } = this.page;
    if (error && !loading) return html`<div class="card">${this.problem(this.page)}</div>`;
    if (!answer) return html`<div class="card">${skeleton(8, this.texts)}</div>`;
    if (!this.rows.length) return html`<div class="card">${this.isFiltered ? this.nothingMatches() : this.empty()}</div>`;
    return html`<div class="card scroll cards" part="list" aria-busy=${loading}>
        <table role="table">
          <thead role="rowgroup">
            ${this.head()}
          </thead>
          <tbody role="rowgroup" class=${loading ? 'stale' : ''}>
            ${this.rows.map((row) => this.row(row))}
          </tbody>
        </table>
      </div>
      ${this.pager(answer.pagination)}`;
  }

  private nothingMatches(): TemplateResult {
    const clear = html`<button class="button" type="button" @click=${this.clearFilters}>${this.texts.actions.clear}</button>`;
    return state('search', this.texts.list.none, nothing, clear, 'status');
  }

  protected pager(pagination: Pagination): TemplateResult {
    const words = this.texts.list;
    const total = pagination.totalCapped
      ? fill(words.totalCapped, { n: this.format.number(pagination.total) })
      : this.format.plural(pagination.total, words.total);
    const isOnly = !this.cursors.length && !pagination.hasMore;
    return html`<nav class="row pager" aria-label=${fill(words.page, { n: this.cursors.length + 1 })}>
      <span class="muted small" role="status">${total}</span>
      ${isOnly
        ? nothing
        : html`<span class="push row">
            <span class="muted small">${fill(words.page, { n: this.format.number(this.cursors.length + 1) })}</span>
            <button class="button" type="button" aria-disabled=${!this.cursors.length} @click=${this.back}>
              ${this.texts.actions.previous}
            </button>
            <button
              class="button"
              type="button"
              aria-disabled=${!pagination.nextCursor}
              @click=${() => this.forward(pagination.nextCursor)}
            >
              ${this.texts.actions.next}
            </button>
          </span>`}
    </nav>`;
  }

  private back(): void {
    if (!this.cursors.length) return;
    this.cursors.pop();
    void this.turn();
  }

  private forward(cursor: string | null): void {
    if (!cursor) return;
    this.cursors.push(cursor);
    void this.turn();
  }

  private async turn(): Promise<void> {
    this.placed();
    await this.page.load();
    if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
  }

  private onSearch(event: Event): void {
    const search = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.searchTimer);
    this.searchTimer = setTimeout(() => this.filter({ search }), SEARCH_DELAY_MS);
  }

  protected exportButton(): TemplateResult {
    const words = this.texts.actions;
    if (this.exported !== null) {
      return html`<span class="row push" role="status">
        <span class="muted small">${fill(words.exporting, { n: this.format.number(this.exported) })}</span>
        <button class="button" type="button" @click=${() => this.exporting?.abort()}>${words.stop}</button>
      </span>`;
    }
    return html`<button class="button push" type="button" aria-disabled=${!this.rows.length} @click=${this.export}>
      ${icon('download')}${words.export}
    </button>`;
  }

  /** Name and rows of the file. The first row is the heading. */
  protected abstract csv(rows: Row[]): { name: string; rows: (string | number | null | undefined)[][] };

  /** Everything that the filters let through, as one file. */
  private async export(): Promise<void> {
    if (!this.rows.length) return;
    const running = (this.exporting = new AbortController());
    const rows: Row[] = [];
    let cursor: string | undefined;
    let error: ApiError | null = null;
    do {
      this.exported = rows.length;
      const answer: Page<Row> = await this.session!.call((client) =>
        this.read(client, this.query(cursor, EXPORT_PAGE), { signal: running.signal }),
      );
      error = answer.error;
      if (answer.error) break;
      rows.push(...answer.data);
      cursor = answer.pagination.nextCursor ?? undefined;
    } while (cursor && !running.signal.aborted);
    this.exported = null;
    if (running.signal.aborted) return;
    if (error) this.report(error);
    else {
      const file = this.csv(rows);
      download(file.name, toCsv(file.rows));
    }
  }
}

/** The reader's midnight at the beginning of a day, or of one some days later. */
export function startOfDay(day: string, later: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const moment = new Date(year, month - 1, date + later);
  return Number.isNaN(moment.getTime()) ? day : moment.toISOString();
}
