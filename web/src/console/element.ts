import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ApiError, CallOptions, Client, Pagination, Result } from '../api.js';
import { OrderlyElement } from '../element.js';
import { base, table } from '../styles.js';
import { formStyles } from '../ui/form.js';
import { ListElement, type Filters } from '../ui/list.js';
import { errorText, state } from '../ui/states.js';
import { placeOf, replaceQuery } from './place.js';
import { words } from './texts/index.js';

/** A view of the console. Its operator's key decides what the API allows; a refusal is shown as such. */
export abstract class ConsoleElement extends OrderlyElement {
  protected readonly needs = ['', []] as const;

  override get isAllowed(): boolean {
    return true;
  }

  protected override problem(resource: Failed): TemplateResult {
    return refusal(this, resource) ?? super.problem(resource);
  }
}

interface Failed {
  error: ApiError | null;
  load(): unknown;
}

/** What the operator's key does not allow. There is nobody to ask but whoever has another key. */
function refusal({ texts }: OrderlyElement, { error }: Failed): TemplateResult | null {
  return error?.status === 403 ? state('lock', errorText(error, texts), words.forbidden, nothing, 'alert') : null;
}

/** A list whose filters and page stand in the address. */
export abstract class ConsoleList<Row extends { id: string }> extends ListElement<Row> {
  protected readonly needs = ['', []] as const;
  /** The address's query, which changes when somebody follows a link to another part of the same list. */
  @property() address = '';
  /** What the list reads, below `/api/v1/embed`. */
  protected abstract readonly path: string;

  override get isAllowed(): boolean {
    return true;
  }

  protected override problem(resource: Failed): TemplateResult {
    return refusal(this, resource) ?? super.problem(resource);
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('address') && this.address !== this.#written) this.#restore();
  }
  #written: string | null = null;

  #restore(): void {
    const { cursors, ...filters } = Object.fromEntries(new URLSearchParams(this.address));
    this.filters = filters;
    this.cursors = cursors ? cursors.split(',') : [];
    this.#written = this.address;
    if (this.page.asked) void this.page.load();
  }

  protected override placed(): void {
    replaceQuery({ ...this.filters, cursors: this.cursors.join(',') });
    this.#written = placeOf(location.hash).query.toString();
  }

  protected override async read(client: Client, query: Filters, options: CallOptions) {
    const answer = await client.embed.request('GET', this.path, { query, ...options });
    return answer as Result<Row[], { pagination: Pagination }>;
  }

  protected csv(): { name: string; rows: [] } {
    return { name: '', rows: [] };
  }
}

/** Headings of columns. A column of buttons has a name for screen readers only. */
export function columns(...names: (string | { hidden: string })[]): TemplateResult {
  const heading = (name: string | { hidden: string }) =>
    typeof name === 'string' ? name : html`<span class="hidden">${name.hidden}</span>`;
  return html`<tr role="row">${names.map((name) => html`<th role="columnheader">${heading(name)}</th>`)}</tr>`;
}

export const consoleStyles = [
  base,
  table,
  formStyles,
  css`
    a.link,
    td a {
      color: var(--o-accent);
      font-weight: 550;
      text-decoration: none;
    }
    td a:hover,
    a.link:hover {
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
    kbd {
      padding: 0 5px;
      border: 1px solid var(--o-line);
      border-block-end-width: 2px;
      border-radius: 4px;
      background: var(--o-page);
      color: var(--o-muted);
      font: 500 0.857em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    }
    .pairs {
      display: grid;
      gap: 8px 16px;
      align-content: start;
      grid-template-columns: minmax(110px, max-content) minmax(0, 1fr);
    }
    .pairs dt {
      color: var(--o-muted);
    }
    .lines {
      white-space: pre-line;
    }
    /* Short words, which a narrow column must not break. */
    td.end {
      white-space: nowrap;
    }
    td.short {
      overflow-wrap: break-word;
    }
    @container (max-width: 420px) {
      .pairs {
        grid-template-columns: 1fr;
        gap: 0;
      }
      .pairs dd {
        margin-block-end: 8px;
      }
    }
  `,
];
