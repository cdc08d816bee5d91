/** What the console reads, beyond what the components do. */
export type * from './types.js';
import type { EndUserRead } from './types.js';

export interface DeliveryAttempt {
  id: string; attempt: number; trigger: string; response_status: number | null; error: string | null;
  error_class: string | null; duration_ms: number | null; response_snippet: string | null; attempted_at: string;
}
export interface EventDelivery {
  webhook_id: string; type: string; delivery_id: string | null; status: string; reason: string | null;
  next_attempt_at: string | null; attempts: DeliveryAttempt[];
}
export interface OrderEvent {
  id: string; event_type: string; created_at: string; resource_type: string; resource_id: string | null;
  deliveries: EventDelivery[];
}
export interface ToldWebhook {
  id: string; type: string; url: string; description: string | null; is_active: boolean; disabled_reason: string | null;
}
export interface OrderDeliveries {
  order: {
    id: string; order_number: string | null; external_id: string; status: string; end_user: EndUserRead | null;
    shipments: { id: string; tracking_number: string | null; status: string }[];
  };
  webhooks: ToldWebhook[];
}
