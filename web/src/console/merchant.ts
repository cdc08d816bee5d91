import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { Action } from '../action.js';
import type { Result } from '../api.js';
import { Resource } from '../resource.js';
import { formProblem } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { showCurrent } from '../ui/links.js';
import { skeleton } from '../ui/states.js';
import { merchantFetch } from './adapter.js';
import type { EndUserDetail, SessionCreated } from './api.js';
import { ConsoleElement, consoleStyles } from './element.js';
import './events.js';
import { goTo, linkTo, type Place } from './place.js';
import type { SignedIn } from './session.js';
import './sessions.js';
import { words } from './texts/index.js';
import './why.js';

/** The merchants' own components, with what the organization may read of them. */
const TABS: Record<string, () => TemplateResult> = {
  orders: () => html`<orderly-orders></orderly-orders>`,
  shipments: () => html`<orderly-shipments></orderly-shipments>`,
  connections: () => html`<orderly-bridges></orderly-bridges>`,
  webhooks: () => html`<orderly-webhooks></orderly-webhooks>`,
  alerts: () => html`<orderly-alerts></orderly-alerts>`,
  pages: () => html`<orderly-tracking-pages></orderly-tracking-pages>`,
  figures: () => html`<orderly-insights></orderly-insights>`,
};
const OWN_TABS = ['sessions', 'events'];
/** Views that the components ask for, as tabs. */
const VIEWS: Record<string, string> = { order: 'orders', shipment: 'shipments', connect: 'connections', trackingPages: 'pages' };

/** One merchant whole: `merchants/{id}/{tab}/{object}`. */
@customElement('console-merchant')
export class ConsoleMerchant extends ConsoleElement {
  static override styles = [
    consoleStyles,
    css`
      .tabs {
        display: flex;
        gap: 2px;
        overflow-x: auto;
        scrollbar-width: none;
        border-block-end: 1px solid var(--o-line);
      }
      .tabs a {
        padding: 8px 12px;
        border-block-end: 2px solid transparent;
        color: var(--o-muted);
        font-weight: 550;
        text-decoration: none;
        white-space: nowrap;
      }
      .tabs a[aria-current] {
        border-color: var(--o-accent);
        color: var(--o-accent);
      }
      .tabs a:focus-visible {
        outline-offset: -2px;
      }
    `,
  ];

  @property({ attribute: false }) operator!: SignedIn;
  @property({ attribute: false }) place!: Place;
  @property() base = '';
  @reactive() private portalUrl: string | null = null;
  @reactive() private opened = false;
  private readonly action = new Action(this);
  private readonly merchant = new Resource<Result<EndUserDetail>>(this, (client, options) =>
    client.embed.request('GET', `/users/${encodeURIComponent(this.#id)}`, options),
  );
  #loaded = '';
  #fetch: typeof globalThis.fetch | null = null;

  get #id(): string {
    return this.place.path[1]!;
  }

  protected begin(): void {
    if (this.#loaded === this.#id) return;
    this.#loaded = this.#id;
    this.merchant.clear();
    this.portalUrl = null;
    this.opened = false;
    this.#fetch = null;
    void this.merchant.load();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('place') && this.session?.usable) {
      if (this.merchant.error && !this.merchant.loading) this.#loaded = '';
      this.begin();
    }
    showCurrent(this.renderRoot.querySelector('.tabs'));
  }

  protected view(): TemplateResult {
    const merchant = this.merchant.answer?.data;
    if (!merchant) {
      const content = this.merchant.error && !this.merchant.loading ? this.problem(this.merchant) : skeleton(6, this.texts);
      return html`<div class="stack"><div class="head">${this.#back()}</div><div class="card">${content}</div></div>`;
    }
    const tab = this.#tab;
    const names = words.merchants.tabs as Record<string, string>;
    return html`<section class="stack">
      <div class="head">
        ${this.#back()}
        <h2>${merchant.name ?? merchant.external_id}</h2>
        <span class="muted">
          ${merchant.name ? html`<span class="code">${merchant.external_id}</span>` : nothing} ${merchant.email ?? nothing}
        </span>
        <button class="button push" type="button" title=${words.merchants.viewHint} ?disabled=${this.action.busy !== null} @click=${this.#view}>
          ${words.merchants.view}
        </button>
      </div>
      ${formProblem(this.action.error, this.texts)} ${this.#portal()}
      <nav class="tabs" aria-label=${merchant.name ?? merchant.external_id}>
        ${[...Object.keys(TABS), ...OWN_TABS].map(
          (each) => html`<a href=${linkTo('merchants', merchant.id, each)} aria-current=${each === tab ? 'page' : nothing}>${names[each]}</a>`,
        )}
      </nav>
      ${this.#content(merchant, tab)}
    </section>`;
  }

  get #tab(): string {
    const named = this.place.path[2] ?? 'orders';
    if (named === 'why') return 'orders';
    return named in TABS || OWN_TABS.includes(named) ? named : 'orders';
  }

  #back(): TemplateResult {
    return html`<a class="button quiet icon" href=${linkTo('merchants')} aria-label=${this.texts.actions.back}>${icon('back')}</a>`;
  }

  #content(merchant: EndUserDetail, tab: string): TemplateResult {
    if (tab === 'sessions') return html`<console-sessions .merchant=${merchant.id}></console-sessions>`;
    if (tab === 'events') return html`<console-events .merchant=${merchant.id} .address=${this.place.query.toString()}></console-events>`;
    const { id, external_id: externalId, name, email } = merchant;
    this.#fetch ??= merchantFetch(this.operator, { id, externalId, name, email });
    const [, , view, object] = this.place.path;
    if (view === 'why' && object) {
      const address = this.place.query.toString();
      return html`${keyed(object, html`<console-why .merchant=${id} .order=${object} .address=${address}></console-why>`)}`;
    }
    return html`<orderly-embed
      .baseUrl=${this.base}
      .sessionToken=${this.operator.token}
      .fetch=${this.#fetch}
      @orderly-navigate=${this.#onNavigate}
    >
      <div ?hidden=${object !== undefined}>${TABS[tab]!()}</div>
      ${view === 'orders' && object
        ? html`<div class="stack">
            <div><a class="button" href=${linkTo('merchants', id, 'why', object)}>${words.why.link}</a></div>
            <orderly-order order-id=${object} back></orderly-order>
          </div>`
        : nothing}
      ${view === 'shipments' && object ? html`<orderly-tracking shipment-id=${object} back></orderly-tracking>` : nothing}
    </orderly-embed>`;
  }

  #onNavigate = (event: CustomEvent<{ view: string; id: string | null }>): void => {
    const { view, id } = event.detail;
    const tab = VIEWS[view] ?? view;
    if (!(tab in TABS)) return;
    event.preventDefault();
    goTo(linkTo('merchants', this.#id, tab, ...(id === null ? [] : [id])));
  };

  /** The tab is opened before the call, while the browser still knows that somebody clicked. */
  #view = async (): Promise<void> => {
    const tab = window.open('about:blank', '_blank');
    const body = { externalId: this.merchant.answer!.data.external_id, readOnly: true };
    const created = await this.action.run<SessionCreated>('view', (client) => client.embed.request('POST', '/sessions', { body }));
    this.portalUrl = created?.portalUrl ?? null;
    this.opened = false;
    if (tab && created) {
      tab.opener = null;
      tab.location.replace(created.portalUrl);
      this.opened = true;
    } else tab?.close();
  };

  #portal(): TemplateResult | typeof nothing {
    if (!this.portalUrl) return nothing;
    const texts = words.merchants;
    return html`<div class="notice" role="status">
      <div>
        ${this.opened
          ? texts.opened
          : html`${texts.blocked} <a class="link" href=${this.portalUrl} target="_blank" rel="noopener noreferrer">${texts.open}</a>`}
        ${texts.viewHint}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-merchant': ConsoleMerchant;
  }
}
