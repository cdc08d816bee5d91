import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { ActionRequestRead, ActionRequestRow, CallOptions, Client, Result } from '../api.js';
import { Resource } from '../resource.js';
import { base, table } from '../styles.js';
import { badge, statusText } from '../ui/badge.js';
import { confirmation } from '../ui/confirm.js';
import { formProblem } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { ListElement, type Filters } from '../ui/list.js';
import { said } from '../ui/said.js';
import { skeleton, state } from '../ui/states.js';

const STATUSES = ['pending', 'approved', 'denied', 'cancelled', 'expired'];

/**
 * What the merchant asked for and what became of it; pending requests can be taken back.
 *
 * @fires orderly-navigate - The request's order is opened: `{view: 'order', id}`; cancelable.
 */
@customElement('orderly-requests')
export class OrderlyRequests extends ListElement<ActionRequestRow> {
  static override styles = [
    base,
    table,
    css`
      .pairs {
        display: grid;
        gap: 12px;
        padding: 16px;
      }
      .pairs dt {
        color: var(--o-muted);
        font-size: var(--o-small);
      }
      .pairs dd {
        white-space: pre-line;
      }
      .foot {
        padding: 0 16px 16px;
      }
    `,
  ];

  protected readonly needs = ['actions:read', 'action_requests'] as const;

  /** Shows this request in the place of the list. */
  @property({ attribute: 'request-id' }) opened: string | null = null;
  @reactive() private sure = false;
  private readonly action = new Action(this, ['actions:write', 'action_requests']);
  private readonly request = new Resource<Result<ActionRequestRead>>(this, (client, options) =>
    client.embed.actionRequests.get(this.opened!, {}, options),
  );

  protected override begin(): void {
    if (!this.opened) super.begin();
    else if (!this.request.asked) void this.request.load();
  }

  protected read(client: Client, query: Filters, options: CallOptions) {
    return client.embed.actionRequests.list(query as Parameters<typeof client.embed.actionRequests.list>[0], options);
  }

  protected view(): TemplateResult {
    if (this.opened) return this.#detail();
    const words = this.texts.requests;
    return html`<section class="stack">
      <div class="head"><h2>${words.title}</h2></div>
      <div class="others unfolded alone">
        ${this.selectField('status', this.texts.list.status, STATUSES.map((each) => [each, statusText(each, this.texts)]))}
      </div>
      ${this.list()}
    </section>`;
  }

  protected head(): TemplateResult {
    const words = this.texts.requests;
    return html`<tr role="row">
      <th role="columnheader">${words.request}</th>
      <th role="columnheader">${words.type}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${words.asked}</th>
    </tr>`;
  }

  protected row(request: ActionRequestRow): TemplateResult {
    return html`<tr role="row" class="open" @click=${() => this.#open(request.id)}>
      <td role="cell" class="first">
        <button class="link" type="button" id=${`r-${request.id}`}>${request.title}</button>
      </td>
      <td role="cell" class="muted wide">${this.texts.requests.types[request.action_type] ?? request.action_type}</td>
      <td role="cell" class="second">
        ${badge(request.status, this.texts)} ${request.application ? this.#application(request.application.status) : nothing}
      </td>
      <td role="cell" class="muted nowrap date">${this.format.dateTime(request.created_at)}</td>
    </tr>`;
  }

  #application(status: string): TemplateResult {
    return badge(status, this.texts, this.texts.requests.applications[status]);
  }

  protected empty(): TemplateResult {
    return state('inbox', this.texts.requests.empty, this.texts.requests.emptyHint, nothing, 'status');
  }

  protected csv() {
    return { name: 'requests.csv', rows: [] };
  }

  #open(id: string): void {
    this.opened = id;
    this.sure = false;
    this.action.clear();
    this.request.clear();
    void this.request.load();
  }

  #close(): void {
    const id = this.opened;
    this.opened = null;
    if (!this.page.asked) super.begin();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#r-${id}`)?.focus());
  }

  #detail(): TemplateResult {
    const words = this.texts.requests;
    const request = this.request.answer?.data;
    const back = html`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${this.#close}>
      ${icon('back')}
    </button>`;
    if (!request) {
      const card = this.request.error && !this.request.loading ? this.problem(this.request) : skeleton(4, this.texts);
      return html`<div class="stack"><div class="head">${back}</div><div class="card">${card}</div></div>`;
    }
    const { application } = request;
    const pairs: [string, string | TemplateResult | null][] = [
      [words.type, words.types[request.action_type] ?? request.action_type],
      [words.asked, this.format.dateTime(request.created_at)],
      [words.description, request.description],
      [words.changes, this.#changes(request)],
      [words.answer, request.resolution_note],
      [words.answered, request.resolved_at && this.format.dateTime(request.resolved_at)],
      [words.expires, request.status === 'pending' ? this.format.dateTime(request.expires_at) : null],
      [
        words.application,
        application
          ? html`${this.#application(application.status)} ${said(application.message_code, application.message, this, { own: application.message })}
            ${application.applied_at ? html`<span class="muted">${this.format.dateTime(application.applied_at)}</span>` : nothing}`
          : null,
      ],
    ];
    return html`<article class="stack">
      <div class="head">${back}<h2>${request.title}</h2>${badge(request.status, this.texts)}</div>
      <section class="card">
        <dl class="pairs">
          ${pairs.map(([name, value]) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing))}
        </dl>
        <div class="foot stack">
          ${formProblem(this.action.error, this.texts)}
          <div class="row">
            <button class="button" type="button" @click=${() => this.navigate('order', request.order_id)}>${words.openOrder}</button>
            ${request.status === 'pending' && this.action.isAllowed ? this.#cancelButton(request.id) : nothing}
          </div>
        </div>
      </section>
    </article>`;
  }

  #cancelButton(id: string): TemplateResult {
    const words = this.texts.requests;
    const cancel = async () => {
      const done = await this.action.run('cancel', (client) => client.embed.actionRequests.cancel(id));
      this.sure = false;
      if (done) await Promise.all([this.request.load(), this.page.load()]);
    };
    return this.sure
      ? confirmation(this.texts, this.action.busy !== null, cancel, () => (this.sure = false))
      : html`<button class="button" type="button" @click=${() => (this.sure = true)}>${words.takeBack}</button>`;
  }

  /** The new address as lines, anything else as names and values. */
  #changes(request: ActionRequestRead): string | null {
    const changes = Object.entries(request.requested_changes ?? {}).filter(([, value]) => value !== null && value !== '');
    const names: Record<string, string> = { ...this.texts.requests.address, until: this.texts.requests.holdUntil, reason: this.texts.requests.reason, note: this.texts.requests.note };
    const text = (name: string, value: unknown) => {
      if (typeof value !== 'string') return JSON.stringify(value);
      return name === 'until' ? this.format.date(value) : name === 'country' ? this.format.country(value) : value;
    };
    return changes.map(([name, value]) => `${names[name] ?? name}: ${text(name, value)}`).join('\n') || null;
  }
}
