import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { ActionRequestCreate, OrderDetail } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { base } from '../styles.js';
import { startOfDay } from '../ui/list.js';
import { choiceField, formProblem, formStyles, textField, valuesOf } from '../ui/form.js';

export type ActionType = ActionRequestCreate['actionType'];

/** In the order in which they are offered. */
const TYPES = ['cancel', 'address_change', 'hold', 'release', 'expedite', 'note', 'other'] as const;
const ADDRESS = ['name', 'address1', 'address2', 'zip', 'city', 'state', 'country', 'phone'] as const;

/** Asks for a change of an order. Inside `<orderly-order>`. */
@customElement('orderly-request-form')
export class OrderlyRequestForm extends OrderlyElement {
  static override styles = [base, formStyles];

  protected readonly needs = ['actions:write', 'action_requests'] as const;

  @property({ attribute: false }) order!: OrderDetail;
  @reactive() private type: string | null = null;
  private readonly action = new Action(this, this.needs);

  override get isAllowed(): boolean {
    return this.action.isAllowed;
  }

  protected begin(): void {}

  /** What the order still allows, with the moment until which. */
  static allowed(order: OrderDetail): { type: string; until: string | null }[] {
    return order.allowed_actions
      .map(({ action_type: type, until }) => ({ type, until: until ?? null }))
      .sort((a, b) => TYPES.indexOf(a.type as never) - TYPES.indexOf(b.type as never));
  }

  protected view(): TemplateResult {
    const words = this.texts.requests;
    const allowed = OrderlyRequestForm.allowed(this.order);
    const shown = allowed.find(({ type }) => type === this.type) ?? allowed[0]!;
    const error = this.action.error;
    const options = allowed.map(({ type }) => [type, words.types[type] ?? type] as const);
    return html`<section class="card">
      <h3>${words.ask}</h3>
      <form @submit=${(event: Event) => this.#send(event, shown.type)}>
        ${choiceField('actionType', words.type, options, shown.type, (type) => (this.type = type))}
        ${shown.until
          ? html`<p class="hint">${fill(words.until, { time: this.format.dateTime(shown.until) })}</p>`
          : nothing}
        ${this.#changes(shown.type)}
        ${textField('description', shown.type === 'note' ? words.note : words.reason, '', error, {
          type: 'area',
          required: shown.type === 'note' || shown.type === 'other',
        })}
        ${formProblem(error, this.texts)}
        <div class="row">
          <button class="button primary" type="submit" aria-disabled=${this.action.busy !== null}>${words.send}</button>
          <button class="button" type="button" @click=${() => this.emit('orderly-close', null)}>${this.texts.actions.cancel}</button>
        </div>
      </form>
    </section>`;
  }

  #changes(type: string): TemplateResult | typeof nothing {
    const words = this.texts.requests;
    const { error } = this.action;
    if (type === 'hold') return textField('until', words.holdUntil, '', error, { type: 'date' });
    if (type !== 'address_change') return nothing;
    const address = this.order.shipping_address;
    return html`<div class="two">
      ${ADDRESS.map((name) =>
        textField(name, words.address[name], address?.[name], error, {
          required: name === 'address1' || name === 'city' || name === 'country',
          maxlength: 200,
          ...(name === 'country' ? { hint: words.countryHint } : {}),
        }),
      )}
    </div>`;
  }

  async #send(event: Event, type: string): Promise<void> {
    const { text } = valuesOf(event);
    const words = this.texts.requests;
    const description = text('description') || null;
    const requestedChanges: Record<string, unknown> = {};
    if (type === 'address_change') for (const name of ADDRESS) requestedChanges[name] = text(name) || null;
    if (type === 'hold' && text('until')) requestedChanges.until = startOfDay(text('until'), 0);
    if (type === 'hold' && description) requestedChanges.reason = description;
    if (type === 'note') requestedChanges.note = description;
    const number = this.order.order_number ?? this.order.external_id;
    const body: ActionRequestCreate = {
      orderId: this.order.id,
      actionType: type as ActionType,
      title: `${words.types[type] ?? type}: ${number}`.slice(0, 200),
      description,
      requestedChanges: Object.keys(requestedChanges).length ? requestedChanges : null,
    };
    const created = await this.action.run('send', (client, options) => client.embed.actionRequests.create(body, options));
    if (created) this.emit('orderly-request-created', { id: created.id, orderId: this.order.id, actionType: type });
  }
}
