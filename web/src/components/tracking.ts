import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Result, ShipmentDetail, Tracking, TrackingCheckpoint } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { base, table } from '../styles.js';
import { badge, isLate, statusText } from '../ui/badge.js';
import { copyButton } from '../ui/copy.js';
import { icon } from '../ui/icons.js';
import { skeleton } from '../ui/states.js';
import { timeline, timelineStyles, type Entry } from '../ui/timeline.js';

/** How far each status is on the way; others are off it. */
const STEP: Record<string, number> = {
  label_created: 0, picked_up: 1, in_transit: 1, exception: 1, out_for_delivery: 2, available_for_pickup: 2,
  attempt_failed: 2, delivered: 3,
};

/**
 * Where one shipment is, where it was, and that it stood still, was late or expected on another day.
 *
 * @fires orderly-navigate - The list is opened (`{view: 'shipments'}`), or the order (`{view: 'order', id}`); cancelable.
 */
@customElement('orderly-tracking')
export class OrderlyTracking extends OrderlyElement {
  static override styles = [
    base,
    table,
    timelineStyles,
    css`
      .steps {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: 6px;
      }
      .steps li::before {
        content: '';
        display: block;
        margin-block-end: 6px;
        border-block-start: 5px solid var(--o-line);
        border-radius: 3px;
      }
      .steps .done::before {
        border-color: var(--o-accent);
      }
      .steps .problem::before {
        border-color: var(--o-warn);
      }
      .steps [aria-current] {
        font-weight: 650;
      }
      .steps li {
        font-size: var(--o-small);
        color: var(--o-muted);
      }
      .steps .done {
        color: var(--o-text);
      }
      h2:focus {
        outline: none;
      }
      .plain {
        padding: 8px 16px 16px;
        color: var(--o-muted);
      }
    `,
  ];

  protected readonly needs = ['tracking:read', ['data_room', 'branded_tracking']] as const;

  /** The shipment's id. */
  @property({ attribute: 'shipment-id' }) shipmentId: string | null = null;
  /** Shows a button that leads back to the list. */
  @property({ type: Boolean }) back = false;
  /** Whether its order is what is behind it. */
  @property({ attribute: false }) fromOrder = false;

  readonly tracking = new Resource<Result<Tracking>>(this, (client, options) =>
    client.embed.tracking.get(this.shipmentId!, {}, options),
  );
  /** Its signals and its order, for who may see more than the tracking. */
  readonly shipment = new Resource<Result<ShipmentDetail>>(this, (client, options) =>
    client.embed.shipments.get(this.shipmentId!, {}, options),
  );
  #focused = false;

  protected begin(): void {
    if (!this.shipmentId) return;
    if (!this.tracking.asked) void this.tracking.load();
    const { info } = this.session!;
    if (info && this.session!.allows('shipments:read', 'data_room') && !this.shipment.asked) void this.shipment.load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('shipmentId') || !this.hasUpdated) return;
    this.tracking.clear();
    this.shipment.clear();
    if (this.session) this.sessionChanged();
  }

  protected override updated(): void {
    const heading = this.renderRoot.querySelector<HTMLElement>('h2');
    if (this.back && heading && !this.#focused) heading.focus({ preventScroll: true });
    this.#focused = heading !== null;
  }

  protected view(): TemplateResult | typeof nothing {
    if (!this.shipmentId) return nothing;
    const shipment = this.tracking.answer?.data;
    const back = this.back
      ? html`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${() => this.navigate('shipments')}>
          ${icon('back')}
        </button>`
      : nothing;
    if (!shipment) {
      const card = this.tracking.error && !this.tracking.loading ? this.problem(this.tracking) : skeleton(5, this.texts);
      return html`<div class="stack"><div class="head">${back}</div><div class="card">${card}</div></div>`;
    }
    const number = shipment.tracking_number;
    return html`<article class="stack">
      <div class="head">
        ${back}
        <h2 tabindex="-1" class=${number ? 'code' : ''}>${number ?? this.texts.shipments.noNumber}</h2>
        ${number ? copyButton(number, this.texts) : nothing} ${badge(shipment.status, this.texts)}
        ${isLate(shipment) ? badge('late', this.texts) : nothing} ${this.#orderButton()}
      </div>
      <section class="card pad stack">${this.#steps(shipment.status)}${this.#facts(shipment)}</section>
      <section class="card">
        <h3>${this.texts.tracking.history}</h3>
        ${this.#history(shipment.checkpoints)}
      </section>
    </article>`;
  }

  /** Beside the way back to the order it would be one too many. */
  #orderButton(): TemplateResult | typeof nothing {
    const id = this.shipment.answer?.data.order_id;
    if (!id || !this.session!.has('orders:read') || this.fromOrder) return nothing;
    return html`<button class="button push" type="button" @click=${() => this.navigate('order', id)}>${this.texts.tracking.order}</button>`;
  }

  #steps(status: string): TemplateResult | typeof nothing {
    const at = STEP[status];
    if (at === undefined) return nothing;
    const { steps, progress } = this.texts.tracking;
    const words = [steps.label, steps.moving, steps.out, steps.delivered];
    const isHeldUp = status === 'exception' || status === 'attempt_failed';
    return html`<ol class="steps" aria-label=${progress}>
      ${words.map((word, step) => {
        const kind = step > at ? '' : step === at && isHeldUp ? 'done problem' : 'done';
        const text = step === at && step < 3 ? statusText(status, this.texts) : word;
        return html`<li class=${kind} aria-current=${step === at ? 'step' : nothing}>${text}</li>`;
      })}
    </ol>`;
  }

  #facts(shipment: Tracking): TemplateResult {
    const words = this.texts.shipments;
    const facts: [string, string | null][] = [
      [words.carrier, shipment.carrier_name ?? shipment.carrier],
      [this.texts.tracking.service, shipment.service],
      [words.shipped, this.format.date(shipment.ship_date)],
      shipment.actual_delivery
        ? [words.delivered, this.format.dateTime(shipment.actual_delivery)]
        : [words.expected, this.format.date(shipment.estimated_delivery)],
    ];
    return html`<dl class="facts">
      ${facts.map(([name, value]) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing))}
    </dl>`;
  }

  #history(checkpoints: TrackingCheckpoint[]): TemplateResult {
    const scans = checkpoints.toReversed().map((each): Entry => {
      const place = [each.city, each.state, each.country && this.format.country(each.country)].filter(Boolean).join(', ');
      const text = [each.status_detail, each.location ?? place].filter(Boolean).join(' · ');
      return { title: statusText(each.status, this.texts), text: text || null, time: each.checkpoint_time };
    });
    const entries = [...this.#signals(), ...scans].sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
    if (!entries.length) return html`<p class="plain">${this.texts.tracking.noHistory}</p>`;
    return timeline(entries, this.format);
  }

  #signals(): Entry[] {
    const words = this.texts.tracking.signals;
    return (this.shipment.answer?.data.signals ?? []).map((each) => {
      const values = {
        day: this.format.date(each.estimated_delivery),
        before: this.format.date(each.previous_estimated_delivery),
        time: this.format.dateTime(each.last_checkpoint_at),
      };
      const { title, text } = words[each.type];
      return { title, text: fill(text, values), time: each.at, tone: each.type === 'shipment.eta_changed' ? '' : 'warn' };
    });
  }
}
