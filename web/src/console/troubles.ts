import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { fill } from '../format.js';
import { badge } from '../ui/badge.js';
import { icon } from '../ui/icons.js';
import { state } from '../ui/states.js';
import { ROOT } from './adapter.js';
import type { EndUserShipment, EndUserWebhook, OrganizationBridge } from './api.js';
import { columns, ConsoleList, consoleStyles } from './element.js';
import { linkTo } from './place.js';
import { words } from './texts/index.js';

/** The heading of a list behind one of the overview's figures, with the way back. */
function heading(title: string, back: string): TemplateResult {
  return html`<div class="head">
    <a class="button quiet icon" href=${linkTo('overview')} aria-label=${back}>${icon('back')}</a>
    <h2>${title}</h2>
  </div>`;
}

/** Shipments that are held up, over all merchants. */
@customElement('console-exceptions')
export class ConsoleExceptions extends ConsoleList<EndUserShipment> {
  static override styles = [consoleStyles];
  protected readonly path = `${ROOT}/shipments`;

  protected override query(cursor: string | undefined) {
    return { ...super.query(cursor), status: 'exception' };
  }

  protected view(): TemplateResult {
    return html`<section class="stack">${heading(words.overview.exceptions, this.texts.actions.back)} ${this.list()}</section>`;
  }

  protected head(): TemplateResult {
    const { number, carrier, shipped, expected } = this.texts.shipments;
    return columns(number, carrier, words.search.merchant, shipped, expected);
  }

  protected row(row: EndUserShipment): TemplateResult {
    const number = row.tracking_number ?? this.texts.shipments.noNumber;
    const { end_user: merchant } = row;
    return html`<tr role="row">
      <td role="cell" class="first">
        ${merchant ? html`<a class="code" href=${linkTo('merchants', merchant.id, 'shipments', row.id)}>${number}</a>` : number}
      </td>
      <td role="cell" class="wide">${row.carrier_name ?? row.carrier}</td>
      <td role="cell" class="wide">${merchant ? merchantLink(merchant.id, merchant, 'shipments') : words.queue.deleted}</td>
      <td role="cell" class="muted short skip">${this.format.date(row.ship_date)}</td>
      <td role="cell" class="muted short">${this.format.date(row.estimated_delivery)}</td>
    </tr>`;
  }

  protected empty(): TemplateResult {
    return state('check', words.troubles.noExceptions, nothing, nothing, 'status');
  }
}

/** Connections in error, over all merchants. */
@customElement('console-connections')
export class ConsoleConnections extends ConsoleList<OrganizationBridge> {
  static override styles = [consoleStyles];
  protected readonly path = `${ROOT}/bridges`;

  protected override query(cursor: string | undefined) {
    return { ...super.query(cursor), status: 'error' };
  }

  protected view(): TemplateResult {
    return html`<section class="stack">${heading(words.overview.connections, this.texts.actions.back)} ${this.list()}</section>`;
  }

  protected head(): TemplateResult {
    const texts = words.troubles;
    return columns(this.texts.bridges.name, texts.why, words.search.merchant, texts.lastSync);
  }

  protected row(row: OrganizationBridge): TemplateResult {
    return html`<tr role="row">
      <td role="cell" class="first">${row.name}<span class="also">${row.type}</span></td>
      <td role="cell" class="wide">${row.error_message}</td>
      <td role="cell" class="wide">${row.end_user_id ? merchantLink(row.end_user_id, row.end_user, 'connections') : words.troubles.nobody}</td>
      <td role="cell" class="muted wide">
        ${row.last_sync_at ? this.format.dateTime(row.last_sync_at) : this.texts.bridges.neverSynced}
      </td>
    </tr>`;
  }

  protected empty(): TemplateResult {
    return state('check', words.troubles.noConnections, nothing, nothing, 'status');
  }
}

/** Webhooks that fail or are switched off, over all merchants. */
@customElement('console-webhooks')
export class ConsoleWebhooks extends ConsoleList<EndUserWebhook> {
  static override styles = [consoleStyles];
  protected readonly path = `${ROOT}/webhooks`;

  get #isDisabled(): boolean {
    return this.filters.state === 'disabled';
  }

  protected override query(cursor: string | undefined) {
    return { ...super.query(cursor), state: this.#isDisabled ? 'disabled' : 'failing' };
  }

  protected view(): TemplateResult {
    const texts = words.overview;
    return html`<section class="stack">
      ${heading(this.#isDisabled ? texts.disabled : texts.failing, this.texts.actions.back)} ${this.list()}
    </section>`;
  }

  protected head(): TemplateResult {
    const texts = words.troubles;
    return columns(this.texts.webhooks.url, texts.why, words.search.merchant, texts.lastSuccess);
  }

  protected row(row: EndUserWebhook): TemplateResult {
    const texts = words.troubles;
    const why = row.is_active
      ? this.format.plural(row.consecutive_failures, this.texts.webhooks.failures)
      : (row.disabled_reason ?? texts.byHand);
    return html`<tr role="row">
      <td role="cell" class="first">
        ${row.description ?? row.url} ${row.description ? html`<span class="also">${row.url}</span>` : nothing}
      </td>
      <td role="cell" class="wide">
        ${badge(row.is_active ? 'failing' : 'disabled', this.texts)} <span class="also">${why}</span>
        ${row.next_attempt_at
          ? html`<span class="also">${fill(this.texts.webhooks.nextAttempt, { time: this.format.dateTime(row.next_attempt_at) })}</span>`
          : nothing}
      </td>
      <td role="cell" class="wide">
        ${row.end_user
          ? merchantLink(row.end_user.id, row.end_user, row.type === 'rule' ? 'alerts' : 'webhooks')
          : words.troubles.own}
      </td>
      <td role="cell" class="muted wide">
        ${row.last_success_at ? this.format.dateTime(row.last_success_at) : this.texts.webhooks.neverDelivered}
      </td>
    </tr>`;
  }

  protected override get isFiltered(): boolean {
    return false;
  }

  protected empty(): TemplateResult {
    const texts = words.troubles;
    return state('check', this.#isDisabled ? texts.noneDisabled : texts.noneFailing, nothing, nothing, 'status');
  }
}

function merchantLink(id: string, named: { name: string | null; external_id: string } | null | undefined, tab: string): TemplateResult {
  return html`<a href=${linkTo('merchants', id, tab)}>${named?.name ?? named?.external_id ?? words.search.merchant}</a>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'console-connections': ConsoleConnections;
    'console-exceptions': ConsoleExceptions;
    'console-webhooks': ConsoleWebhooks;
  }
}
