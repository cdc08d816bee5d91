import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import type { ApiError } from '../api.js';
import { formProblem, textField, valuesOf } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { ConsoleElement, consoleStyles } from './element.js';
import { signIn } from './session.js';
import { words } from './texts/index.js';

@customElement('console-sign-in')
export class ConsoleSignIn extends ConsoleElement {
  static override styles = [
    consoleStyles,
    css`
      main {
        display: grid;
        gap: 16px;
        max-inline-size: 26rem;
        margin: 12vh auto 0;
        padding: 0 16px 48px;
      }
      h1 {
        margin: 0;
        font-size: var(--o-title);
        line-height: 1.25;
      }
      .button {
        justify-self: start;
      }
    `,
  ];

  @property() base = '';
  /** The session that was there has ended. */
  @property({ type: Boolean }) expired = false;
  /** The name of whoever was signed in. */
  @property() known = '';
  @reactive() private busy = false;
  @reactive() private error: ApiError | null = null;

  protected begin(): void {}

  protected override firstUpdated(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>('input')?.focus());
  }

  protected view(): TemplateResult {
    const texts = words.signIn;
    const { error } = this;
    const refusal = error?.status === 401 ? texts.wrong : error?.code === 'insufficient_scope' ? texts.tooLittle : null;
    return html`<main>
      <h1>${words.title}</h1>
      ${this.expired ? html`<div class="notice warn" role="alert">${icon('clock')}<div>${texts.expired}</div></div>` : ''}
      <form class="card" @submit=${this.#submit}>
        ${refusal
          ? html`<div class="notice bad" role="alert">${icon('alert')}<div>${refusal}</div></div>`
          : formProblem(error, this.texts)}
        ${textField('key', texts.key, '', error, { type: 'password', required: true, hint: texts.keyHint })}
        ${textField('name', texts.name, this.known, error, { required: true, maxlength: 100, hint: texts.nameHint, autocomplete: 'name' })}
        <button class="button primary" type="submit" ?disabled=${this.busy}>${texts.submit}</button>
      </form>
    </main>`;
  }

  #submit = async (event: Event): Promise<void> => {
    const { text } = valuesOf(event);
    this.busy = true;
    this.error = null;
    const { data, error } = await signIn(this.base, text('key'), text('name'));
    this.busy = false;
    this.error = error;
    if (data) this.dispatchEvent(new CustomEvent('signed-in', { detail: data }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'console-sign-in': ConsoleSignIn;
  }
}
