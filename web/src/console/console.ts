/** The page `/console`. */
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import '../embed.js';
import { OrderlyEmbed } from '../components/embed.js';
import { operatorFetch, type Operator } from './adapter.js';
import { Decisions } from './decisions.js';
import { signOut, store, storedSession, type SignedIn } from './session.js';
import './shell.js';
import './sign-in.js';
import { chooseWords, words } from './texts/index.js';

const NOBODY: Operator = { name: '', expiresAt: '', scopes: [], slug: '', branding: {} };
/** The API beside which this page is served. */
const BASE = new URL('.', document.baseURI).href.replace(/\/$/, '');

/** Sign-in, and behind it the console. A session that ends leaves everything where it is. */
@customElement('orderly-console')
export class OrderlyConsole extends LitElement {
  @reactive() private operator: SignedIn | null = storedSession();
  @reactive() private expired = false;
  #embed = new OrderlyEmbed();
  #decisions = new Decisions(this.#embed.session);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#embed.baseUrl = BASE;
    this.#embed.lang = document.documentElement.lang;
    this.#embed.fetch = operatorFetch(() => this.operator ?? NOBODY);
    this.addEventListener('orderly-error', this.#onError as EventListener);
    addEventListener('pagehide', this.#onLeave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#onLeave);
  }

  protected override render(): TemplateResult {
    const { operator } = this;
    this.#embed.sessionToken = operator?.token ?? 'nobody';
    return html`${this.#embed}`;
  }

  /** The embed's children are drawn here, because the embed itself is made only once. */
  protected override updated(): void {
    const { operator, expired } = this;
    let shell = this.#embed.querySelector('console-shell');
    if (operator && !shell) this.#embed.prepend((shell = this.#shell()));
    if (operator && shell) Object.assign(shell, { operator, hidden: expired });
    if (!operator) shell?.remove();
    const isAsked = !operator || expired;
    let form = this.#embed.querySelector('console-sign-in');
    if (isAsked && !form) {
      form = document.createElement('console-sign-in');
      form.addEventListener('signed-in', this.#onSignedIn as EventListener);
      this.#embed.append(form);
    }
    if (isAsked && form) Object.assign(form, { base: BASE, expired, known: operator?.name ?? '' });
    else form?.remove();
  }

  #shell() {
    const shell = Object.assign(document.createElement('console-shell'), { decisions: this.#decisions, base: BASE });
    shell.addEventListener('sign-out', this.#onSignOut);
    shell.addEventListener('operator-changed', this.#onChanged as EventListener);
    return shell;
  }

  #onSignedIn = (event: CustomEvent<SignedIn>): void => {
    // Another organization's key must not show what this one's has left.
    if (this.operator && this.operator.slug !== event.detail.slug) this.#embed.querySelector('console-shell')?.remove();
    this.operator = event.detail;
    this.expired = false;
    store(event.detail);
    // Even if it is the same token as before.
    void this.updateComplete.then(() => this.#embed.session.restart());
  };

  #onSignOut = async (): Promise<void> => {
    await this.#decisions.flush();
    const operator = this.operator!;
    this.operator = null;
    history.replaceState(null, '', location.pathname);
    await signOut(BASE, operator);
  };

  #onChanged = (event: CustomEvent<Partial<SignedIn>>): void => {
    this.operator = { ...this.operator!, ...event.detail };
    store(this.operator);
  };

  #onError = (event: CustomEvent<{ status: number; code: string }>): void => {
    if (event.detail.status === 401 && event.detail.code !== 'wrong_credential' && this.operator) this.expired = true;
  };

  #onLeave = (): void => void this.#decisions.flush();
}

const language = await chooseWords(navigator.languages);
document.documentElement.lang = language;
document.title = words.title;
document.body.append(document.createElement('orderly-console'));

declare global {
  interface HTMLElementTagNameMap {
    'orderly-console': OrderlyConsole;
  }
}
