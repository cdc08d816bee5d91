import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { fill } from '../format.js';
import { sections } from '../styles.js';
import { icon } from '../ui/icons.js';
import { showCurrent } from '../ui/links.js';
import { state } from '../ui/states.js';
import './access.js';
import type { Decisions, Pending } from './decisions.js';
import { ConsoleElement, consoleStyles } from './element.js';
import './events.js';
import { isTyping, shortcutsOn, switchShortcuts } from './keyboard.js';
import './merchant.js';
import './merchants.js';
import './overview.js';
import { goTo, linkTo, placeOf, type Place } from './place.js';
import './queue.js';
import './search.js';
import type { SignedIn } from './session.js';
import './settings.js';
import { shellStyles } from './shell-styles.js';
import { words } from './texts/index.js';
import './troubles.js';

const SECTIONS = ['overview', 'queue', 'merchants', 'events', 'settings', 'access'] as const;
type Section = (typeof SECTIONS)[number];
/** Lists behind figures of the overview. */
const TROUBLES = ['overview/shipments', 'overview/connections', 'overview/webhooks'];
const GO_KEYS: Record<string, Section> = { o: 'overview', r: 'queue', m: 'merchants', e: 'events', s: 'settings', a: 'access' };

/** Header, sections, and the view that the address names. Views that were visited stay, so that they keep their place. */
@customElement('console-shell')
export class ConsoleShell extends ConsoleElement {
  static override styles = [consoleStyles, sections, shellStyles];

  @property({ attribute: false }) operator!: SignedIn;
  @property({ attribute: false }) decisions!: Decisions;
  @property() base = '';
  @reactive() private place: Place = placeOf(location.hash);
  /** The query that each visited section was left with. */
  #queries = new Map<string, string>();
  #scrolled = new Map<string, number>();
  #awaitsSection = false;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#onAddress);
    addEventListener('keydown', this.#onKey);
    this.decisions.addEventListener('change', this.#onDecisions);
    this.#onAddress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#onAddress);
    removeEventListener('keydown', this.#onKey);
    this.decisions.removeEventListener('change', this.#onDecisions);
  }

  protected begin(): void {}

  protected override updated(changed: PropertyValues): void {
    if (changed.has('place')) showCurrent(this.renderRoot.querySelector('nav .wrap'));
  }

  get #section(): string {
    return this.place.path[0] ?? 'overview';
  }

  /** The section, or the list behind one of its figures. */
  get #view(): string {
    const named = this.place.path.slice(0, 2).join('/');
    return TROUBLES.includes(named) ? named : this.#section;
  }

  protected view(): TemplateResult {
    const { branding, slug, name } = this.operator;
    const company = typeof branding.company_name === 'string' && branding.company_name ? branding.company_name : slug;
    return html`<header>
        <button class="button skip" type="button" @click=${this.#skip}>${words.skip}</button>
        <div class="wrap">
          <h1>${company}</h1>
          <form role="search" @submit=${this.#search}>
            <label class="search">
              <span class="hidden">${words.search.label}</span>${icon('search')}
              <input class="input" id="search" type="search" name="q" maxlength="200" placeholder=${words.search.label}
                aria-keyshortcuts="/" .value=${this.#section === 'search' ? (this.place.query.get('q') ?? '') : ''} />
            </label>
          </form>
          <span class="row push">
            <span class="muted small">${name}</span>
            <button class="button quiet icon" type="button" aria-label=${words.keys.title} @click=${this.#help}><kbd>?</kbd></button>
            <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('sign-out'))}>${words.signIn.out}</button>
          </span>
        </div>
      </header>
      <nav aria-label=${words.sections.label}>
        <div class="wrap">
          ${SECTIONS.map(
            (each) => html`<a href=${this.#linkOf(each)} aria-current=${each === this.#section ? 'page' : nothing}>${words.sections[each]}</a>`,
          )}
        </div>
      </nav>
      <main class="wrap content" id="content" tabindex="-1">${this.#views()}</main>
      ${this.#toasts()} ${this.#keys()}`;
  }

  #linkOf(section: Section): string {
    const query = section === this.#section ? '' : this.#queries.get(section);
    return linkTo(section) + (query ? `?${query}` : '');
  }

  #views(): TemplateResult {
    const view = this.#view;
    const isDeep = this.place.path.length > view.split('/').length;
    const shows = (name: string) => view === name;
    const kept = (name: string, draw: (query: string) => TemplateResult, hidden = !shows(name)) =>
      this.#queries.has(name) ? html`<div ?hidden=${hidden}>${draw(this.#queries.get(name)!)}</div>` : nothing;
    const known = [...SECTIONS, ...TROUBLES, 'search'].some(shows) && (!isDeep || view === 'merchants');
    return html`
      ${kept('overview', () => html`<console-overview ?active=${shows('overview')}></console-overview>`)}
      ${kept('overview/shipments', (query) => html`<console-exceptions .address=${query}></console-exceptions>`)}
      ${kept('overview/connections', (query) => html`<console-connections .address=${query}></console-connections>`)}
      ${kept('overview/webhooks', (query) => html`<console-webhooks .address=${query}></console-webhooks>`)}
      ${kept('queue', (query) => html`<console-queue .address=${query} .decisions=${this.decisions} ?active=${shows('queue')}></console-queue>`)}
      ${kept('merchants', (query) => html`<console-merchants .address=${query}></console-merchants>`, !shows('merchants') || isDeep)}
      ${kept('events', (query) => html`<console-events .address=${query}></console-events>`)}
      ${shows('merchants') && isDeep
        ? html`<console-merchant .operator=${this.operator} .place=${this.place} .base=${this.base}></console-merchant>`
        : nothing}
      ${shows('search') ? html`<console-search q=${this.place.query.get('q') ?? ''}></console-search>` : nothing}
      ${shows('settings') ? html`<console-settings .base=${this.base}></console-settings>` : nothing}
      ${shows('access') ? html`<console-access .operator=${this.operator}></console-access>` : nothing}
      ${known ? nothing : nowhere()}
    `;
  }

  #toasts(): TemplateResult {
    const texts = words.queue;
    const toast = (each: Pending) => {
      const decision = each.status === 'approved' ? texts.approving : texts.denying;
      const { title } = each;
      if (each.state === 'failed') {
        return html`<div class="toast bad" role="alert">
          <span>${fill(texts.notSent, { title, reason: each.error!.message })}</span>
          <button class="button" type="button" @click=${() => this.decisions.dismiss(each.id)}>${this.texts.actions.close}</button>
        </div>`;
      }
      return html`<div class="toast">
        <span>${each.state === 'sending' ? texts.sending : fill(texts.soon, { decision, title, n: each.secondsLeft })}</span>
        <button class="button" type="button" ?disabled=${each.state === 'sending'} @click=${() => this.decisions.undo(each.id)}>
          ${texts.undo}
        </button>
      </div>`;
    };
    return html`<div class="toasts">${[...this.decisions.pending.values()].slice(-5).map(toast)}</div>`;
  }

  #keys(): TemplateResult {
    const texts = words.keys;
    const listed: [string, string][] = [
      ['/', texts.search], ['j', texts.next], ['k', texts.previous], ['a', texts.approve], ['d', texts.deny], ['n', texts.note],
      ['u', texts.undo], ['g', texts.go], ['?', texts.help],
    ];
    return html`<dialog aria-labelledby="keys">
      <div class="head"><h2 id="keys">${texts.title}</h2></div>
      <dl class="pairs">${listed.map(([key, text]) => html`<dt><kbd>${key}</kbd></dt><dd>${text}</dd>`)}</dl>
      <label class="check">
        <input type="checkbox" .checked=${shortcutsOn()} @change=${(event: Event) => switchShortcuts((event.target as HTMLInputElement).checked)} />
        <span>${texts.on}</span>
      </label>
      <form method="dialog"><button class="button">${this.texts.actions.close}</button></form>
    </dialog>`;
  }

  #help = (): void => this.renderRoot.querySelector('dialog')!.showModal();

  /** What a link behind `#` does elsewhere; here it would be another view. */
  #skip = (): void => this.renderRoot.querySelector<HTMLElement>('#content')!.focus({ preventScroll: true });

  #search = (event: Event): void => {
    event.preventDefault();
    const q = String(new FormData(event.target as HTMLFormElement).get('q') ?? '').trim();
    if (q) goTo(`${linkTo('search')}?${new URLSearchParams({ q })}`);
  };

  #onAddress = (event?: Event): void => {
    // Where the view that is left was scrolled to.
    if (event) this.#scrolled.set(this.place.path.join('/'), scrollY);
    this.place = placeOf(location.hash);
    this.#queries.set(this.#view, this.place.query.toString());
    if (event) void this.updateComplete.then(this.#arrive);
  };

  /** Where the view was left; and the keyboard goes on there if what it was at is gone. */
  #arrive = (): void => {
    scrollTo(0, this.#scrolled.get(this.place.path.join('/')) ?? 0);
    const focused = (this.renderRoot as ShadowRoot).activeElement;
    if (!focused?.checkVisibility()) this.#skip();
  };

  #onDecisions = (): void => this.requestUpdate();

  #onKey = (event: KeyboardEvent): void => {
    if (this.hidden || isTyping(event) || !shortcutsOn()) return;
    const section = this.#awaitsSection ? GO_KEYS[event.key] : undefined;
    this.#awaitsSection = event.key === 'g';
    if (section) goTo(this.#linkOf(section));
    else if (event.key === '/') this.renderRoot.querySelector<HTMLElement>('#search')!.focus();
    else if (event.key === '?') this.#help();
    else if (event.key === 'u') this.decisions.undo();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
}

function nowhere(): TemplateResult {
  const { title, hint, back } = words.nowhere;
  return state('search', title, hint, html`<a class="button" href="#/">${back}</a>`, 'status');
}

declare global {
  interface HTMLElementTagNameMap {
    'console-shell': ConsoleShell;
  }
}
