import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import type { DayRead, Result } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { base, table } from '../styles.js';
import { choiceField } from '../ui/form.js';
import { skeleton, state } from '../ui/states.js';

const PERIODS = [7, 30, 90, 365] as const;
const MEASURES = ['orders', 'shipped', 'delivered', 'on_time', 'late', 'exceptions'] as const;
const DAY_MS = 86_400_000;
/** The chart's units. It is stretched to the width that there is. */
const [WIDTH, HEIGHT] = [600, 120];

type Measure = (typeof MEASURES)[number];

/** One bar: a day, or the days that begin with it. */
type Span = { from: string } & Record<Measure, number>;

/** The merchant's orders, shipments and deliveries by day: totals, a chart, and the same figures as a table. */
@customElement('orderly-insights')
export class OrderlyInsights extends OrderlyElement {
  static override styles = [
    base,
    table,
    css`
      .others {
        margin-inline-start: auto;
      }
      .totals {
        display: grid;
        gap: 12px;
        grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
      }
      .total {
        display: grid;
        gap: 2px;
        padding: 12px 14px;
        border: 1px solid var(--o-line);
        border-radius: calc(var(--o-radius) + 2px);
        background: var(--o-card);
        color: var(--o-text);
        text-align: start;
        cursor: pointer;
      }
      .total:hover {
        background: var(--o-hover);
      }
      .total[aria-pressed='true'] {
        border-color: var(--o-accent);
        box-shadow: inset 0 0 0 1px var(--o-accent);
      }
      .total strong {
        font-size: var(--o-title);
        font-weight: 650;
        line-height: 1.2;
      }
      .both {
        display: grid;
        gap: 16px;
        align-items: start;
      }
      @container (min-width: 900px) {
        .both {
          grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
        }
      }
      figure {
        padding: 14px 16px;
      }
      .chart {
        display: block;
        inline-size: 100%;
        block-size: 200px;
        margin-block: 12px 6px;
        border-block-end: 1px solid var(--o-line);
        stroke: none;
      }
      .bar {
        fill: var(--o-accent);
      }
      .days {
        max-block-size: 420px;
        overflow: auto;
      }
      .days th {
        position: sticky;
        inset-block-start: 0;
        background: var(--o-card);
      }
      th,
      td {
        padding-inline: 8px;
      }
    `,
  ];

  protected readonly needs = ['orders:read', 'data_room'] as const;

  @reactive() private period = 30;
  @reactive() private shown: Measure = 'orders';

  private readonly figures = new Resource<Result<DayRead[]>>(this, (client, options) =>
    client.embed.insights.list({ from: dayBefore(this.period - 1), to: dayBefore(0) }, options),
  );

  protected begin(): void {
    if (!this.figures.asked) void this.figures.load();
  }

  protected view(): TemplateResult {
    const words = this.texts.insights;
    const periods = PERIODS.map((each) => [String(each), fill(words.days, { n: this.format.number(each) })] as const);
    return html`<section class="stack">
      <div class="head">
        <h2>${words.title}</h2>
        <div class="others unfolded alone">${choiceField('period', words.period, periods, String(this.period), this.#choose)}</div>
      </div>
      ${this.#content()}
    </section>`;
  }

  #choose = (period: string): void => {
    this.period = Number(period);
    void this.figures.load();
  };

  #content(): TemplateResult {
    const { answer, error, loading } = this.figures;
    if (error && !loading) return html`<div class="card">${this.problem(this.figures)}</div>`;
    if (!answer) return html`<div class="card">${skeleton(5, this.texts)}</div>`;
    const words = this.texts.insights;
    const [total] = spansOf(answer.data, answer.data.length);
    if (!total || MEASURES.every((each) => !total[each])) {
      return html`<div class="card">${state('inbox', words.empty, words.emptyHint, nothing, 'status')}</div>`;
    }
    // Some thirty bars at most, which can still be told apart and read as a table.
    const length = answer.data.length > 120 ? 28 : answer.data.length > 31 ? 7 : 1;
    const spans = spansOf(answer.data, length);
    return html`<div class="totals" role="group" aria-label=${words.measure}>${MEASURES.map((each) => this.#total(each, total))}</div>
      <div class="both ${loading ? 'stale' : ''}">${this.#chart(spans, length)}${this.#table(spans, length)}</div>`;
  }

  #total(measure: Measure, total: Span): TemplateResult {
    return html`<button class="total" type="button" aria-pressed=${measure === this.shown} @click=${() => (this.shown = measure)}>
      <span class="muted small">${this.texts.insights.measures[measure]}</span><strong class="number">${this.format.number(total[measure])}</strong>
    </button>`;
  }

  #chart(spans: Span[], length: number): TemplateResult {
    const words = this.texts.insights;
    const most = Math.max(...spans.map((each) => each[this.shown]));
    const step = WIDTH / spans.length;
    const title = `${words.measures[this.shown]} ${length === 1 ? words.byDay : fill(words.byDays, { n: this.format.number(length) })}`;
    const label = `${title}. ${fill(words.most, { n: this.format.number(most) })}`;
    return html`<figure class="card">
      <figcaption class="row">
        <h3>${title}</h3>
        <span class="muted small push">${fill(words.most, { n: this.format.number(most) })}</span>
      </figcaption>
      <svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${label}>
        ${spans.map((each, at) => {
          const height = most ? (each[this.shown] / most) * HEIGHT : 0;
          return svg`<rect class="bar" x=${at * step + step * 0.12} y=${HEIGHT - height} width=${step * 0.76} height=${height}></rect>`;
        })}
      </svg>
      <div class="row muted small">
        <span>${this.format.date(spans[0]!.from)}</span><span class="push">${this.format.date(spans.at(-1)!.from)}</span>
      </div>
    </figure>`;
  }

  #table(spans: Span[], length: number): TemplateResult {
    const words = this.texts.insights;
    return html`<div class="card days" tabindex="0" role="region" aria-label=${words.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">${length === 1 ? words.day : words.daysFrom}</th>
            ${MEASURES.map((each) => html`<th scope="col" class="end">${words.measures[each]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${spans.toReversed().map(
            (each) => html`<tr>
              <th scope="row">${this.format.date(each.from)}</th>
              ${MEASURES.map((measure) => html`<td class="end number">${this.format.number(each[measure])}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

/** The day some days before today, in UTC as the API counts. */
function dayBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/** Sums of `length` days each, the last of which ends with the newest day. The first may have fewer. */
function spansOf(days: DayRead[], length: number): Span[] {
  const spans: Span[] = [];
  for (let end = days.length; end > 0; end -= length) {
    const part = days.slice(Math.max(0, end - length), end);
    const sums = Object.fromEntries(MEASURES.map((each) => [each, part.reduce((sum, day) => sum + day[each], 0)]));
    spans.unshift({ from: part[0]!.date, ...(sums as Record<Measure, number>) });
  }
  return spans;
}
