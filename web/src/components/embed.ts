import { css, html, nothing, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Session, type FetchSession, type SessionListener } from '../session.js';
import { base, tokens } from '../styles.js';
import { en } from '../texts/index.js';
import { themesOf, type Theme } from '../theme.js';
import { icon } from '../ui/icons.js';
import { problem, state } from '../ui/states.js';

/** The deployment that served this module. All its files are one folder below. */
const SERVED_FROM = new URL('..', import.meta.url).href;

/**
 * Gives the components inside it a merchant's session, language and look. Empty, it shows the whole portal.
 *
 * @fires orderly-ready - The session is known; `detail` is what `GET /embed/session` answers.
 * @fires orderly-error - A call failed; `detail` is `{component, code, message, status, requestId}`.
 * @fires orderly-navigate - Somebody opens something; `detail` is `{view, id}`. Cancel it to show it yourself.
 * @slot - The components.
 */
@customElement('orderly-embed')
export class OrderlyEmbed extends LitElement implements SessionListener {
  static override styles = [
    tokens,
    base,
    css`
      :host {
        container-type: normal;
      }
      :host([theme='light']) {
        color-scheme: light;
      }
      :host([theme='dark']) {
        color-scheme: dark;
      }
      .notice {
        margin-block-end: 12px;
      }
    `,
  ];

  /** The API's address. Default: where this module was loaded from. */
  @property({ attribute: 'base-url' }) baseUrl: string | null = null;
  /** An embed session's token, from your server. A new one takes the place of one that ended. */
  @property({ attribute: 'session-token' }) sessionToken: string | null = null;
  /** Your publishable key, instead of a token. Needs `external-id`. */
  @property({ attribute: 'publishable-key' }) publishableKey: string | null = null;
  /** The merchant's id in your application, with `publishable-key`. */
  @property({ attribute: 'external-id' }) externalId: string | null = null;
  /** Proof of the id, with `publishable-key`: see docs/client.md. */
  @property({ attribute: 'user-hash' }) userHash: string | null = null;
  /** Shows nothing if the session belongs to an organization with another slug. */
  @property() organization: string | null = null;
  /** `light` or `dark`. Default: what the reader prefers. */
  @property({ reflect: true }) theme: string | null = null;
  /** A language, such as `de`. Default: that of the page, then the browser's. */
  @property() override lang = '';
  /** Gets a session's token from your server. Asked at first, before a session ends, and when one has ended. */
  @property({ attribute: false }) fetchSession: FetchSession | null = null;
  /** Used for the API's calls instead of the browser's. */
  @property({ attribute: false }) fetch: typeof globalThis.fetch | null = null;

  readonly session = new Session();
  #brand = new CSSStyleSheet();
  #branded: unknown = null;
  #announced = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.session.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session.remove(this);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets = [this.#brand, ...root.adoptedStyleSheets];
    this.#paint(null);
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hasUpdated || changed.has('lang')) {
      const around = this.parentElement?.closest<HTMLElement>('[lang]')?.lang;
      void this.session.setLanguage([this.lang, around, ...navigator.languages]);
    }
    const source = ['baseUrl', 'sessionToken', 'publishableKey', 'externalId', 'userHash', 'organization', 'fetchSession', 'fetch'];
    if (!this.hasUpdated || source.some((name) => changed.has(name))) void this.session.begin(this.#options());
  }

  #options() {
    const { sessionToken, publishableKey, externalId, userHash, organization, fetchSession } = this;
    const baseUrl = new URL(this.baseUrl ?? SERVED_FROM, document.baseURI).href;
    // `fetch` loses its window when it is called as a property.
    const fetch = this.fetch && this.fetch.bind(globalThis);
    return { baseUrl, sessionToken, publishableKey, externalId, userHash, organization, fetchSession, fetch };
  }

  sessionChanged(): void {
    const info = this.session.info;
    if (info) this.#paint(info.organization.branding.primary_color);
    if (info && !this.#announced) {
      this.#announced = true;
      this.dispatchEvent(new CustomEvent('orderly-ready', { detail: info, bubbles: true, composed: true }));
    }
    if (this.session.error && (this.session.state === 'failed' || this.session.state === 'expired')) {
      const detail = { component: this.localName, ...this.session.error };
      this.dispatchEvent(new CustomEvent('orderly-error', { detail, bubbles: true, composed: true }));
    }
    this.requestUpdate();
  }

  /** A style sheet of its own, which a Content-Security-Policy allows where it refuses inline styles. */
  #paint(colour: unknown): void {
    if (this.#branded === colour && this.#brand.cssRules.length) return;
    this.#branded = colour;
    const { light, dark } = themesOf(colour);
    const pair = (name: keyof Theme) => `light-dark(${light[name]},${dark[name]})`;
    this.#brand.replaceSync(
      `:host{--brand-fill:${pair('fill')};--brand-on-fill:${pair('onFill')};` +
        `--brand-band:${pair('band')};--brand-on-band:${pair('onBand')};` +
        `--brand-accent:${pair('accent')};--brand-tint:${pair('tint')}}`,
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.session.texts) return nothing;
    if (this.#isClosed) return html`${this.#notice()}`;
    const portal = this.childElementCount ? nothing : html`<orderly-portal></orderly-portal>`;
    return html`${this.#notice()}${portal}<slot @slotchange=${() => this.requestUpdate()}></slot>`;
  }

  /** Without any session there is nothing to show. One that ended leaves everything as it is. */
  get #isClosed(): boolean {
    const { state: is, info } = this.session;
    return is === 'refused' || is === 'missing' || (info === null && (is === 'expired' || is === 'failed'));
  }

  #notice(): TemplateResult | typeof nothing {
    const { state: is, texts, error, info, offline } = this.session;
    const words = (texts ?? en).states;
    if (is === 'missing') return nothing;
    if (is === 'refused') return state('lock', words.refused, words.refusedHint, nothing, 'alert');
    if (info === null && error && (is === 'failed' || is === 'expired')) {
      return problem(error, texts ?? en, () => void this.session.restart(), words.support);
    }
    const hint = is === 'expired' ? [words.expired, words.expiredHint] : offline ? [words.offline, words.offlineHint] : null;
    if (!hint) return nothing;
    return html`<div class="notice warn" role="alert">
      ${icon(is === 'expired' ? 'clock' : 'offline')}
      <div><strong>${hint[0]}</strong> ${hint[1]}</div>
      <button class="button" type="button" @click=${() => this.session.restart()}>${(texts ?? en).actions.retry}</button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'orderly-embed': OrderlyEmbed;
  }
}
