import { LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import type { Action, Needs } from './action.js';
import type { ApiError } from './api.js';
import type { OrderlyEmbed } from './components/embed.js';
import { firstOf, placeIn, restore } from './focus.js';
import type { Formatter } from './format.js';
import type { Resource } from './resource.js';
import type { Session, SessionListener } from './session.js';
import { base, table } from './styles.js';
import { en, type Texts } from './texts/index.js';
import { problem } from './ui/states.js';

/** A component inside an `<orderly-embed>`, whose session it uses. */
export abstract class OrderlyElement extends LitElement implements SessionListener {
  static override styles: CSSResultGroup = [base, table];

  session: Session | null = null;
  readonly resources = new Set<Resource<any>>();
  readonly actions = new Set<Action>();
  #openers = new WeakMap<Element, string>();
  #wantsFocus = false;
  #renewals = 0;

  /** The scope and the feature (or one of several) without which the component shows nothing. */
  protected abstract readonly needs: Needs;

  get texts(): Texts {
    return this.session?.texts ?? en;
  }

  get format(): Formatter {
    return this.session!.format;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.session = findEmbed(this)?.session ?? null;
    if (!this.session) {
      console.warn(`<${this.localName}> must be inside an <orderly-embed>.`);
      return;
    }
    this.#renewals = this.session.renewals;
    this.session.add(this);
    this.sessionChanged();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session?.remove(this);
  }

  sessionChanged(): void {
    if (this.session!.usable && this.isAllowed) {
      if (this.#renewals !== this.session!.renewals) this.#retry();
      this.#renewals = this.session!.renewals;
      this.begin();
    }
    this.requestUpdate();
  }

  get isAllowed(): boolean {
    return this.session!.allows(...this.needs);
  }

  /** Loads what the component shows, unless it is loaded. Called whenever that may have become possible. */
  protected abstract begin(): void;

  /** What is shown once there are a session and texts. */
  protected abstract view(): TemplateResult | typeof nothing;

  protected override render(): TemplateResult | typeof nothing {
    if (!this.session?.texts || this.session.state === 'refused' || this.session.state === 'missing') return nothing;
    return this.isAllowed ? this.view() : nothing;
  }

  /** The keyboard goes on here, once there is something to go on with. */
  takeFocus(): void {
    this.#wantsFocus = true;
    this.requestUpdate();
  }

  protected override update(changed: PropertyValues): void {
    const root = this.renderRoot as ShadowRoot;
    const before = placeIn(root);
    super.update(changed);
    if (before) restore(root, before, this.#openers);
    if (!this.#wantsFocus) return;
    const first = firstOf(root);
    first?.focus();
    this.#wantsFocus = !first;
  }

  /** Asks the page, or the component around this one, to go somewhere. False if somebody does that. */
  protected navigate(view: string, id: string | null = null): boolean {
    return this.emit('orderly-navigate', { view, id }, { cancelable: true });
  }

  emit(name: string, detail: unknown, options: { cancelable?: boolean } = {}): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, ...options }));
  }

  /** Tells the page of a failed call. */
  report(error: ApiError): void {
    this.emit('orderly-error', { component: this.localName, ...error });
  }

  protected problem(resource: { error: ApiError | null; load(): unknown }): TemplateResult {
    return problem(resource.error!, this.texts, () => void resource.load(), this.session!.supportName);
  }

  /** After the session began to work again. What somebody asked for is not repeated; they see that they can. */
  #retry(): void {
    for (const action of this.actions) action.clear();
    for (const resource of this.resources) if (resource.error) void resource.load();
  }
}

/** The nearest `<orderly-embed>` around an element, also beyond the shadow roots that it is in. */
function findEmbed(element: Element): OrderlyEmbed | null {
  let at: Element | null = element;
  while (at) {
    const found: OrderlyEmbed | null = at.closest<OrderlyEmbed>('orderly-embed');
    if (found) return found;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}
