import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Result } from '../api.js';
import { Resource } from '../resource.js';
import { badge } from '../ui/badge.js';
import { skeleton } from '../ui/states.js';
import { ROOT } from './adapter.js';
import type { Overview } from './api.js';
import { ConsoleElement, consoleStyles } from './element.js';
import { linkTo } from './place.js';
import { words } from './texts/index.js';

/** What there is to do, and how much there is. */
@customElement('console-overview')
export class ConsoleOverview extends ConsoleElement {
  static override styles = [
    consoleStyles,
    css`
      .tiles {
        display: grid;
        gap: 12px;
        grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr));
      }
      .tile {
        display: grid;
        gap: 2px;
        padding: 14px 16px;
        color: inherit;
        text-decoration: none;
      }
      a.tile:hover {
        background: var(--o-hover);
      }
      .tile strong {
        font-size: calc(var(--o-title) * 1.3);
        line-height: 1.2;
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      .tile.bad strong {
        color: var(--o-bad);
      }
      .two {
        grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
      }
      .counts {
        padding: 8px 16px 14px;
      }
      .counts li {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding-block: 6px;
        border-block-end: 1px solid var(--o-line);
      }
      .counts li:last-child {
        border: 0;
      }
    `,
  ];

  @property({ type: Boolean }) active = false;
  private readonly counts = new Resource<Result<Overview>>(this, (client, options) =>
    client.embed.request('GET', `${ROOT}/console/overview`, options),
  );

  protected begin(): void {
    if (!this.counts.asked) void this.counts.load();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('active') && this.active && this.counts.answer) void this.counts.load();
  }

  protected view(): TemplateResult {
    const texts = words.overview;
    const counts = this.counts.answer?.data;
    if (!counts) {
      const content = this.counts.error && !this.counts.loading ? this.problem(this.counts) : skeleton(4, this.texts);
      return html`<section class="stack"><h2>${texts.title}</h2><div class="card">${content}</div></section>`;
    }
    return html`<section class="stack">
      <h2>${texts.title}</h2>
      <div class="tiles">
        ${this.#tile(texts.requests, counts.open_requests, linkTo('queue'))}
        ${this.#tile(texts.exceptions, counts.exceptions, null, true)}
        ${this.#tile(texts.bridges, counts.bridges_in_error, null, true)}
        ${this.#tile(texts.webhooks, counts.failing_webhooks, null, true)}
      </div>
      <div class="two">${this.#statuses(texts.orders, counts.orders)} ${this.#statuses(texts.shipments, counts.shipments)}</div>
    </section>`;
  }

  #tile(name: string, count: number, link: string | null, isTrouble = false): TemplateResult {
    const content = html`<span class="muted">${name}</span><strong>${this.format.number(count)}</strong>`;
    const tone = isTrouble && count > 0 ? 'bad' : '';
    return link
      ? html`<a class="card tile ${tone}" href=${link}>${content}</a>`
      : html`<div class="card tile ${tone}">${content}</div>`;
  }

  #statuses(name: string, counts: Record<string, number>): TemplateResult {
    const given = Object.entries(counts).filter(([, count]) => count > 0);
    return html`<section class="card">
      <h3>${name}</h3>
      <ul class="counts">
        ${given.map(([status, count]) => html`<li>${badge(status, this.texts)}<span class="number">${this.format.number(count)}</span></li>`)}
        ${given.length ? nothing : html`<li class="muted">${words.overview.none}</li>`}
      </ul>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-overview': ConsoleOverview;
  }
}
