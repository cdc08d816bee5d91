import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { Result, TestResult, WebhookRead } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { base, table } from '../styles.js';
import { badge } from '../ui/badge.js';
import { confirmation } from '../ui/confirm.js';
import { secretNotice } from '../ui/copy.js';
import { eventBoxes, eventText, type EventName } from '../ui/events.js';
import { formProblem, formStyles, textField, valuesOf } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { said } from '../ui/said.js';
import { skeleton, state } from '../ui/states.js';
import './deliveries.js';

/**
 * The merchant's webhooks: add, test, change, and see each delivery with its answer.
 *
 * @fires orderly-webhook-created - `{id, url}` of a new webhook.
 */
@customElement('orderly-webhooks')
export class OrderlyWebhooks extends OrderlyElement {
  static override styles = [
    base,
    table,
    formStyles,
    css`
      .webhook {
        display: grid;
        gap: 10px;
        padding: 16px;
      }
      .url {
        font-weight: 550;
      }
    `,
  ];

  protected readonly needs = ['webhooks:read', 'end_user_webhooks'] as const;

  /** The webhook whose form is open; `new` for one that is not created yet. */
  @reactive() private editing: string | null = null;
  @reactive() private deliveries: string | null = null;
  @reactive() private sure: string | null = null;
  @reactive() private secret: { id: string; value: string } | null = null;
  @reactive() private tested: ({ id: string } & TestResult) | null = null;
  private readonly action = new Action(this, ['webhooks:write', 'end_user_webhooks']);

  private readonly webhooks = new Resource<Result<WebhookRead[]>>(this, (client, options) =>
    client.embed.webhooks.list({}, options),
  );
  private readonly types = new Resource<Result<string[]>>(this, (client, options) =>
    client.embed.webhooks.eventTypes({}, options),
  );

  protected begin(): void {
    if (!this.webhooks.asked) void this.webhooks.load();
    if (!this.types.asked) void this.types.load();
  }

  protected view(): TemplateResult {
    const words = this.texts.webhooks;
    return html`<section class="stack">
      <div class="head">
        <h2>${words.title}</h2>
        ${this.action.isAllowed && this.editing !== 'new'
          ? html`<button class="button primary push" type="button" @click=${() => this.#edit('new')}>${icon('plus')}${words.add}</button>`
          : nothing}
      </div>
      ${this.editing === 'new' ? html`<div class="card">${this.#form(null)}</div>` : nothing} ${this.#list()}
    </section>`;
  }

  #list(): TemplateResult {
    const { answer, error, loading } = this.webhooks;
    if (error && !loading && !answer) return html`<div class="card">${this.problem(this.webhooks)}</div>`;
    if (!answer) return html`<div class="card">${skeleton(3, this.texts)}</div>`;
    if (!answer.data.length && this.editing !== 'new') {
      const words = this.texts.webhooks;
      return html`<div class="card">${state('link', words.empty, words.emptyHint, nothing, 'status')}</div>`;
    }
    return html`${answer.data.map((each) => this.#webhook(each))}`;
  }

  #webhook(webhook: WebhookRead): TemplateResult {
    const words = this.texts.webhooks;
    const { id } = webhook;
    const status = !webhook.is_active ? 'disabled' : webhook.consecutive_failures ? 'failing' : 'active';
    const subscribed = webhook.events.map((each) => eventText(each, this.texts)).join(', ');
    return html`<article class="card" aria-label=${webhook.url}>
      <div class="webhook">
        <div class="row"><span class="url code">${webhook.url}</span><span class="push">${badge(status, this.texts)}</span></div>
        ${webhook.description ? html`<p>${webhook.description}</p>` : nothing}
        <p class="muted small">${subscribed}</p>
        ${this.#health(webhook)}
        ${this.secret?.id === id ? secretNotice(this.secret.value, this.texts) : nothing}
        ${this.tested?.id === id ? this.#tested(this.tested) : nothing}
        ${formProblem(this.action.errorOf(id), this.texts)}
        <div class="row">
          ${this.action.isAllowed ? this.#buttons(webhook) : nothing}
          <button
            class="button quiet"
            type="button"
            aria-expanded=${this.deliveries === id}
            @click=${() => (this.deliveries = this.deliveries === id ? null : id)}
          >
            ${words.deliveries}
          </button>
        </div>
      </div>
      ${this.editing === id ? this.#form(webhook) : nothing}
      ${this.deliveries === id ? html`<orderly-deliveries of="webhook" owner=${id}></orderly-deliveries>` : nothing}
    </article>`;
  }

  #health(webhook: WebhookRead): TemplateResult {
    const words = this.texts.webhooks;
    const lines: string[] = [];
    if (webhook.disabled_reason) lines.push(fill(words.why, { reason: said(webhook.disabled_reason_code, webhook.disabled_reason, this) }));
    if (webhook.consecutive_failures) lines.push(this.format.plural(webhook.consecutive_failures, words.failures));
    if (webhook.pending_deliveries) {
      const next = webhook.next_attempt_at ? ` ${fill(words.nextAttempt, { time: this.format.dateTime(webhook.next_attempt_at) })}` : '';
      lines.push(this.format.plural(webhook.pending_deliveries, words.waiting) + next);
    }
    const last = webhook.last_success_at
      ? fill(words.lastSuccess, { time: this.format.dateTime(webhook.last_success_at) })
      : words.neverDelivered;
    return html`${lines.length
        ? html`<div class="notice warn">${icon('alert')}<div>${lines.map((line) => html`<p>${line}</p>`)}</div></div>`
        : nothing}
      <p class="muted small">${last}</p>`;
  }

  #buttons(webhook: WebhookRead): TemplateResult {
    const { id } = webhook;
    const words = this.texts.webhooks;
    const busy = this.action.busy !== null;
    if (this.sure === id) {
      return confirmation(this.texts, busy, () => this.#delete(id), () => (this.sure = null));
    }
    return html`<button class="button" type="button" aria-disabled=${busy} @click=${() => this.#test(id)}>
        ${this.action.busy === id ? words.testing : words.test}
      </button>
      <button class="button" type="button" aria-disabled=${busy} @click=${() => this.#edit(id)}>${this.texts.actions.edit}</button>
      <button class="button" type="button" aria-disabled=${busy} @click=${() => this.#activate(id, !webhook.is_active)}>
        ${webhook.is_active ? words.switchOff : words.switchOn}
      </button>
      <button class="button" type="button" aria-disabled=${busy} @click=${() => this.#rotate(id)}>${words.newSecret}</button>
      <button class="button danger" type="button" aria-disabled=${busy} @click=${() => (this.sure = id)}>${this.texts.actions.delete}</button>`;
  }

  #form(webhook: WebhookRead | null): TemplateResult {
    const name = webhook?.id ?? 'new';
    const error = this.action.errorOf(`form ${name}`);
    const words = this.texts.webhooks;
    const types = this.types.answer?.data ?? [];
    return html`<form @submit=${(event: Event) => this.#save(event, webhook)}>
      ${textField('url', words.url, webhook?.url, error, { type: 'url', required: true, placeholder: 'https://', maxlength: 2000 })}
      ${textField('description', words.description, webhook?.description, error, { maxlength: 200 })}
      ${eventBoxes(types, webhook?.events ?? types, this.texts)} ${formProblem(error, this.texts)}
      <div class="row">
        <button class="button primary" type="submit" aria-disabled=${this.action.busy !== null}>
          ${webhook ? this.texts.actions.save : words.create}
        </button>
        <button class="button" type="button" @click=${() => this.#edit(null)}>${this.texts.actions.cancel}</button>
      </div>
    </form>`;
  }

  #tested(result: TestResult): TemplateResult {
    const words = this.texts.webhooks;
    const status = result.statusCode === null || result.statusCode === undefined ? '' : ` (${result.statusCode})`;
    return result.success
      ? html`<div class="notice good" role="status">${icon('check')}<div>${words.testWorked}${status}</div></div>`
      : html`<div class="notice bad" role="alert">${icon('alert')}<div>${words.testFailed}${status} ${result.error ?? ''}</div></div>`;
  }

  #edit(id: string | null): void {
    this.editing = this.editing === id ? null : id;
    this.action.clear();
  }

  async #save(event: Event, webhook: WebhookRead | null): Promise<void> {
    const { data, text } = valuesOf(event);
    const events = data.getAll('events') as EventName[];
    const body = { url: text('url'), description: text('description') || null, events };
    const name = `form ${webhook?.id ?? 'new'}`;
    if (webhook) {
      const saved = await this.action.run(name, (client) => client.embed.webhooks.update(webhook.id, body));
      if (!saved) return;
    } else {
      const created = await this.action.run(name, (client, options) => client.embed.webhooks.create(body, options));
      if (!created) return;
      if ('secret' in created) this.secret = { id: created.id, value: created.secret };
      this.emit('orderly-webhook-created', { id: created.id, url: created.url });
    }
    this.editing = null;
    await this.webhooks.load();
  }

  async #test(id: string): Promise<void> {
    this.tested = null;
    const result = await this.action.run(id, (client) => client.embed.webhooks.test(id));
    if (result) this.tested = { id, ...result };
    await this.webhooks.load();
  }

  async #activate(id: string, isActive: boolean): Promise<void> {
    await this.action.run(id, (client) => client.embed.webhooks.update(id, { isActive }));
    await this.webhooks.load();
  }

  async #rotate(id: string): Promise<void> {
    const made = await this.action.run(id, (client) => client.embed.webhooks.rotateSecret(id));
    if (made) this.secret = { id, value: made.secret };
  }

  async #delete(id: string): Promise<void> {
    await this.action.run(id, (client) => client.embed.webhooks.delete(id));
    this.sure = null;
    await this.webhooks.load();
  }
}
