/** Conditions of rules as lines of a form: a field, an operator and a value each, all or any of which must hold. */
import { css } from 'lit';
import { fill } from '../format.js';
import type { Texts } from '../texts/index.js';

export const OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'contains', 'starts_with'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Line {
  field: string;
  operator: Operator;
  value: string;
}

const FIELDS: Record<string, string[]> = {
  order: ['status', 'order_number', 'totals.total', 'currency', 'payment_status', 'fulfillment_status', 'customer.name', 'customer.email'],
  shipment: ['status', 'carrier', 'service', 'tracking_number', 'estimated_delivery'],
  bridge: ['name', 'type', 'status', 'error_message'],
};
const NUMBERS = new Set(['totals.total']);

/** The fields that a condition on events of this type can name. */
export function fieldsOf(eventType: string): string[] {
  const subject = eventType.split('.')[0]!;
  return FIELDS[subject === 'tracking' ? 'shipment' : subject] ?? ['status'];
}

export function conditionOf(lines: Line[], joined: 'all' | 'any'): Record<string, unknown> {
  const conditions = lines.map(({ field, operator, value }) => ({
    field,
    operator,
    value: NUMBERS.has(field) && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value.trim(),
  }));
  if (!conditions.length) return {};
  return conditions.length === 1 ? conditions[0]! : { [joined]: conditions };
}

/** Null for a condition that lines cannot say, such as a nested one. */
export function linesOf(condition: Record<string, unknown>): { lines: Line[]; joined: 'all' | 'any' } | null {
  for (const joined of ['all', 'any'] as const) {
    const listed = condition[joined];
    if (!Array.isArray(listed)) continue;
    const lines = listed.map(lineOf);
    return Object.keys(condition).length === 1 && lines.every((line) => line !== null) ? { lines, joined } : null;
  }
  if ('field' in condition) {
    const line = lineOf(condition);
    return line && { lines: [line], joined: 'all' };
  }
  const lines = Object.entries(condition).map(([field, value]) => lineOf({ field, operator: 'eq', value }));
  return lines.every((line) => line !== null) ? { lines, joined: 'all' } : null;
}

function lineOf(value: unknown): Line | null {
  const { field, operator, value: wanted } = (value ?? {}) as Record<string, unknown>;
  const isPlain = typeof wanted === 'string' || typeof wanted === 'number';
  if (typeof field !== 'string' || !OPERATORS.includes(operator as Operator) || !isPlain) return null;
  return { field, operator: operator as Operator, value: String(wanted) };
}

/** The condition in words, after the event: `, if carrier is ups`. */
export function conditionText(condition: Record<string, unknown>, texts: Texts): string {
  const { alerts } = texts;
  if (!Object.keys(condition).length) return '';
  const parsed = linesOf(condition);
  if (!parsed) return `, ${alerts.if} ${JSON.stringify(condition)}`;
  const words = parsed.lines.map(
    ({ field, operator, value }) => `${alerts.fields[field] ?? field} ${alerts.operators[operator]} ${texts.status[value] ?? quoted(value, texts)}`,
  );
  return `, ${alerts.if} ${words.join(parsed.joined === 'all' ? alerts.and : alerts.or)}`;
}

function quoted(value: string, texts: Texts): string {
  return /^-?[\d.]+$/.test(value) ? value : fill(texts.alerts.quoted, { text: value });
}

export const conditionStyles = css`
  .line {
    display: grid;
    gap: 8px;
    grid-template-columns: 1.2fr 1fr 1.2fr auto;
  }
  @container (max-width: 560px) {
    .line {
      grid-template-columns: 1fr auto;
      padding-block-end: 8px;
      border-block-end: 1px solid var(--o-line);
    }
    .line > :nth-child(-n + 2) {
      grid-column: 1 / -1;
    }
  }
`;
