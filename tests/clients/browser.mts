// Uses client.d.ts.
import { createClient, type ApiError } from './client.js';

const client = createClient({ publishableKey: 'pk_live_x', fetchSession: async () => 'est_x' });

export async function show(onError: (error: ApiError) => void): Promise<string[]> {
  const orders = await client.embed.orders.list({ status: 'pending', limit: 20 });
  if (orders.error) {
    onError(orders.error);
    return [];
  }
  const pages = orders.pagination.totalPages;
  return [`${pages} pages`, ...orders.data.map((order) => `${order.order_number}: ${order.status}`)];
}

export async function connect(): Promise<string | null> {
  const body = { type: 'shipstation', name: 'Shipper', config: { apiKey: 'k', apiSecret: 's' } };
  const { data } = await client.embed.bridges.create(body, { idempotencyKey: 'shipper' });
  return data && data.id;
}

// @ts-expect-error A status that does not exist.
await client.embed.orders.list({ status: 'lost' });
// @ts-expect-error The id is missing.
await client.embed.bridges.update();
