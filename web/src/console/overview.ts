import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Result } from '../api.js';
import { Resource } from '../resource.js';
import { badge } from '../ui/badge.js';
import { skeleton } from '../ui/states.js';
import { ROOT } from './adapter.js';
import type { OverviewRead } from './api.js';
import { ConsoleElement, consoleStyles } from './element.js';
import { linkTo } from './place.js';
import { words } from './texts/index.js';

/** What there is to do, how much there is, and the figures by day. */
@customElement('console-overview')
export class ConsoleOverview extends ConsoleElement {
  static override styles = [
    consoleStyles,
    css`
      .tiles,
      .pair {
        display: grid;
        gap: 12px;
        align-items: start;
      }
      .tiles {
        grid-template-columns: repeat(6, minmax(0, 1fr));
        align-items: stretch;
      }
      .pair {
        grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
      }
      @container (max-width: 860px) {
        .tiles {
          grid-template-columns: repeat(3, minmax(0, 1fr));
        }
      }
      @container (max-width: 420px) {
        .tiles {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      .tile {
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        gap: 4px;
        padding: 14px 16px;
        color: inherit;
        text-decoration: none;
      }
      .tile:hover {
        background: var(--o-hover);
      }
      .tile strong {
        font-size: calc(var(--o-title) * 1.3);
        line-height: 1.2;
        font-weight: 650;
      }
      .tile.bad strong {
        color: var(--o-bad);
      }
      .counts {
        padding: 6px 16px 10px;
      }
      .counts li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 2px 12px;
        padding-block: 6px;
      }
      .counts meter {
        grid-column: 1 / -1;
        inline-size: 100%;
        block-size: 4px;
        border: 0;
        border-radius: 2px;
        background: var(--o-quiet-tint);
        appearance: none;
      }
      meter::-webkit-meter-bar {
        block-size: 4px;
        border: 0;
        border-radius: 2px;
        background: var(--o-quiet-tint);
      }
      meter::-webkit-meter-optimum-value {
        border-radius: 2px;
        background: var(--o-accent);
      }
      meter::-moz-meter-bar {
        border-radius: 2px;
        background: var(--o-accent);
      }
    `,
  ];

  /** Whether it is the view that is shown. */
  @property({ type: Boolean }) active = false;
  private readonly counts = new Resource<Result<OverviewRead>>(this, (client, options) =>
    client.embed.request('GET', `${ROOT}/overview`, options),
  );

  protected begin(): void {
    if (!this.counts.asked) void this.counts.load();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('active') && this.active && this.counts.answer) void this.counts.load();
  }

  protected view(): TemplateResult {
    return html`<div class="stack">
      <h2>${words.overview.title}</h2>
      ${this.#content()}
      <orderly-insights></orderly-insights>
    </div>`;
  }

  #content(): TemplateResult {
    const { answer, error, loading } = this.counts;
    if (error && !loading) return html`<div class="card">${this.problem(this.counts)}</div>`;
    return answer ? this.#counts(answer.data) : html`<div class="card">${skeleton(5, this.texts)}</div>`;
  }

  #counts({ end_users, orders, shipments, action_requests: requests, bridges, webhooks }: OverviewRead): TemplateResult {
    const texts = words.overview;
    const { capped } = webhooks;
    return html`<div class="tiles">
        ${this.#tile(texts.requests, requests.pending ?? 0, linkTo('queue'))}
        ${this.#tile(texts.exceptions, shipments.exception ?? 0, linkTo('overview', 'shipments'), true)}
        ${this.#tile(texts.connections, bridges.error ?? 0, linkTo('overview', 'connections'), true)}
        ${this.#tile(texts.failing, webhooks.failing, `${linkTo('overview', 'webhooks')}?state=failing`, true, capped)}
        ${this.#tile(texts.disabled, webhooks.disabled, `${linkTo('overview', 'webhooks')}?state=disabled`, true, capped)}
        ${this.#tile(texts.merchants, end_users, linkTo('merchants'))}
      </div>
      <div class="pair">
        ${this.#statuses(texts.orders, orders)} ${this.#statuses(texts.shipments, shipments)}
        ${this.#statuses(texts.allRequests, requests, (status) => linkTo('queue') + (status === 'pending' ? '' : `?status=${status}`))}
      </div>`;
  }

  #tile(name: string, count: number, link: string, isTrouble = false, capped = false): TemplateResult {
    const tone = isTrouble && count > 0 ? 'bad' : '';
    return html`<a class="card tile ${tone}" href=${link}>
      <span class="muted">${name}</span><strong class="number">${this.format.number(count)}${capped && count >= 1000 ? '+' : ''}</strong>
    </a>`;
  }

  /** The statuses that there are, most of them first. */
  #statuses(name: string, counts: Record<string, number>, link?: (status: string) => string): TemplateResult {
    const given = Object.entries(counts).filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
    const total = given.reduce((sum, [, count]) => sum + count, 0);
    return html`<section class="card">
      <h3 class="row">${name} <span class="muted number push">${this.format.number(total)}</span></h3>
      ${total
        ? html`<ul class="counts">
            ${given.map(([status, count]) => {
              const label = badge(status, this.texts);
              return html`<li>
                <span>${link ? html`<a class="link" href=${link(status)}>${label}</a>` : label}</span>
                <span class="number">${this.format.number(count)}</span>
                <meter aria-hidden="true" max=${total} .value=${count}></meter>
              </li>`;
            })}
          </ul>`
        : html`<p class="pad muted">${words.overview.none}</p>`}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-overview': ConsoleOverview;
  }
}
