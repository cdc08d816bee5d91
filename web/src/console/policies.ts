/** `settings.actionPolicies` in words. */
import { fill } from '../format.js';
import type { Texts } from '../texts/index.js';
import { statusText } from '../ui/badge.js';
import type { ConfigRead } from './api.js';
import { words } from './texts/index.js';

export const ACTION_TYPES = ['cancel', 'address_change', 'hold', 'release', 'expedite', 'note', 'other'] as const;
export const STAGES = ['pending', 'confirmed', 'processing', 'partially_shipped', 'shipped', 'delivered'] as const;

export interface Policy {
  enabled?: boolean;
  autoApprove?: boolean;
  windowMinutes?: number | null;
  untilStatus?: string | null;
}

export function policiesOf(config: ConfigRead | undefined): Record<string, Policy> {
  return (config?.settings.actionPolicies ?? {}) as Record<string, Policy>;
}

export function policyText(config: ConfigRead | undefined, type: string, texts: Texts): string {
  if (!config) return '';
  const policy = policiesOf(config)[type] ?? {};
  const named = words.queue.policies;
  const parts = [policy.autoApprove ? named.auto : named.person];
  if (policy.enabled === false) parts.push(named.off);
  if (policy.windowMinutes) parts.push(fill(named.window, { n: policy.windowMinutes }));
  if (policy.untilStatus) parts.push(fill(named.until, { status: statusText(policy.untilStatus, texts) }));
  return parts.join(' ');
}
