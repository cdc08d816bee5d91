import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import type { Result } from '../api.js';
import { Resource } from '../resource.js';
import { statusText } from '../ui/badge.js';
import { state } from '../ui/states.js';
import type { ConfigRead, QueueRow } from './api.js';
import type { Decision, Decisions } from './decisions.js';
import { ConsoleList, consoleStyles } from './element.js';
import { isTyping, shortcutsOn } from './keyboard.js';
import { policyText } from './policies.js';
import './request.js';
import type { ConsoleRequest } from './request.js';
import { words } from './texts/index.js';

const STATUSES = ['approved', 'denied', 'cancelled', 'expired', 'all'];
const LOOKS_EVERY_MS = 30_000;

/** Requests that wait, newest first: one is open, `j` and `k` move, `a` and `d` decide, `n` writes a note. */
@customElement('console-queue')
export class ConsoleQueue extends ConsoleList<QueueRow> {
  static override styles = [
    consoleStyles,
    css`
      ol {
        display: grid;
        overflow: hidden;
      }
      .others {
        max-inline-size: 240px;
      }
    `,
  ];

  @property({ attribute: false }) decisions!: Decisions;
  /** Whether it is the view that is shown. */
  @property({ type: Boolean }) active = false;
  @reactive() private selected: string | null = null;
  @reactive() private newer = false;
  protected readonly path = '/action-requests/queue';
  #timer: ReturnType<typeof setInterval> | undefined;

  private readonly config = new Resource<Result<ConfigRead>>(this, (client, options) =>
    client.embed.request('GET', '/config/me', options),
  );

  protected override begin(): void {
    super.begin();
    if (!this.config.asked) void this.config.load();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#onKey);
    this.decisions.addEventListener('change', this.#onDecisions);
    this.decisions.addEventListener('sent', this.#onSent);
    this.#timer = setInterval(() => void this.#look(), LOOKS_EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#onKey);
    this.decisions.removeEventListener('change', this.#onDecisions);
    this.decisions.removeEventListener('sent', this.#onSent);
    clearInterval(this.#timer);
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('active') && this.active && this.page.answer) this.refresh();
  }

  protected view(): TemplateResult {
    const words_ = words.queue;
    return html`<section class="stack">
      <div class="head">
        <h2>${words_.title}</h2>
        <span class="push muted small keys"><kbd>j</kbd> <kbd>k</kbd> <kbd>a</kbd> <kbd>d</kbd> <kbd>n</kbd> <kbd>u</kbd></span>
      </div>
      <div class="others unfolded">
        <label class="field">
          <span>${this.texts.list.status}</span>
          <select class="input" @change=${(event: Event) => this.filter({ status: (event.target as HTMLSelectElement).value })}>
            <option value="">${statusText('pending', this.texts)}</option>
            ${STATUSES.map(
              (each) => html`<option value=${each} ?selected=${this.filters.status === each}>
                ${each === 'all' ? this.texts.list.all : statusText(each, this.texts)}
              </option>`,
            )}
          </select>
        </label>
      </div>
      ${this.newer
        ? html`<div class="notice" role="status">
            <div>${words_.new}</div>
            <button class="button" type="button" @click=${() => this.refresh()}>${words_.show}</button>
          </div>`
        : nothing}
      ${this.list()}
    </section>`;
  }

  override refresh(): void {
    this.newer = false;
    super.refresh();
  }

  protected override list(): TemplateResult {
    const { answer, error, loading } = this.page;
    if ((error && !loading) || !answer || !this.rows.length) return super.list();
    return html`<ol class="card" aria-busy=${loading}>
        ${this.rows.map((row) => this.row(row))}
      </ol>
      ${this.pager(answer.pagination)}`;
  }

  protected row(row: QueueRow): TemplateResult {
    return html`<li>
      <console-request
        id=${`r-${row.id}`}
        .row=${row}
        .decided=${this.decisions.pending.get(row.id) ?? null}
        .policy=${policyText(this.config.answer?.data, row.action_type, this.texts)}
        ?open=${row.id === this.selected}
        @request-toggled=${() => this.#select(row.id === this.selected ? null : row.id)}
        @request-decided=${(event: CustomEvent<Decision>) => this.#decide(event.detail)}
        @request-changed=${() => this.refresh()}
      ></console-request>
    </li>`;
  }

  protected head(): TemplateResult {
    return html``;
  }

  protected empty(): TemplateResult {
    return state('inbox', words.queue.empty, words.queue.emptyHint, nothing, 'status');
  }

  #select(id: string | null): void {
    this.selected = id;
  }

  #decide(decision: Decision): void {
    this.decisions.decide(decision);
    // On to the next that is not decided yet; a note's field must not keep the keys.
    const at = this.rows.findIndex(({ id }) => id === decision.id);
    const next = this.rows.slice(at + 1).find(({ id, status }) => status === 'pending' && !this.decisions.pending.has(id));
    this.#select(next?.id ?? null);
    void this.#focus(next?.id ?? decision.id);
  }

  async #focus(id: string): Promise<void> {
    await this.updateComplete;
    this.#element(id)?.focusHead();
  }

  #element(id: string | null): ConsoleRequest | null {
    return id ? this.renderRoot.querySelector<ConsoleRequest>(`#r-${id}`) : null;
  }

  #onKey = (event: KeyboardEvent): void => {
    if (!this.active || !this.rows.length || isTyping(event) || !shortcutsOn()) return;
    const at = this.rows.findIndex(({ id }) => id === this.selected);
    const opened = this.#element(this.selected);
    if (event.key === 'j' || event.key === 'k') {
      const next = this.rows[event.key === 'j' ? Math.min(at + 1, this.rows.length - 1) : Math.max(at - 1, 0)]!;
      this.#select(next.id);
      void this.#focus(next.id);
    } else if (event.key === 'a' && opened) opened.decide('approved');
    else if (event.key === 'd' && opened) opened.decide('denied');
    else if (event.key === 'n' && opened) opened.writeNote();
    else return;
    event.preventDefault();
  };

  #onDecisions = (): void => this.requestUpdate();

  /** A row keeps what was decided until the page is read again, which is once nothing waits any more. */
  #onSent = (event: Event): void => {
    const { id, status } = (event as CustomEvent<Decision>).detail;
    const row = this.rows.find((each) => each.id === id);
    if (row) row.status = status;
    if (this.decisions.pending.size === 0) this.refresh();
  };

  /** Says that there is more, rather than moving the list under somebody's hands. */
  async #look(): Promise<void> {
    if (!this.active || document.hidden || this.cursors.length || this.filters.status || !this.page.answer) return;
    const known = new Set(this.rows.map(({ id }) => id));
    const answer = await this.session!.call((client) => client.embed.request('GET', this.path, { query: { limit: 5 } }));
    const rows = (answer.data ?? []) as QueueRow[];
    this.newer = rows.some(({ id }) => !known.has(id));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-queue': ConsoleQueue;
  }
}
