import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { Result } from '../api.js';
import { Resource } from '../resource.js';
import { formProblem } from '../ui/form.js';
import { skeleton, state } from '../ui/states.js';
import type { LiveSession } from './api.js';
import { columns, ConsoleElement, consoleStyles } from './element.js';
import { words } from './texts/index.js';

/** A merchant's live sessions, each of which can be ended, or all at once. */
@customElement('console-sessions')
export class ConsoleSessions extends ConsoleElement {
  static override styles = [consoleStyles];

  @property() merchant = '';
  @reactive() private sure = false;
  @reactive() private told = '';
  private readonly action = new Action(this);
  private readonly sessions = new Resource<Result<LiveSession[]>>(this, (client, options) =>
    client.embed.request('GET', `/users/${this.merchant}/sessions`, options),
  );

  protected begin(): void {
    if (!this.sessions.asked) void this.sessions.load();
  }

  protected view(): TemplateResult {
    const texts = words.merchants.sessions;
    const rows = this.sessions.answer?.data;
    return html`<section class="stack">
      ${formProblem(this.action.error, this.texts)}
      ${this.told ? html`<div class="notice good" role="status">${this.told}</div>` : nothing}
      ${rows?.length
        ? html`<div class="row">
            ${this.sure
              ? html`<button class="button danger" type="button" ?disabled=${this.action.busy !== null} @click=${this.#endAll}>${texts.endAllSure}</button>
                  <button class="button" type="button" @click=${() => (this.sure = false)}>${this.texts.actions.cancel}</button>`
              : html`<button class="button danger" type="button" @click=${() => (this.sure = true)}>${texts.endAll}</button>`}
          </div>`
        : nothing}
      <div class="card scroll cards">${this.#content(rows)}</div>
    </section>`;
  }

  #content(rows: LiveSession[] | undefined): TemplateResult {
    const texts = words.merchants.sessions;
    if (!rows) return this.sessions.error && !this.sessions.loading ? this.problem(this.sessions) : skeleton(3, this.texts);
    if (!rows.length) return state('lock', texts.empty, texts.emptyHint, nothing, 'status');
    return html`<table role="table">
      <thead role="rowgroup">${columns(texts.kind, texts.begun, texts.ends, { hidden: words.actions })}</thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row) => html`<tr role="row">
            <td role="cell" class="first">${texts.kinds[row.kind] ?? row.kind}<span class="also">${row.scopes.join(' ')}</span></td>
            <td role="cell" class="muted wide">${this.format.dateTime(row.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(row.expires_at)}</td>
            <td role="cell" class="second end">
              <button class="link" type="button" ?disabled=${this.action.busy !== null} @click=${() => this.#end(row.id)}>${texts.end}</button>
            </td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  async #end(id: string): Promise<void> {
    const done = await this.action.run(id, (client) => client.embed.request('DELETE', `/sessions/${id}`));
    if (done) await this.sessions.load();
  }

  #endAll = async (): Promise<void> => {
    const done = await this.action.run('all', (client) => client.embed.request('DELETE', `/users/${this.merchant}/sessions`));
    this.sure = false;
    if (!done) return;
    this.told = words.merchants.sessions.allEnded;
    await this.sessions.load();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'console-sessions': ConsoleSessions;
  }
}
