import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { DryRun, Result, RuleCreate, RuleRead } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { base } from '../styles.js';
import { badge } from '../ui/badge.js';
import { confirmation } from '../ui/confirm.js';
import { conditionOf, conditionStyles, conditionText, fieldsOf, linesOf, OPERATORS, type Line } from '../ui/condition.js';
import { secretNotice } from '../ui/copy.js';
import { eventText, type EventName } from '../ui/events.js';
import { choiceField, formProblem, formStyles, textField, valuesOf } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { said } from '../ui/said.js';
import { skeleton, state } from '../ui/states.js';
import './deliveries.js';

const EVENTS: EventName[] = [
  'shipment.exception', 'shipment.stalled', 'shipment.late', 'shipment.eta_changed', 'shipment.delivered', 'shipment.shipped',
  'shipment.created', 'tracking.updated', 'order.created',
  'order.updated', 'order.status_changed', 'bridge.connected', 'bridge.disconnected', 'bridge.sync_completed',
];
const METHODS = ['in_app', 'webhook', 'both'] as const;

/** A rule that is being made or changed. What is typed stays here, whatever happens to the session. */
interface Draft {
  id: string | null;
  eventType: EventName;
  lines: Line[];
  joined: 'all' | 'any';
  method: (typeof METHODS)[number];
  /** A condition that the form cannot show; it is kept as it is. */
  kept: Record<string, unknown> | null;
}

/**
 * The merchant's alert rules, built by form, with a dry run against recent events beside it.
 *
 * @fires orderly-rule-created - `{id}` of a new rule.
 */
@customElement('orderly-alerts')
export class OrderlyAlerts extends OrderlyElement {
  static override styles = [
    base,
    formStyles,
    conditionStyles,
    css`
      .rule {
        display: grid;
        gap: 8px;
        padding: 16px;
      }
      .name {
        font-weight: 650;
      }
      .beside {
        display: grid;
        align-items: start;
      }
      @container (min-width: 800px) {
        .beside {
          grid-template-columns: minmax(0, 1.8fr) minmax(0, 1fr);
        }
        .beside > aside {
          border-inline-start: 1px solid var(--o-line);
          align-self: stretch;
        }
      }
      aside {
        align-content: start;
        padding: 16px;
      }
      aside ul {
        display: grid;
        gap: 4px;
      }
    `,
  ];

  protected readonly needs = ['alerts:read', 'smart_alerts'] as const;

  @reactive() private draft: Draft | null = null;
  @reactive() private dryRun: DryRun | null = null;
  @reactive() private sure: string | null = null;
  @reactive() private deliveries: string | null = null;
  @reactive() private secret: { id: string; value: string } | null = null;
  private readonly action = new Action(this, ['alerts:write', 'smart_alerts']);
  private readonly trial = new Action(this, this.needs);
  private readonly rules = new Resource<Result<RuleRead[]>>(this, (client, options) =>
    client.embed.alertRules.list({}, options),
  );

  protected begin(): void {
    if (!this.rules.asked) void this.rules.load();
  }

  protected view(): TemplateResult {
    const words = this.texts.alerts;
    return html`<section class="stack">
      <div class="head">
        <h2>${words.title}</h2>
        ${this.action.isAllowed && this.draft === null
          ? html`<button class="button primary push" type="button" @click=${() => this.#edit(null)}>${icon('plus')}${words.add}</button>`
          : nothing}
      </div>
      ${this.draft && this.draft.id === null ? html`<div class="card">${this.#form(this.draft, null)}</div>` : nothing}
      ${this.#list()}
    </section>`;
  }

  #list(): TemplateResult {
    const { answer, error, loading } = this.rules;
    if (error && !loading && !answer) return html`<div class="card">${this.problem(this.rules)}</div>`;
    if (!answer) return html`<div class="card">${skeleton(3, this.texts)}</div>`;
    if (!answer.data.length && !this.draft) {
      const words = this.texts.alerts;
      return html`<div class="card">${state('bell', words.empty, words.emptyHint, nothing, 'status')}</div>`;
    }
    return html`${answer.data.map((rule) => this.#rule(rule))}`;
  }

  #rule(rule: RuleRead): TemplateResult {
    const words = this.texts.alerts;
    const { id } = rule;
    const last = rule.last_alert_at ? fill(words.last, { time: this.format.dateTime(rule.last_alert_at) }) : words.never;
    const held = rule.suppressed_count ? ` · ${this.format.plural(rule.suppressed_count, words.suppressed)}` : '';
    return html`<article class="card" aria-label=${rule.name}>
      <div class="rule">
        <div class="row"><span class="name">${rule.name}</span><span class="push">${badge(rule.is_active ? 'active' : 'disabled', this.texts)}</span></div>
        ${rule.description ? html`<p>${rule.description}</p>` : nothing}
        <p>${eventText(rule.event_type, this.texts)}${conditionText(rule.condition, this.texts)}</p>
        <p class="muted small">${words.methods[rule.delivery_method] ?? rule.delivery_method} · ${last}${held}</p>
        ${rule.webhook_disabled_reason
          ? html`<div class="notice warn">${icon('alert')}<div>${fill(this.texts.webhooks.why, { reason: said(rule.webhook?.disabled_reason_code, rule.webhook_disabled_reason, this) })}</div></div>`
          : nothing}
        ${this.secret?.id === id ? secretNotice(this.secret.value, this.texts) : nothing} ${formProblem(this.action.errorOf(id), this.texts)}
        <div class="row">${this.#buttons(rule)}</div>
      </div>
      ${this.draft?.id === id ? this.#form(this.draft, rule) : nothing}
      ${this.deliveries === id ? html`<orderly-deliveries of="rule" owner=${id}></orderly-deliveries>` : nothing}
    </article>`;
  }

  #buttons(rule: RuleRead): TemplateResult {
    const { id } = rule;
    const busy = this.action.busy !== null;
    const words = this.texts.actions;
    const deliveries = rule.webhook
      ? html`<button class="button quiet" type="button" aria-expanded=${this.deliveries === id}
          @click=${() => (this.deliveries = this.deliveries === id ? null : id)}>${this.texts.webhooks.deliveries}</button>`
      : nothing;
    if (!this.action.isAllowed) return html`${deliveries}`;
    if (this.sure === id) {
      return confirmation(this.texts, busy, () => this.#delete(id), () => (this.sure = null));
    }
    return html`<button class="button" type="button" aria-disabled=${busy} @click=${() => this.#edit(rule)}>${words.edit}</button>
      <button class="button" type="button" aria-disabled=${busy} @click=${() => this.#activate(id, !rule.is_active)}>
        ${rule.is_active ? this.texts.webhooks.switchOff : this.texts.webhooks.switchOn}
      </button>
      <button class="button danger" type="button" aria-disabled=${busy} @click=${() => (this.sure = id)}>${words.delete}</button>
      ${deliveries}`;
  }

  #form(draft: Draft, rule: RuleRead | null): TemplateResult {
    const words = this.texts.alerts;
    const error = this.action.errorOf('form');
    const change = (part: Partial<Draft>) => {
      this.draft = { ...draft, ...part };
      this.dryRun = null;
    };
    const events = EVENTS.map((each) => [each, eventText(each, this.texts)] as const);
    return html`<div class="beside">
      <form @submit=${(event: Event) => this.#save(event, draft)}>
        ${textField('name', words.name, rule?.name, error, { required: true, maxlength: 100 })}
        ${rule
          ? html`<p>${eventText(rule.event_type, this.texts)}</p>`
          : choiceField('eventType', words.when, events, draft.eventType, (value) =>
              change({ eventType: value as EventName, lines: [] }),
            )}
        ${this.#condition(draft, change)}
        ${choiceField('method', words.how, METHODS.map((each) => [each, words.methods[each]!]), draft.method, (value) =>
          change({ method: value as Draft['method'] }),
        )}
        ${draft.method === 'in_app'
          ? nothing
          : textField('webhookUrl', this.texts.webhooks.url, rule?.webhook_url, error, { type: 'url', required: true, placeholder: 'https://' })}
        ${textField('cooldownMinutes', words.cooldown, String(rule?.cooldown_minutes ?? 60), error, { type: 'number', min: 0, required: true })}
        ${formProblem(error, this.texts)}
        <div class="row">
          <button class="button primary" type="submit" aria-disabled=${this.action.busy !== null}>
            ${rule ? this.texts.actions.save : words.create}
          </button>
          <button class="button" type="button" @click=${() => (this.draft = null)}>${this.texts.actions.cancel}</button>
        </div>
      </form>
      <aside class="stack">
        <h3>${words.trial}</h3>
        <p class="muted small">${words.trialHint}</p>
        <div><button class="button" type="button" aria-disabled=${this.trial.busy !== null} @click=${() => this.#try(draft)}>${words.try}</button></div>
        ${formProblem(this.trial.error, this.texts)} ${this.dryRun ? this.#dryRun(this.dryRun) : nothing}
      </aside>
    </div>`;
  }

  #condition(draft: Draft, change: (part: Partial<Draft>) => void): TemplateResult {
    const words = this.texts.alerts;
    if (draft.kept) return html`<p class="hint">${words.kept}</p>`;
    const fields = fieldsOf(draft.eventType).map((each) => [each, words.fields[each] ?? each] as const);
    const set = (at: number, part: Partial<Line>) =>
      change({ lines: draft.lines.map((line, n) => (n === at ? { ...line, ...part } : line)) });
    return html`<fieldset>
      <legend>${words.condition}</legend>
      ${draft.lines.length > 1
        ? choiceField('joined', words.joined, [['all', words.all], ['any', words.any]], draft.joined, (joined) =>
            change({ joined: joined as Draft['joined'] }),
          )
        : nothing}
      ${draft.lines.map(
        (line, at) => html`<div class="line">
          <select class="input" aria-label=${words.field} @change=${(event: Event) => set(at, { field: (event.target as HTMLSelectElement).value })}>
            ${fields.map(([value, text]) => html`<option value=${value} ?selected=${value === line.field}>${text}</option>`)}
          </select>
          <select class="input" aria-label=${words.operator} @change=${(event: Event) => set(at, { operator: (event.target as HTMLSelectElement).value as Line['operator'] })}>
            ${OPERATORS.map((each) => html`<option value=${each} ?selected=${each === line.operator}>${words.operators[each]}</option>`)}
          </select>
          <input class="input" aria-label=${words.value} required maxlength="200" .value=${line.value} @input=${(event: Event) => set(at, { value: (event.target as HTMLInputElement).value })} />
          <button class="button icon" type="button" aria-label=${this.texts.actions.delete} @click=${() => change({ lines: draft.lines.filter((_, n) => n !== at) })}>
            ${icon('close')}
          </button>
        </div>`,
      )}
      ${draft.lines.length ? nothing : html`<p class="hint">${words.always}</p>`}
      <div>
        <button class="button" type="button" aria-disabled=${draft.lines.length >= 10}
          @click=${() => draft.lines.length < 10 && change({ lines: [...draft.lines, { field: fields[0]![0], operator: 'eq', value: '' }] })}>
          ${icon('plus')}${words.addLine}
        </button>
      </div>
    </fieldset>`;
  }

  #dryRun(result: DryRun): TemplateResult {
    const words = this.texts.alerts;
    return html`<div role="status" class="stack">
      <p>${fill(words.matched, { n: this.format.number(result.matched.length), of: this.format.number(result.evaluated) })}</p>
      <ul>
        ${result.matched.slice(0, 10).map((each) => html`<li class="muted small">${this.format.dateTime(each.created_at)}</li>`)}
      </ul>
    </div>`;
  }

  #edit(rule: RuleRead | null): void {
    const parsed = rule ? linesOf(rule.condition) : { lines: [], joined: 'all' as const };
    this.draft = {
      id: rule?.id ?? null,
      eventType: (rule?.event_type ?? 'shipment.exception') as EventName,
      lines: parsed?.lines ?? [],
      joined: parsed?.joined ?? 'all',
      method: (rule?.delivery_method ?? 'in_app') as Draft['method'],
      kept: parsed ? null : rule!.condition,
    };
    this.dryRun = null;
    this.action.clear();
    this.trial.clear();
  }

  async #try(draft: Draft): Promise<void> {
    const body = { eventType: draft.eventType, condition: draft.kept ?? conditionOf(draft.lines, draft.joined) };
    this.dryRun = (await this.trial.run('try', (client) => client.embed.alerts.dryRun(body))) ?? null;
  }

  async #save(event: Event, draft: Draft): Promise<void> {
    const { text } = valuesOf(event);
    const shared = {
      name: text('name'),
      condition: draft.kept ?? conditionOf(draft.lines, draft.joined),
      deliveryMethod: draft.method,
      cooldownMinutes: Number(text('cooldownMinutes')),
      ...(draft.method === 'in_app' ? {} : { webhookUrl: text('webhookUrl') }),
    };
    const saved = await this.action.run('form', (client, options) =>
      draft.id
        ? client.embed.alertRules.update(draft.id, shared)
        : client.embed.alertRules.create({ ...shared, eventType: draft.eventType } satisfies RuleCreate, options),
    );
    if (!saved) return;
    if ('webhookSecret' in saved) this.secret = { id: saved.id, value: saved.webhookSecret };
    if (!draft.id) this.emit('orderly-rule-created', { id: saved.id });
    this.draft = null;
    await this.rules.load();
  }

  async #activate(id: string, isActive: boolean): Promise<void> {
    await this.action.run(id, (client) => client.embed.alertRules.update(id, { isActive }));
    await this.rules.load();
  }

  async #delete(id: string): Promise<void> {
    await this.action.run(id, (client) => client.embed.alertRules.delete(id));
    this.sure = null;
    await this.rules.load();
  }
}
