import { html, type TemplateResult } from 'lit';
import type { Texts } from '../texts/index.js';

type Tone = 'good' | 'warn' | 'bad' | 'active' | '';

const TONES: Record<string, Tone> = {
  delivered: 'good', fulfilled: 'good', paid: 'good', active: 'good', approved: 'good', succeeded: 'good', applied: 'good',
  processing: 'active', shipped: 'active', partially_shipped: 'active', in_transit: 'active', picked_up: 'active',
  out_for_delivery: 'active', available_for_pickup: 'active', partially_fulfilled: 'active', running: 'active',
  applying: 'active',
  on_hold: 'warn', attempt_failed: 'warn', unpaid: 'warn', partially_refunded: 'warn', paused: 'warn', manual: 'warn',
  pending_oauth: 'warn', skipped: 'warn', late: 'warn', failing: 'warn',
  exception: 'bad', error: 'bad', disconnected: 'bad', failed: 'bad', denied: 'bad',
};

const ENDED = new Set(['delivered', 'returned', 'cancelled']);

/** A status in words (`words`, where it means something of its own) and colour. An unknown one is shown as it is. */
export function badge(status: string, texts: Texts, words = statusText(status, texts)): TemplateResult {
  return html`<span class="badge ${TONES[status] ?? ''}" part="badge">${words}</span>`;
}

/** Whether the expected day has passed while a shipment is on its way. Days are compared as the reader's. */
export function isLate(shipment: { status: string; estimated_delivery: string | null; actual_delivery: string | null }): boolean {
  const { status, estimated_delivery: expected, actual_delivery: arrived } = shipment;
  if (!expected || arrived || ENDED.has(status)) return false;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  return expected.slice(0, 10) < today;
}

export function statusText(status: string, texts: Texts): string {
  return Object.hasOwn(texts.status, status) ? texts.status[status]! : status.replaceAll('_', ' ');
}
