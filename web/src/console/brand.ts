import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import type { ApiError } from '../api.js';
import type { OrderlyEmbed } from '../components/embed.js';
import { fill } from '../format.js';
import { answersOf } from '../gallery/answers.js';
import { session as example } from '../gallery/fixtures.js';
import { contrast, parseHex, themesOf } from '../theme.js';
import { choiceField, formProblem, textField, valuesOf } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import type { ConfigRead } from './api.js';
import { ConsoleElement, consoleStyles } from './element.js';
import { words } from './texts/index.js';

const MIN_CONTRAST = 4.5;
const DEFAULT_COLOUR = '#2f4b7c';
const PREVIEW_DELAY_MS = 150;
/** Fields of the form by their names in the branding. */
const FIELDS = ['company_name', 'primary_color', 'logo_url', 'support_email', 'support_url', 'support_phone'] as const;

/**
 * The brand, beside the portal and the tracking page as they would look with it. The portal is the real one with made-up
 * data; the tracking page comes from the server.
 */
@customElement('console-brand')
export class ConsoleBrand extends ConsoleElement {
  static override styles = [
    consoleStyles,
    css`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
        grid-template-columns: minmax(260px, 2fr) minmax(0, 3fr);
      }
      .colour {
        display: flex;
        gap: 8px;
        align-items: end;
      }
      .colour .field {
        flex: 1;
      }
      input[type='color'] {
        flex: none;
        inline-size: 44px;
        block-size: 36px;
        padding: 2px;
        border: 1px solid var(--o-field);
        border-radius: var(--o-radius);
        background: var(--o-card);
      }
      .frame {
        block-size: 340px;
        overflow: hidden;
        border: 1px solid var(--o-line);
        border-radius: var(--o-radius);
        background: var(--o-page);
      }
      iframe {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        border: 0;
      }
      @container (max-width: 860px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) config!: ConfigRead;
  @property() base = '';
  @property({ attribute: false }) error: ApiError | null = null;
  @property({ type: Boolean }) saved = false;
  @property({ type: Boolean }) busy = false;
  /** What the form has now. */
  @reactive() private draft: Record<string, string> = {};
  @reactive() private theme = 'light';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The colour that the tracking page is shown with, which follows the form after a moment. */
  @reactive() private shownColour = '';

  protected begin(): void {}

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('config')) return;
    const { branding } = this.config;
    this.draft = Object.fromEntries(FIELDS.map((name) => [name, typeof branding[name] === 'string' ? (branding[name] as string) : '']));
    this.shownColour = this.draft.primary_color!;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('draft')) this.#paint();
  }

  protected view(): TemplateResult {
    const texts = words.settings;
    const { draft, error } = this;
    const colour = parseHex(draft.primary_color) ? draft.primary_color! : DEFAULT_COLOUR;
    return html`<section class="stack">
      <div class="head"><h2>${texts.brand}</h2></div>
      <div class="columns">
        <form class="card" @submit=${this.#submit} @input=${this.#onInput}>
          ${textField('company_name', texts.company, draft.company_name, error, { maxlength: 60 })}
          <div class="colour">
            ${textField('primary_color', texts.colour, draft.primary_color, error, { maxlength: 9, placeholder: DEFAULT_COLOUR })}
            <input type="color" aria-label=${texts.choose} .value=${asSixDigits(colour)} @input=${this.#onColour} />
          </div>
          <p class="hint" role="status">${this.#contrast(draft.primary_color ?? '')}</p>
          ${textField('logo_url', texts.logo, draft.logo_url, error, { type: 'url', maxlength: 1000 })}
          ${textField('support_email', texts.email, draft.support_email, error, { type: 'email' })}
          ${textField('support_url', texts.url, draft.support_url, error, { type: 'url' })}
          ${textField('support_phone', texts.phone, draft.support_phone, error)}
          ${formProblem(error, this.texts)}
          <div class="row">
            <button class="button primary" type="submit" ?disabled=${this.busy}>${this.texts.actions.save}</button>
            <span class="muted" role="status">${this.saved ? html`${icon('check')} ${texts.saved}` : nothing}</span>
          </div>
        </form>
        <div class="stack">
          <div class="head">
            <h3>${texts.portal}</h3>
            <div class="push">${choiceField('theme', texts.preview, [['light', texts.light], ['dark', texts.dark]], this.theme, (value) => (this.theme = value))}</div>
          </div>
          <div class="frame" inert>
            <orderly-embed .baseUrl=${this.base} .sessionToken=${'example'} .fetch=${this.#fetch} theme=${this.theme}></orderly-embed>
          </div>
          <h3>${texts.tracking}</h3>
          <p class="hint">${texts.trackingHint}</p>
          <div class="frame"><iframe inert tabindex="-1" title=${texts.tracking} src=${this.#trackingPage}></iframe></div>
        </div>
      </div>
    </section>`;
  }

  get #trackingPage(): string {
    const lang = document.documentElement.lang;
    const query = new URLSearchParams({ slug: this.config.slug, primary_color: this.shownColour, lang });
    return `${this.base}/console/tracking-preview?${query}`;
  }

  #contrast(colour: string): string {
    const texts = words.settings;
    if (!colour) return '';
    const rgb = parseHex(colour);
    if (!rgb) return texts.badColour;
    const found = contrast(rgb, [255, 255, 255]);
    const told = fill(texts.contrast, { n: this.format.number(Math.floor(found * 10) / 10) });
    if (found >= MIN_CONTRAST) return `${told} ${texts.contrastGood}`;
    const { fill: shown, onFill } = themesOf(colour).light;
    return `${told} ${fill(texts.contrastAdjusted, { text: onFill, fill: shown })}`;
  }

  /** The portal's answers: example data, and the brand as it is in the form. */
  #fetch: typeof globalThis.fetch = async (input, init) => {
    if (!new URL(String(input)).pathname.endsWith('/embed/session')) return answersOf('filled')(input, init);
    const data = { ...example, organization: { slug: this.config.slug, branding: this.#branding() } };
    return new Response(JSON.stringify({ data }), { headers: { 'Content-Type': 'application/json' } });
  };

  #paint(): void {
    void this.renderRoot.querySelector<OrderlyEmbed>('orderly-embed')?.session.restart();
    clearTimeout(this.#timer);
    const colour = this.draft.primary_color?.trim() ?? '';
    this.#timer = setTimeout(() => {
      if (!colour || parseHex(colour)) this.shownColour = colour;
    }, PREVIEW_DELAY_MS);
  }

  /** What is stored beside the form's fields stays. */
  #branding(): Record<string, unknown> {
    const others = Object.entries(this.config.branding).filter(([name]) => !(FIELDS as readonly string[]).includes(name));
    return Object.fromEntries([...others, ...Object.entries(this.draft).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value)]);
  }

  #onInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    if (name) this.draft = { ...this.draft, [name]: value };
  };

  #onColour = (event: Event): void => {
    event.stopPropagation();
    this.draft = { ...this.draft, primary_color: (event.target as HTMLInputElement).value };
  };

  #submit = (event: Event): void => {
    valuesOf(event);
    this.emit('brand-saved', this.#branding());
  };
}

/** As a colour input takes it. */
function asSixDigits(colour: string): string {
  return `#${parseHex(colour)!.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'console-brand': ConsoleBrand;
  }
}
