import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { Result } from '../api.js';
import { Resource } from '../resource.js';
import { copyButton } from '../ui/copy.js';
import { formProblem, textField, valuesOf } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { skeleton, state } from '../ui/states.js';
import { ROOT } from './adapter.js';
import type { ApiKeyCreated, ApiKeyRead, OperatorSessionRead } from './api.js';
import { columns, ConsoleElement, consoleStyles } from './element.js';
import type { SignedIn } from './session.js';
import { words } from './texts/index.js';

const SCOPES = ['embed:manage', 'bridges:sync', 'keys:manage'];

/** API keys, and who is signed in to the console. */
@customElement('console-access')
export class ConsoleAccess extends ConsoleElement {
  static override styles = [consoleStyles];

  @property({ attribute: false }) operator!: SignedIn;
  @reactive() private adding = false;
  @reactive() private sure: string | null = null;
  @reactive() private created: ApiKeyCreated | null = null;
  private readonly action = new Action(this);
  private readonly keys = new Resource<Result<ApiKeyRead[]>>(this, (client, options) =>
    client.embed.request('GET', `${ROOT}/api-keys`, options),
  );
  private readonly operators = new Resource<Result<OperatorSessionRead[]>>(this, (client, options) =>
    client.embed.request('GET', `${ROOT}/console/sessions`, options),
  );

  protected begin(): void {
    if (!this.keys.asked) void this.keys.load();
    if (!this.operators.asked) void this.operators.load();
  }

  protected view(): TemplateResult {
    const texts = words.access;
    return html`<div class="stack">
      <div class="head">
        <h2>${texts.keys}</h2>
        <button class="button primary push" type="button" ?hidden=${this.adding} @click=${this.#add}>${icon('plus')}${texts.add}</button>
      </div>
      ${this.created ? this.#secret(this.created) : nothing} ${this.adding ? this.#form() : nothing}
      ${this.adding ? nothing : formProblem(this.action.error, this.texts)}
      <div class="card scroll cards">${this.#keyTable()}</div>
      <div class="head"><h2>${texts.operators}</h2></div>
      <div class="card scroll cards">${this.#operatorTable()}</div>
    </div>`;
  }

  #keyTable(): TemplateResult {
    const texts = words.access;
    const rows = this.keys.answer?.data;
    if (!rows) return this.keys.error && !this.keys.loading ? this.problem(this.keys) : skeleton(3, this.texts);
    return html`<table role="table">
      <thead role="rowgroup">${columns(texts.name, texts.scopes, texts.used, texts.expires, { hidden: words.actions })}</thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row) => html`<tr role="row">
            <td role="cell" class="first">${row.name}<span class="also code">${row.prefix}…</span></td>
            <td role="cell" class="wide">${row.scopes.map((each) => texts.scopeNames[each] ?? each).join(', ')}</td>
            <td role="cell" class="muted wide short">${row.last_used_at ? this.format.dateTime(row.last_used_at) : texts.never}</td>
            <td role="cell" class="muted wide short">${row.expires_at ? this.format.dateTime(row.expires_at) : texts.no}</td>
            <td role="cell" class="second end">${this.#endButton(row.id, texts.revoke, () => this.#revoke(row.id))}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #operatorTable(): TemplateResult {
    const texts = words.access;
    const rows = this.operators.answer?.data;
    if (!rows) return this.operators.error && !this.operators.loading ? this.problem(this.operators) : skeleton(2, this.texts);
    if (!rows.length) return state('lock', texts.noOperators, nothing, nothing, 'status');
    return html`<table role="table">
      <thead role="rowgroup">${columns(texts.operator, texts.begun, texts.until, { hidden: words.actions })}</thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row) => html`<tr role="row">
            <td role="cell" class="first">${row.name} ${row.id === this.operator.id ? html`<span class="badge">${texts.you}</span>` : nothing}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(row.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(row.expires_at)}</td>
            <td role="cell" class="second end">
              ${row.id === this.operator.id ? nothing : this.#endButton(row.id, texts.end, () => this.#endSession(row.id))}
            </td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** What cannot be undone asks once more, in the same place. */
  #endButton(id: string, name: string, end: () => void): TemplateResult {
    const isSure = this.sure === id;
    return html`<button
      class="link"
      type="button"
      ?disabled=${this.action.busy !== null}
      @click=${() => (isSure ? end() : (this.sure = id))}
      @blur=${() => (this.sure = null)}
    >
      ${isSure ? this.texts.actions.sure : name}
    </button>`;
  }

  #secret(created: ApiKeyCreated): TemplateResult {
    return html`<div class="notice good" role="status">
      ${icon('lock')}
      <div class="stack">
        <p><strong>${created.name}</strong>: ${words.access.once}</p>
        <div class="secret"><code class="code">${created.key}</code>${copyButton(created.key, this.texts)}</div>
      </div>
    </div>`;
  }

  #form(): TemplateResult {
    const texts = words.access;
    const error = this.action.error;
    // A key gives no more than the caller's may.
    const scopes = SCOPES.filter((each) => !this.operator.scopes.length || this.operator.scopes.includes(each));
    return html`<form class="card" @submit=${this.#create}>
      ${formProblem(error, this.texts)} ${textField('name', texts.name, '', error, { required: true, maxlength: 100 })}
      <fieldset>
        <legend>${texts.scopes}</legend>
        ${scopes.map(
          (each) => html`<label class="check">
            <input type="checkbox" name="scopes" value=${each} /><span>${texts.scopeNames[each]} <span class="hint code">${each}</span></span>
          </label>`,
        )}
      </fieldset>
      ${textField('expires', texts.expires, '', error, { type: 'date' })}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy !== null}>${texts.create}</button>
        <button class="button" type="button" @click=${() => (this.adding = false)}>${this.texts.actions.cancel}</button>
      </div>
    </form>`;
  }

  #add = async (): Promise<void> => {
    this.adding = true;
    this.created = null;
    this.action.clear();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[name=name]')!.focus();
  };

  #create = async (event: Event): Promise<void> => {
    const { data, text } = valuesOf(event);
    const expires = text('expires');
    const scopes = data.getAll('scopes');
    const body = { name: text('name'), scopes, ...(expires ? { expiresAt: new Date(`${expires}T23:59:59`).toISOString() } : {}) };
    const created = await this.action.run<ApiKeyCreated>('create', (client, options) =>
      client.embed.request('POST', `${ROOT}/api-keys`, { body, ...options }),
    );
    if (!created) return;
    this.created = created;
    this.adding = false;
    await this.keys.load();
  };

  async #revoke(id: string): Promise<void> {
    this.sure = null;
    if (await this.action.run(id, (client) => client.embed.request('DELETE', `${ROOT}/api-keys/${id}`))) await this.keys.load();
  }

  async #endSession(id: string): Promise<void> {
    this.sure = null;
    const done = await this.action.run(id, (client) => client.embed.request('DELETE', `${ROOT}/console/sessions/${id}`));
    if (done) await this.operators.load();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-access': ConsoleAccess;
  }
}
