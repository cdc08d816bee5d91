import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Action } from '../action.js';
import { fill } from '../format.js';
import { badge } from '../ui/badge.js';
import { formProblem } from '../ui/form.js';
import type { QueueRow } from './api.js';
import type { Decision, Pending } from './decisions.js';
import { ConsoleElement, consoleStyles } from './element.js';
import { linkTo } from './place.js';
import { words } from './texts/index.js';

/** One request of the queue: a line, and open everything that a decision needs. */
@customElement('console-request')
export class ConsoleRequest extends ConsoleElement {
  static override styles = [
    consoleStyles,
    css`
      :host {
        border-block-end: 1px solid var(--o-line);
      }
      .line {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 1fr) auto auto;
        gap: 2px 16px;
        align-items: center;
        inline-size: 100%;
        padding: 11px 16px;
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .line:hover {
        background: var(--o-hover);
      }
      .line:focus-visible {
        outline-offset: -2px;
      }
      .line strong {
        font-weight: 600;
      }
      :host([open]) {
        box-shadow: inset 3px 0 0 var(--o-accent);
      }
      .decided {
        background: var(--o-page);
      }
      .body {
        display: grid;
        gap: 14px;
        padding: 4px 16px 16px;
      }
      .columns {
        display: grid;
        gap: 14px 32px;
        grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
      }
      .columns > * {
        align-content: start;
      }
      textarea.input {
        min-block-size: 60px;
      }
      @container (max-width: 620px) {
        .line {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .line .date {
          display: none;
        }
        .line .who {
          grid-row: 2;
        }
      }
    `,
  ];

  @property({ attribute: false }) row!: QueueRow;
  @property({ attribute: false }) decided: Pending | null = null;
  @property({ attribute: false }) policy = '';
  @property({ type: Boolean, reflect: true }) open = false;
  private readonly action = new Action(this);

  protected begin(): void {}

  /** A note that was undone is in its field again. */
  protected override updated(changed: PropertyValues): void {
    const before = changed.get('decided') as Pending | null | undefined;
    const field = this.#note;
    if (before && !this.decided && field && !field.value) field.value = before.note;
  }

  focusHead(): void {
    const head = this.renderRoot.querySelector<HTMLElement>('.line');
    head?.focus();
    head?.scrollIntoView({ block: 'nearest' });
  }

  writeNote(): void {
    this.#note?.focus();
  }

  decide(status: Decision['status']): void {
    if (!this.#isPending) return;
    const checked = (name: string) => this.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`)?.checked ?? false;
    const isCancellation = status === 'approved' && this.row.action_type === 'cancel';
    const detail: Decision = {
      id: this.row.id,
      title: this.row.title,
      status,
      note: this.#note?.value.trim() ?? '',
      application: isCancellation ? { refund: checked('refund'), notifyCustomer: checked('notify') } : null,
    };
    this.dispatchEvent(new CustomEvent('request-decided', { detail }));
  }

  get #note(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea[name=note]');
  }

  get #isPending(): boolean {
    return this.row.status === 'pending' && !this.decided;
  }

  protected view(): TemplateResult {
    const { row, decided } = this;
    const merchant = row.end_users;
    return html`<div class=${decided ? 'decided' : ''}>
      <button class="line" type="button" aria-expanded=${this.open} @click=${() => this.dispatchEvent(new Event('request-toggled'))}>
        <span><strong>${row.title}</strong> ${row.order ? html`<span class="muted small">${row.order.order_number ?? row.order.external_id}</span>` : nothing}</span>
        <span class="muted who">${merchant ? (merchant.name ?? merchant.external_id) : words.queue.deleted}</span>
        <span>${badge(decided?.status ?? row.status, this.texts)}</span>
        <span class="muted small nowrap date">${this.format.dateTime(row.created_at)}</span>
      </button>
      ${this.open ? this.#body() : nothing}
    </div>`;
  }

  #body(): TemplateResult {
    const { row } = this;
    const texts = words.queue;
    const { order, end_users: merchant } = row;
    const orderLink = order
      ? html`<a class="link" href=${linkTo('merchants', row.end_user_id, 'orders', order.id)}>${order.order_number ?? order.external_id}</a>
          ${badge(order.status, this.texts)}`
      : texts.deleted;
    const pairs: [string, unknown][] = [
      [texts.order, orderLink],
      [texts.customer, order?.customer.name],
      [texts.merchant, merchant && html`<a class="link" href=${linkTo('merchants', row.end_user_id)}>${merchant.name ?? merchant.external_id}</a>`],
      [texts.reason, row.description && lines(row.description)],
      [texts.changes, this.#changes()],
      [texts.policy, this.policy],
      [texts.asked, this.format.dateTime(row.created_at)],
      [texts.expires, row.status === 'pending' ? this.format.dateTime(row.expires_at) : null],
      [texts.answer, row.resolution_note && lines(row.resolution_note)],
    ];
    return html`<div class="body">
      <div class="columns">
        <dl class="pairs">${pairs.map(([name, value]) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing))}</dl>
        ${row.status === 'pending' ? this.#decision() : this.#outcome()}
      </div>
    </div>`;
  }

  #decision(): TemplateResult {
    const texts = words.queue;
    const off = this.decided !== null;
    return html`<div class="stack">
      <label class="field">
        <span>${texts.note}</span>
        <textarea class="input" name="note" maxlength="2000" ?disabled=${off} @keydown=${this.#onNoteKey}></textarea>
        <span class="hint">${texts.noteHint}</span>
      </label>
      ${this.row.action_type === 'cancel'
        ? html`<label class="check"><input type="checkbox" name="refund" ?disabled=${off} /><span>${texts.refund}</span></label>
            <label class="check"><input type="checkbox" name="notify" ?disabled=${off} /><span>${texts.notify}</span></label>`
        : nothing}
      <div class="row">
        <button class="button primary" type="button" aria-keyshortcuts="a" ?disabled=${off} @click=${() => this.decide('approved')}>
          ${texts.approve}
        </button>
        <button class="button danger" type="button" aria-keyshortcuts="d" ?disabled=${off} @click=${() => this.decide('denied')}>
          ${texts.deny}
        </button>
      </div>
    </div>`;
  }

  /** What was decided, and what became of it at the order's source. */
  #outcome(): TemplateResult {
    const { row } = this;
    const texts = words.queue;
    const at = row.application;
    const busy = this.action.busy !== null;
    return html`<div class="stack">
      ${row.resolved_at
        ? html`<p class="muted">${fill(texts.decided, { who: row.resolved_by ?? '–', time: this.format.dateTime(row.resolved_at) })}</p>`
        : nothing}
      ${at
        ? html`<div><span class="label">${texts.application}</span> ${badge(at.status, this.texts)}
            ${at.message ? html`<p>${at.message}</p>` : nothing}</div>`
        : nothing}
      ${formProblem(this.action.error, this.texts)}
      ${at?.status === 'failed' || at?.status === 'manual'
        ? html`<label class="field"><span>${texts.doneNote}</span><input class="input" name="done" maxlength="2000" /></label>
            <div class="row">
              <button class="button primary" type="button" ?disabled=${busy} @click=${this.#markDone}>${texts.markDone}</button>
              ${at.status === 'failed'
                ? html`<button class="button" type="button" ?disabled=${busy} @click=${this.#retry}>${texts.retry}</button>`
                : nothing}
            </div>`
        : nothing}
    </div>`;
  }

  #retry = async (): Promise<void> => {
    const path = `/action-requests/${this.row.id}/apply`;
    if (await this.action.run('retry', (client) => client.embed.request('POST', path))) this.#tellChange();
  };

  #markDone = async (): Promise<void> => {
    const message = this.renderRoot.querySelector<HTMLInputElement>('[name=done]')!.value.trim();
    const body = { status: 'applied', ...(message ? { message } : {}) };
    const path = `/action-requests/${this.row.id}/application`;
    if (await this.action.run('done', (client) => client.embed.request('PATCH', path, { body }))) this.#tellChange();
  };

  #tellChange(): void {
    this.dispatchEvent(new Event('request-changed'));
  }

  #onNoteKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.decide('approved');
    else if (event.key === 'Escape') this.focusHead();
    else return;
    event.preventDefault();
  };

  #changes(): TemplateResult | null {
    const names: Record<string, string> = { ...this.texts.requests.address, until: this.texts.requests.holdUntil };
    const given = Object.entries(this.row.requested_changes ?? {}).filter(([, value]) => value !== null && value !== '');
    const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
    const changes = given.map(([name, value]) => `${names[name] ?? name}: ${text(value)}`).join('\n');
    return changes ? lines(changes) : null;
  }
}

/** A text with its own line breaks. */
function lines(text: string): TemplateResult {
  return html`<span class="lines">${text}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'console-request': ConsoleRequest;
  }
}
