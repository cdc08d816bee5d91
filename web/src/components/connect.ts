import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { BridgeSummary, BridgeTypeRead, Result } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { base } from '../styles.js';
import { formProblem, formStyles, textField, valuesOf } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { skeleton, state } from '../ui/states.js';

interface ConfigField {
  name: string;
  label: string;
  type: string;
  required: boolean;
}

/** What the shop's consent page is opened for. */
interface Consent {
  bridgeId: string;
  url: string;
}

const WATCHED_EVERY_MS = 2_000;
/** A consent that is not given in this time has ended. */
const CONSENT_ENDS_MS = 10 * 60_000;

/**
 * Connects a shop or shipper: the catalog, then its form, or its consent page in a window of its own.
 *
 * @fires orderly-bridge-created - `{id, type}` of a connection that was made or renewed.
 * @fires orderly-bridge-connected - `{id, type}` of one whose consent was given.
 */
@customElement('orderly-connect')
export class OrderlyConnect extends OrderlyElement {
  static override styles = [
    base,
    formStyles,
    css`
      .types {
        display: grid;
        gap: 10px;
        grid-template-columns: repeat(auto-fill, minmax(min(230px, 100%), 1fr));
        padding: 12px 16px 16px;
      }
      .type {
        display: grid;
        gap: 2px;
        padding: 12px 14px;
        border: 1px solid var(--o-line);
        border-radius: var(--o-radius);
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .type:hover {
        border-color: var(--o-accent);
        background: var(--o-hover);
      }
      .type strong {
        font-weight: 650;
      }
      .top {
        padding: 10px 16px 0;
      }
    `,
  ];

  protected readonly needs = ['bridges:write', 'bridges'] as const;

  /** Shows a button that closes it, with `orderly-close`. */
  @property({ type: Boolean }) closable = false;
  /** The connection that gets new credentials; without, a new one is made. */
  @property({ attribute: false }) renews: BridgeSummary | null = null;

  @reactive() private chosen: BridgeTypeRead | null = null;
  @reactive() private byKey = false;
  @reactive() private consent: Consent | null = null;
  @reactive() private outcome: 'connected' | 'ended' | null = null;
  private readonly action = new Action(this, this.needs);
  #timer = 0;

  private readonly types = new Resource<Result<BridgeTypeRead[]>>(this, (client, options) =>
    client.embed.bridgeTypes.list({}, options),
  );

  override get isAllowed(): boolean {
    return this.action.isAllowed;
  }

  protected begin(): void {
    if (!this.types.asked) void this.types.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected view(): TemplateResult {
    const { answer, error, loading } = this.types;
    if (error && !loading && !answer) return html`<div class="card">${this.problem(this.types)}</div>`;
    if (!answer) return html`<div class="card">${skeleton(3, this.texts)}</div>`;
    const type = this.renews ? answer.data.find(({ id }) => id === this.renews!.type) : this.chosen;
    if (this.consent) return this.#waiting(this.consent, type ?? null);
    return type ? this.#form(type) : this.#catalog(answer.data);
  }

  #catalog(types: BridgeTypeRead[]): TemplateResult {
    const words = this.texts.bridges;
    return html`<section class="card">
      <div class="row top"><h3>${words.choose}</h3>${this.#closeButton()}</div>
      ${types.length
        ? html`<div class="types">
            ${types.map(
              (each, at) => html`<button class="type" type="button" ?data-first=${at === 0} @click=${() => this.#choose(each)}>
                <strong>${each.name}</strong><span class="muted small">${words.categories[each.category] ?? each.category}</span>
              </button>`,
            )}
          </div>`
        : state('plug', words.noTypes, nothing, nothing, 'status')}
      ${this.outcome === 'connected'
        ? html`<div class="notice good" role="status">${icon('check')}<div>${words.connected}</div></div>`
        : nothing}
    </section>`;
  }

  #closeButton(): TemplateResult | typeof nothing {
    if (!this.closable) return nothing;
    return html`<button class="button quiet icon push" type="button" aria-label=${this.texts.actions.close} @click=${() => this.emit('orderly-close', null)}>
      ${icon('close')}
    </button>`;
  }

  #choose(type: BridgeTypeRead | null): void {
    this.chosen = type;
    this.byKey = false;
    this.outcome = null;
    this.action.clear();
  }

  #form(type: BridgeTypeRead): TemplateResult {
    const words = this.texts.bridges;
    const { error } = this.action;
    const fields = type.config_fields as unknown as ConfigField[];
    const consents = this.#consents(type);
    const byConsent = consents && !this.byKey;
    const shown = byConsent ? fields.filter(({ name }) => name === type.consent_field) : fields;
    return html`<section class="card">
      <div class="row top"><h3>${fill(this.renews ? words.reconnectTo : words.connectTo, { name: type.name })}</h3>${this.#closeButton()}</div>
      <form @submit=${(event: Event) => this.#send(event, type, shown, byConsent)}>
        ${this.renews ? nothing : textField('name', words.name, type.name, error, { required: true, maxlength: 100 })}
        ${shown.map((field) =>
          textField(field.name, field.label, '', error, {
            type: field.type === 'password' ? 'password' : field.type === 'url' ? 'url' : 'text',
            required: field.required,
            maxlength: 4000,
            ...(field.type === 'password' ? { autocomplete: 'new-password' } : {}),
          }),
        )}
        ${byConsent ? html`<p class="hint">${fill(words.consentHint, { name: type.name })}</p>` : nothing}
        ${formProblem(error, this.texts)}
        ${error?.code === 'already_connected' ? html`<p class="hint">${words.already}</p>` : nothing}
        ${this.outcome === 'ended' ? html`<div class="notice warn" role="alert">${icon('clock')}<div>${words.consentEnded}</div></div>` : nothing}
        <div class="row">
          <button class="button primary" type="submit" aria-disabled=${this.action.busy !== null}>
            ${this.action.busy ? words.connecting : byConsent ? fill(words.goTo, { name: type.name }) : words.connect}
          </button>
          ${this.renews ? nothing : html`<button class="button" type="button" @click=${() => this.#choose(null)}>${this.texts.actions.back}</button>`}
          ${consents && fields.some(({ type: kind }) => kind === 'password')
            ? html`<button class="button quiet" type="button" @click=${() => (this.byKey = !this.byKey)}>
                ${this.byKey ? words.byConsent : words.byKey}
              </button>`
            : nothing}
        </div>
        ${/^https:\/\//.test(type.docs_url ?? '')
          ? html`<p class="hint"><a class="link" href=${type.docs_url} target="_blank" rel="noopener noreferrer">${words.help}</a></p>`
          : nothing}
      </form>
    </section>`;
  }

  /** Whether the shop has a consent page: OAuth, or one that makes keys. */
  #consents(type: BridgeTypeRead): boolean {
    return type.consent_field !== null;
  }

  async #send(event: Event, type: BridgeTypeRead, fields: ConfigField[], byConsent: boolean): Promise<void> {
    const { text } = valuesOf(event);
    const config = Object.fromEntries(fields.map(({ name }) => [name, text(name)]).filter(([, value]) => value));
    if (byConsent) return this.#ask(type, { ...config, ...(this.renews ? {} : { name: text('name') }) });
    const { renews } = this;
    const made = await this.action.run('connect', (client, options) =>
      renews
        ? client.embed.bridges.update(renews.id, { config })
        : client.embed.bridges.create({ type: type.id, name: text('name'), config }, options),
    );
    if (!made) return;
    // Whether the credentials work is what everybody wants to know next; the list shows it.
    void this.session!.call((client) => client.embed.bridges.test(made.id));
    this.#done('orderly-bridge-created', made.id, type.id);
  }

  /** Opens the window at once, since browsers block one that is opened later, and leads it to the shop. */
  async #ask(type: BridgeTypeRead, body: Record<string, string>): Promise<void> {
    const opened = window.open('about:blank', 'orderly-consent', 'popup,width=720,height=800');
    const path = type.auth_methods.includes('oauth') ? `/bridges/${type.id}/oauth/start` : `/bridges/${type.id}/connect`;
    const started = await this.action.run<{ bridgeId: string; authUrl: string }>('consent', (client, options) =>
      client.embed.request('POST', path, { body, ...options }),
    );
    if (!started || !/^https?:\/\//.test(started.authUrl)) {
      opened?.close();
      return;
    }
    this.consent = { bridgeId: started.bridgeId, url: started.authUrl };
    if (opened) {
      opened.opener = null;
      opened.location.replace(started.authUrl);
    }
    this.#watch(started.bridgeId, type.id, opened, Date.now() + CONSENT_ENDS_MS);
  }

  /** Until the connection works, the window is closed, or the consent has ended. */
  #watch(id: string, type: string, opened: Window | null, until: number): void {
    this.#timer = setTimeout(async () => {
      const isOver = opened?.closed === true || Date.now() > until;
      const { data } = await this.session!.call((client) => client.embed.bridges.list());
      const bridge = data?.find((each) => each.id === id);
      if (!this.consent || !this.isConnected) return;
      if (bridge?.status === 'active' && !bridge.reconnect_required) {
        opened?.close();
        this.consent = null;
        this.outcome = 'connected';
        this.#done('orderly-bridge-connected', id, type);
        this.#done('orderly-bridge-created', id, type);
      } else if (isOver) {
        this.consent = null;
        this.outcome = 'ended';
      } else this.#watch(id, type, opened, until);
    }, WATCHED_EVERY_MS);
  }

  #waiting(consent: Consent, type: BridgeTypeRead | null): TemplateResult {
    const words = this.texts.bridges;
    const stop = () => {
      clearTimeout(this.#timer);
      this.consent = null;
    };
    return html`<section class="card">
      ${state(
        'link',
        fill(words.waiting, { name: type?.name ?? '' }),
        words.waitingHint,
        html`<span class="row">
          <a class="button" href=${consent.url} target="orderly-consent" rel="noopener noreferrer">${words.openAgain}</a>
          <button class="button" type="button" @click=${stop}>${this.texts.actions.cancel}</button>
        </span>`,
        'status',
      )}
    </section>`;
  }

  #done(event: string, id: string, type: string): void {
    if (event === 'orderly-bridge-created') this.chosen = null;
    this.emit(event, { id, type });
  }
}
