import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { BridgeSummary, BridgeTestResult, BridgeTypeRead, Pagination, Result, RunRead } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { base, table } from '../styles.js';
import { badge } from '../ui/badge.js';
import { confirmation } from '../ui/confirm.js';
import { formProblem, formStyles, textField, valuesOf } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { said } from '../ui/said.js';
import { skeleton, state } from '../ui/states.js';
import './connect.js';

/** How often the list is read again while something is under way. */
const WATCHED_EVERY_MS = 3_000;

/**
 * The merchant's connections: their state, the progress of the first sync, what was done, and reconnecting.
 *
 * @fires orderly-bridge-connected - `{id, type}` of a connection that works now.
 */
@customElement('orderly-bridges')
export class OrderlyBridges extends OrderlyElement {
  static override styles = [
    base,
    table,
    formStyles,
    css`
      .bridge {
        display: grid;
        gap: 10px;
        padding: 16px;
      }
      .name {
        font-weight: 650;
      }
      progress {
        inline-size: 100%;
        block-size: 8px;
        accent-color: var(--o-accent);
      }
      .runs {
        border-block-start: 1px solid var(--o-line);
      }
    `,
  ];

  protected readonly needs = ['bridges:read', 'bridges'] as const;

  /** The connection whose form is open: to rename it, or to give it new credentials. */
  @reactive() private editing: { id: string; what: 'name' | 'credentials' } | null = null;
  @reactive() private adding = false;
  @reactive() private sure: string | null = null;
  @reactive() private shownRuns: string | null = null;
  @reactive() private tested: ({ id: string } & BridgeTestResult) | null = null;
  private readonly action = new Action(this, ['bridges:write', 'bridges']);
  private readonly trial = new Action(this, this.needs);
  #timer = 0;

  private readonly bridges = new Resource<Result<BridgeSummary[]>>(this, (client, options) =>
    client.embed.bridges.list({}, options),
  );
  private readonly types = new Resource<Result<BridgeTypeRead[]>>(this, (client, options) =>
    client.embed.bridgeTypes.list({}, options),
  );
  private readonly runs = new Resource<Result<RunRead[], { pagination: Pagination }>>(this, (client, options) =>
    client.embed.bridges.runs(this.shownRuns!, { limit: 10 }, options),
  );

  protected begin(): void {
    if (!this.bridges.asked) void this.bridges.load();
    if (!this.types.asked) void this.types.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Looks again while a connection waits for consent or is being synchronized, and somebody can see it. */
  protected override updated(): void {
    clearTimeout(this.#timer);
    const isMoving = this.bridges.answer?.data.some((each) => each.running || each.progress || each.status === 'pending_oauth');
    if (!isMoving || this.session?.state !== 'ready') return;
    this.#timer = setTimeout(() => {
      if (document.visibilityState === 'visible' && this.action.busy === null && this.trial.busy === null) void this.bridges.load();
      else this.requestUpdate();
    }, WATCHED_EVERY_MS);
  }

  protected view(): TemplateResult {
    const words = this.texts.bridges;
    return html`<section class="stack">
      <div class="head">
        <h2>${words.title}</h2>
        ${this.action.isAllowed && !this.adding
          ? html`<button class="button primary push" type="button" @click=${() => (this.adding = true)}>${icon('plus')}${words.add}</button>`
          : nothing}
      </div>
      ${this.adding
        ? html`<orderly-connect closable @orderly-close=${() => (this.adding = false)} @orderly-bridge-created=${this.#onCreated}></orderly-connect>`
        : nothing}
      ${this.#list()}
    </section>`;
  }

  #onCreated(): void {
    this.adding = false;
    void this.bridges.load();
  }

  #list(): TemplateResult | typeof nothing {
    const { answer, error, loading } = this.bridges;
    if (error && !loading && !answer) return html`<div class="card">${this.problem(this.bridges)}</div>`;
    if (!answer) return html`<div class="card">${skeleton(3, this.texts)}</div>`;
    if (!answer.data.length) {
      const words = this.texts.bridges;
      return this.adding ? nothing : html`<div class="card">${state('plug', words.empty, words.emptyHint, nothing, 'status')}</div>`;
    }
    return html`${answer.data.map((each) => this.#bridge(each))}`;
  }

  #bridge(bridge: BridgeSummary): TemplateResult {
    const { id } = bridge;
    const words = this.texts.bridges;
    const type = this.types.answer?.data.find((each) => each.id === bridge.type);
    const times = [
      bridge.last_sync_at ? fill(words.lastSync, { time: this.format.dateTime(bridge.last_sync_at) }) : words.neverSynced,
      bridge.next_run_at && bridge.status === 'active' ? fill(words.nextSync, { time: this.format.dateTime(bridge.next_run_at) }) : '',
    ];
    return html`<article class="card" aria-label=${bridge.name}>
      <div class="bridge">
        <div class="row">
          ${icon('plug')}<span class="name">${bridge.name}</span><span class="muted">${type?.name ?? bridge.type}</span>
          <span class="push">${badge(bridge.status, this.texts)}</span>
        </div>
        ${bridge.error_message || bridge.reconnect_required
          ? html`<div class="notice bad">
              ${icon('alert')}
              <div>
                ${bridge.reconnect_required ? html`<p><strong>${words.reconnectNeeded}</strong></p>` : nothing}${this.#words(bridge.error_code, bridge.error_message)}
              </div>
            </div>`
          : nothing}
        ${this.#progress(bridge)}
        <p class="muted small">${times.filter(Boolean).join(' · ')}</p>
        ${this.tested?.id === id
          ? html`<div class="notice ${this.tested.success ? 'good' : 'bad'}" role="status">
              ${icon(this.tested.success ? 'check' : 'alert')}<div>${this.tested.success ? words.testWorked : this.#words(this.tested.code, this.tested.message)}</div>
            </div>`
          : nothing}
        ${formProblem(this.action.errorOf(id) ?? this.trial.errorOf(id), this.texts)}
        <div class="row">${this.#isOffered(type) ? this.#buttons(bridge) : nothing} ${this.#runsButton(id)}</div>
      </div>
      ${this.editing?.id === id && this.editing.what === 'name' ? this.#nameForm(bridge) : nothing}
      ${this.editing?.id === id && this.editing.what === 'credentials'
        ? html`<orderly-connect .renews=${bridge} closable @orderly-close=${() => (this.editing = null)} @orderly-bridge-created=${this.#onRenewed}></orderly-connect>`
        : nothing}
      ${this.shownRuns === id ? this.#runs() : nothing}
    </article>`;
  }

  #words(code: string | null | undefined, own: string | null): string {
    return said(code, own, this, { own });
  }

  #onRenewed(): void {
    this.editing = null;
    void this.bridges.load();
  }

  #progress(bridge: BridgeSummary): TemplateResult | typeof nothing {
    const words = this.texts.bridges;
    const { progress } = bridge;
    if (!progress) return bridge.running ? html`<p role="status">${words.running}</p>` : nothing;
    const total = progress.total ?? null;
    const text = fill(total === null ? words.progress : words.progressOf, {
      n: this.format.number(progress.done ?? 0),
      of: this.format.number(total ?? 0),
    });
    return html`<div role="status">
      <p>${text}</p>
      <progress aria-label=${words.firstSync} max=${total ?? nothing} .value=${total === null ? undefined : progress.done}></progress>
    </div>`;
  }

  /** A connection of a kind that the session may not use, or that the deployment no longer has, can only be looked at. */
  #isOffered(type: BridgeTypeRead | undefined): boolean {
    return type !== undefined || this.types.answer === null;
  }

  #buttons(bridge: BridgeSummary): TemplateResult {
    const { id, status } = bridge;
    const words = this.texts.bridges;
    const isWaiting = status === 'pending_oauth';
    const test = isWaiting || !this.trial.isAllowed
      ? nothing
      : html`<button class="button" type="button" aria-disabled=${this.trial.busy !== null} @click=${() => this.#test(id)}>
          ${this.trial.busy === id ? this.texts.webhooks.testing : words.test}
        </button>`;
    if (!this.action.isAllowed) return html`${test}`;
    const busy = this.action.busy !== null;
    if (this.sure === id) {
      return html`<p class="small">${words.deleteHint}</p>
        ${confirmation(this.texts, busy, () => this.#delete(id), () => (this.sure = null))}`;
    }
    const needsCredentials = bridge.reconnect_required || status === 'error' || status === 'disconnected';
    const reconnect = html`<button class="button ${needsCredentials ? 'primary' : ''}" type="button" aria-disabled=${busy}
      @click=${() => (this.editing = { id, what: 'credentials' })}>${words.reconnect}</button>`;
    return html`${needsCredentials || isWaiting ? reconnect : nothing}
      ${status === 'active'
        ? html`<button class="button" type="button" aria-disabled=${busy} @click=${() => this.#sync(id)}>${words.sync}</button>`
        : nothing}
      ${test}
      ${isWaiting
        ? nothing
        : html`<button class="button" type="button" aria-disabled=${busy} @click=${() => this.#pause(bridge)}>
            ${status === 'paused' ? words.resume : words.pause}
          </button>`}
      <button class="button" type="button" aria-disabled=${busy} @click=${() => (this.editing = { id, what: 'name' })}>${words.rename}</button>
      ${needsCredentials || isWaiting ? nothing : reconnect}
      <button class="button danger" type="button" aria-disabled=${busy} @click=${() => (this.sure = id)}>${this.texts.actions.delete}</button>`;
  }

  #runsButton(id: string): TemplateResult {
    const isShown = this.shownRuns === id;
    const toggle = () => {
      this.shownRuns = isShown ? null : id;
      this.runs.clear();
      if (this.shownRuns) void this.runs.load();
    };
    return html`<button class="button quiet" type="button" aria-expanded=${isShown} @click=${toggle}>${this.texts.bridges.runs}</button>`;
  }

  #runs(): TemplateResult {
    const words = this.texts.bridges;
    const { answer, error, loading } = this.runs;
    if (error && !loading) return html`<div class="runs">${this.problem(this.runs)}</div>`;
    if (!answer) return html`<div class="runs">${skeleton(3, this.texts)}</div>`;
    if (!answer.data.length) return html`<div class="runs">${state('clock', words.noRuns, nothing, nothing, 'status')}</div>`;
    return html`<div class="runs scroll cards">
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader">${words.task}</th>
            <th role="columnheader">${this.texts.list.status}</th>
            <th role="columnheader">${words.result}</th>
            <th role="columnheader">${this.texts.webhooks.time}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${answer.data.map(
            (run) => html`<tr role="row">
              <td role="cell" class="first">
                ${words.tasks[run.task] ?? run.task} <span class="also">${words.triggers[run.trigger] ?? run.trigger}</span>
              </td>
              <td role="cell" class="second">${badge(run.status, this.texts)}</td>
              <td role="cell" class="wide">
                ${run.error ? this.#words(run.error.code, run.error.message) : fill(words.counts, {
                  created: this.format.number(run.counts.created ?? 0),
                  updated: this.format.number(run.counts.updated ?? 0),
                  failed: this.format.number(run.counts.failed ?? 0),
                })}
              </td>
              <td role="cell" class="muted wide">${this.format.dateTime(run.finished_at ?? run.started_at)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #nameForm(bridge: BridgeSummary): TemplateResult {
    const error = this.action.errorOf('name');
    return html`<form @submit=${(event: Event) => this.#rename(event, bridge.id)}>
      ${textField('name', this.texts.bridges.name, bridge.name, error, { required: true, maxlength: 100 })} ${formProblem(error, this.texts)}
      <div class="row">
        <button class="button primary" type="submit" aria-disabled=${this.action.busy !== null}>${this.texts.actions.save}</button>
        <button class="button" type="button" @click=${() => (this.editing = null)}>${this.texts.actions.cancel}</button>
      </div>
    </form>`;
  }

  async #rename(event: Event, id: string): Promise<void> {
    const name = valuesOf(event).text('name');
    if (!(await this.action.run('name', (client) => client.embed.bridges.update(id, { name })))) return;
    this.editing = null;
    await this.bridges.load();
  }

  async #sync(id: string): Promise<void> {
    await this.action.run(id, (client) => client.embed.bridges.sync(id));
    await this.bridges.load();
  }

  async #test(id: string): Promise<void> {
    this.tested = null;
    const result = await this.trial.run(id, (client) => client.embed.bridges.test(id));
    if (result) this.tested = { id, ...result };
    await this.bridges.load();
  }

  async #pause(bridge: BridgeSummary): Promise<void> {
    const status = bridge.status === 'paused' ? 'active' : 'paused';
    await this.action.run(bridge.id, (client) => client.embed.bridges.update(bridge.id, { status }));
    await this.bridges.load();
  }

  async #delete(id: string): Promise<void> {
    await this.action.run(id, (client) => client.embed.bridges.delete(id));
    this.sure = null;
    await this.bridges.load();
  }
}
