// Uses the types that openapi-typescript makes of the document.
import type { components, paths } from './api.js';

// Optional fields of a body are optional.
export const webhook: components['schemas']['WebhookCreate'] = {
  url: 'https://example.com/hook',
  events: ['order.created'],
};

type Orders = paths['/api/v1/embed/orders']['get']['responses'][200]['content']['application/json'];

export function firstNumber(orders: Orders): string | null | undefined {
  return orders.data[0]?.order_number;
}
