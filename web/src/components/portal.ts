import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import { OrderlyElement } from '../element.js';
import { base, sections } from '../styles.js';
import type { Texts } from '../texts/index.js';
import { showCurrent } from '../ui/links.js';

interface Section {
  name: keyof Texts['navigation'] & string;
  needs: [scope: string, feature: string | string[]];
  /** The element of the section. */
  list: () => TemplateResult;
  /** Views of one of its objects. */
  details?: Record<string, (id: string, from?: string) => TemplateResult>;
}

const SECTIONS: Section[] = [
  {
    name: 'orders',
    needs: ['orders:read', 'data_room'],
    list: () => html`<orderly-orders></orderly-orders>`,
    details: { order: (id) => html`<orderly-order order-id=${id} back></orderly-order>` },
  },
  {
    name: 'shipments',
    needs: ['shipments:read', 'data_room'],
    list: () => html`<orderly-shipments></orderly-shipments>`,
    details: {
      shipment: (id, from) =>
        html`<orderly-tracking shipment-id=${id} .fromOrder=${from === 'orders'} back></orderly-tracking>`,
    },
  },
  {
    name: 'requests',
    needs: ['actions:read', 'action_requests'],
    list: () => html`<orderly-requests></orderly-requests>`,
  },
  { name: 'connect', needs: ['bridges:read', 'bridges'], list: () => html`<orderly-bridges></orderly-bridges>` },
  { name: 'alerts', needs: ['alerts:read', 'smart_alerts'], list: () => html`<orderly-alerts></orderly-alerts>` },
  { name: 'webhooks', needs: ['webhooks:read', 'end_user_webhooks'], list: () => html`<orderly-webhooks></orderly-webhooks>` },
  {
    name: 'trackingPages',
    needs: ['tracking:read', 'branded_tracking'],
    list: () => html`<orderly-tracking-pages></orderly-tracking-pages>`,
  },
  { name: 'insights', needs: ['orders:read', 'data_room'], list: () => html`<orderly-insights></orderly-insights>` },
];

interface Place {
  view: string;
  id: string | null;
  /** The section that it was opened from, whose list stays behind it. */
  from?: string | undefined;
}

/**
 * All components as one page with sections. The address's part behind `#` follows, so that the browser's buttons work.
 */
@customElement('orderly-portal')
export class OrderlyPortal extends OrderlyElement {
  static override styles = [
    base,
    sections,
    css`
      :host {
        min-block-size: 100%;
        background: var(--o-page);
      }
      .band {
        background: var(--o-band);
        color: var(--o-on-band);
      }
      .wrap {
        max-inline-size: 1240px;
        margin-inline: auto;
        padding-inline: 20px;
      }
      .band .wrap {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 14px;
        min-block-size: 60px;
        padding-block: 10px;
      }
      .band img {
        block-size: 36px;
        max-inline-size: 180px;
        object-fit: contain;
        padding: 4px 8px;
        border-radius: 6px;
        background: #fff;
      }
      .company {
        font-size: var(--o-large);
        font-weight: 650;
      }
      .merchant {
        margin-inline-start: auto;
      }
      .content {
        padding-block: 20px 48px;
      }
      @container (max-width: 480px) {
        .wrap {
          padding-inline: 14px;
        }
        .merchant {
          order: 1;
          inline-size: 100%;
          margin: 0;
        }
        orderly-notifications {
          margin-inline-start: auto;
        }
      }
    `,
  ];

  protected readonly needs = ['', []] as const;
  @reactive() private place: Place = { view: '', id: null };
  #depth = 0;
  #shown: string | undefined;

  override get isAllowed(): boolean {
    return true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('orderly-navigate', this.#onNavigate as EventListener);
    window.addEventListener('popstate', this.#onAddress);
    this.#onAddress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#onAddress);
  }

  protected begin(): void {}

  /** The section's link may be outside of what a narrow screen shows of them. */
  protected override updated(): void {
    const links = this.renderRoot.querySelector('nav .wrap');
    if (links && this.#scrolled !== this.place.view) showCurrent(links);
    this.#scrolled = links ? this.place.view : null;
    const opener = this.#openers[this.#depth];
    if (!opener) return;
    this.#openers.length = this.#depth;
    (opener.isConnected ? opener : links?.querySelector<HTMLElement>('[aria-current]'))?.focus();
  }
  #scrolled: string | null = null;

  /** What opened the next place, by the depth at which it stands: the focus goes back to it. */
  #openers: HTMLElement[] = [];

  protected view(): TemplateResult | typeof nothing {
    const { info } = this.session!;
    if (!info) return html`<div class="wrap" role="status"><span class="hidden">${this.texts.states.loading}</span></div>`;
    const sections = SECTIONS.filter((each) => this.session!.allows(...each.needs));
    const shown = sections.find((each) => this.#isIn(each)) ?? sections[0];
    this.#shown = shown?.name;
    const { view, id, from } = this.place;
    const detail = id === null ? undefined : sections.find((each) => each.details?.[view])?.details![view]!(id, from);
    return html`${this.#header()}
      <nav aria-label=${this.texts.navigation.label}>
        <div class="wrap">
          ${sections.map(
            (each) => html`<a
              href=${`#/${each.name}`}
              aria-current=${each === shown ? 'page' : nothing}
              @click=${(event: Event) => this.#onLink(event, each.name)}
              >${this.texts.navigation[each.name]}</a
            >`,
          )}
        </div>
      </nav>
      <div class="wrap content">
        ${shown ? html`<div ?hidden=${detail !== undefined}>${shown.list()}</div>` : nothing}${detail ?? nothing}
      </div>`;
  }

  #header(): TemplateResult {
    const { branding } = this.session!.info!.organization;
    const name = typeof branding.company_name === 'string' ? branding.company_name : '';
    const logo = typeof branding.logo_url === 'string' && branding.logo_url.startsWith('https://') ? branding.logo_url : '';
    const { name: merchant, externalId } = this.session!.info!.endUser;
    const hide = (event: Event) => (event.target as HTMLElement).remove();
    return html`<div class="band" part="header">
      <div class="wrap">
        ${logo ? html`<img src=${logo} alt="" referrerpolicy="no-referrer" @error=${hide} />` : nothing}
        <h1 class="company">${name || (merchant ?? externalId)}</h1>
        <span class="merchant">${name ? (merchant ?? externalId) : nothing}</span>
        <orderly-notifications></orderly-notifications>
      </div>
    </div>`;
  }

  #isIn(section: Section): boolean {
    const { view, from } = this.place;
    return from ? from === section.name : view === section.name || Object.hasOwn(section.details ?? {}, view);
  }

  #onLink(event: Event, view: string): void {
    event.preventDefault();
    this.#go({ view, id: null });
  }

  #onNavigate = (event: CustomEvent<Place>): void => {
    const { view, id } = event.detail;
    if (!SECTIONS.some((each) => each.name === view || Object.hasOwn(each.details ?? {}, view))) return;
    event.preventDefault();
    // Back to where one came from, rather than one step further.
    if (id === null && this.#depth > 0) history.back();
    else {
      const opener = (event.composedPath()[0] as Element).shadowRoot!.activeElement;
      const depth = this.#depth;
      this.#go({ view, id, from: id === null ? undefined : this.#shown });
      if (opener) this.#openers[depth] = opener as HTMLElement;
    }
  };

  #go(place: Place): void {
    history.pushState({ orderly: this.#depth + 1, from: place.from }, '', place.id === null ? `#/${place.view}` : `#/${place.view}/${place.id}`);
    this.#onAddress();
  }

  #onAddress = (): void => {
    const [, view = '', id = null] = location.hash.split('/');
    this.#depth = Number(history.state?.orderly ?? 0);
    this.place = { view, id, from: history.state?.from };
  };
}
