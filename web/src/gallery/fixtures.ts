/** Made-up data for the gallery. The types are the API's, so that a changed answer fails the build. */
import type {
  ActionRequestRow, BridgeSummary, BridgeTypeRead, DayRead, NotificationRead, OrderDetail, OrderRow, RuleRead, SessionRead, ShipmentDetail, ShipmentSummary, Signal, Tracking, TrackingPageRow,
  WebhookRead,
} from '../api.js';

const AT = '2026-01-20T14:05:00.000Z';
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const session: SessionRead = {
  sessionId: id(1),
  expiresAt: '2099-01-01T00:00:00.000Z',
  scopes: [
    'bridges:read', 'bridges:write', 'orders:read', 'shipments:read', 'tracking:read', 'actions:read', 'actions:write',
    'alerts:read', 'alerts:write', 'webhooks:read', 'webhooks:write',
  ],
  enabledFeatures: ['bridges', 'data_room', 'action_requests', 'smart_alerts', 'end_user_webhooks', 'branded_tracking'],
  allowedBridgeTypes: [],
  readOnly: false,
  endUser: { id: id(2), externalId: 'casa-moderna', name: 'Casa Moderna', email: 'ops@casamoderna.example' },
  organization: { slug: 'northwind', branding: { company_name: 'Northwind Fulfilment', primary_color: '#0f766e' } },
};

const ORDER_STATUSES: OrderRow['status'][] = [
  'pending', 'confirmed', 'processing', 'on_hold', 'partially_shipped', 'shipped', 'delivered', 'cancelled', 'returned',
  'refunded',
];
const NAMES = ['Ana Souza', 'Grüner & Söhne GmbH', 'Priya Raman', 'Łukasz Wójcik', 'O’Brien Ltd'];

const orders: OrderRow[] = ORDER_STATUSES.map((status, at) => ({
  id: id(100 + at),
  order_number: `#${1010 - at}`,
  external_id: `ext-${1010 - at}`,
  status,
  fulfillment_status: at < 4 ? 'unfulfilled' : at === 4 ? 'partially_fulfilled' : 'fulfilled',
  payment_status: at === 0 ? 'unpaid' : status === 'refunded' ? 'refunded' : 'paid',
  customer: { name: NAMES[at % NAMES.length]!, email: `buyer${at}@example.com` },
  totals: { subtotal: 120 * (at + 1), tax: 23.4, shipping: 4.9, discount: 10, total: 120 * (at + 1) + 18.3 },
  currency: at % 3 ? 'EUR' : 'USD',
  ordered_at: AT,
  bridge_id: id(10),
  created_at: AT,
  updated_at: AT,
  source_deleted_at: null,
  shipments: at < 4 ? [] : [{ id: id(200), tracking_number: '1Z999AA10123456784', carrier: 'ups', status: 'in_transit' }],
}));

const order: OrderDetail = {
  ...orders[4]!,
  customer: { name: 'Ana Souza', email: 'ana@example.com', phone: '+55 11 5555 0100' },
  line_items: [
    { title: 'Stoneware mug, speckled blue', sku: 'MUG-BLUE', quantity: 2, price: 18.5 },
    { title: 'Single-origin espresso beans, 1 kg', sku: 'BEANS-1KG', quantity: 1, price: 29.9 },
    { title: 'Gift wrapping', sku: null, quantity: 1, price: null },
  ],
  shipping_address: {
    name: 'Ana Souza', address1: 'Rua Augusta 1200', address2: 'Apto 41', city: 'São Paulo', state: 'SP', zip: '01304-001',
    country: 'BR',
  },
  billing_address: {
    name: 'Ana Souza', address1: 'Rua Augusta 1200', address2: 'Apto 41', city: 'São Paulo', state: 'SP', zip: '01304-001',
    country: 'BR',
  },
  tags: ['gift', 'first order'],
  notes: 'Please leave it with the neighbour at number 1198.',
  activities: [
    activity(1, 'status_change', 'Status changed', 'processing', 'partially_shipped'),
    activity(2, 'shipment_created', 'Shipment created', null, null, 'UPS 1Z999AA10123456784'),
    activity(3, 'sync', 'Order created', null, null, 'Synced from Shopify'),
  ],
  allowed_actions: [
    { action_type: 'cancel', until: '2026-01-16T10:30:00.000Z' },
    { action_type: 'hold', until: null },
    { action_type: 'address_change', until: null },
    { action_type: 'note', until: null },
  ],
};

function activity(
  n: number,
  kind: OrderDetail['activities'][number]['activity_type'],
  title: string,
  from: string | null,
  to: string | null,
  description: string | null = null,
): OrderDetail['activities'][number] {
  const common = { id: id(300 + n), title, description, actor_type: 'service', metadata: {}, from, to };
  return { ...common, activity_type: kind, type: kind, created_at: AT, timestamp: AT };
}

const SHIPMENT_STATUSES: ShipmentSummary['status'][] = [
  'pending', 'label_created', 'picked_up', 'in_transit', 'out_for_delivery', 'available_for_pickup', 'delivered',
  'attempt_failed', 'exception', 'returned', 'cancelled',
];

const shipments: ShipmentSummary[] = SHIPMENT_STATUSES.map((status, at) => ({
  id: id(200 + at),
  tracking_number: at === 0 ? null : `1Z999AA1012345678${at}`,
  carrier: at % 2 ? 'ups' : 'royal_mail',
  carrier_name: at % 2 ? 'UPS' : 'Royal Mail',
  service: at % 3 ? 'Ground' : null,
  status,
  ship_date: at ? '2026-01-18' : null,
  estimated_delivery: '2026-01-22',
  actual_delivery: status === 'delivered' ? '2026-01-21T10:30:00.000Z' : null,
  external_id: `shp-${at}`,
  weight: { value: 1.2, unit: 'kg' },
  dimensions: null,
  order_id: id(104),
  bridge_id: id(10),
  created_at: AT,
  updated_at: AT,
}));

const tracking: Tracking = {
  ...shipments[4]!,
  checkpoints: [
    checkpoint(1, 'label_created', 'Label created', null, '2026-01-18T08:00:00.000Z'),
    checkpoint(2, 'picked_up', 'Picked up by the carrier', 'Campinas', '2026-01-18T16:40:00.000Z'),
    checkpoint(3, 'in_transit', 'Arrived at the sorting centre', 'São Paulo', '2026-01-19T23:10:00.000Z'),
    checkpoint(4, 'out_for_delivery', 'With the driver', 'São Paulo', AT),
  ],
};

function checkpoint(n: number, status: string, detail: string, city: string | null, time: string) {
  const place = { location: null, city, state: city && 'SP', country: city && 'BR', postal_code: null };
  const rest = { latitude: null, longitude: null, carrier_status_code: null };
  return { id: id(400 + n), status, status_detail: detail, ...place, ...rest, checkpoint_time: time };
}

const shipment: ShipmentDetail = {
  ...shipments[4]!,
  line_items: [], ship_from: null, ship_to: null, checkpoints: [],
  signals: [
    signal('shipment.late', '2026-01-19T03:00:00.000Z', { estimated_delivery: '2026-01-18' }),
    signal('shipment.stalled', '2026-01-19T10:00:00.000Z', { last_checkpoint_at: '2026-01-18T16:40:00.000Z' }),
    signal('shipment.eta_changed', '2026-01-19T22:00:00.000Z', { previous_estimated_delivery: '2026-01-18' }),
  ],
};

function signal(type: Signal['type'], at: string, said: Partial<Signal>): Signal {
  return { type, at, estimated_delivery: '2026-01-22', previous_estimated_delivery: null, last_checkpoint_at: null, ...said };
}

const bridges: BridgeSummary[] = ['active', 'active', 'error', 'paused', 'pending_oauth'].map((status, at) => ({
  id: id(10 + at), name: ['Casa Moderna', 'Outlet', 'Old shop', 'Wholesale', 'New shop'][at]!, type: at % 2 ? 'woocommerce' : 'shopify', status,
  last_sync_at: at ? null : AT, error_message: status === 'error' ? 'The shop refused the access token.' : null,
  error_code: status === 'error' ? 'AUTH_ERROR' : null,
  reconnect_required: status === 'error', running: at === 1, progress: at === 1 ? { done: 340, total: 1200 } : null,
  next_run_at: at ? null : '2026-01-20T14:20:00.000Z', created_at: AT, updated_at: AT,
}));

const field = (name: string, label: string, type: string) => ({ name, label, type, required: true });
const bridgeTypes: BridgeTypeRead[] = [
  {
    id: 'shopify', name: 'Shopify', description: 'Connect your Shopify store', icon: 'shopify-icon', category: 'ecommerce',
    auth_methods: ['oauth', 'api_key'], webhook_support: true, docs_url: 'https://example.com/shopify', consent_field: 'shopDomain',
    config_fields: [field('shopDomain', 'Store domain', 'text'), field('accessToken', 'Admin API access token', 'password')],
  },
  {
    id: 'shipstation', name: 'ShipStation', description: 'Connect your ShipStation account', icon: 'x', category: 'shipping',
    auth_methods: ['api_key'], webhook_support: true, docs_url: 'https://example.com/shipstation', consent_field: null,
    config_fields: [field('apiKey', 'API key', 'password')],
  },
];

const requests: ActionRequestRow[] = ['pending', 'approved', 'denied', 'cancelled', 'expired'].map((status, at) => ({
  id: id(500 + at), order_id: id(104), action_type: at % 2 ? 'address_change' : 'cancel', title: `Cancel the order: #${1010 - at}`,
  status, created_at: AT,
}));

const webhooks: WebhookRead[] = [true, true, false].map((isActive, at) => ({
  id: id(600 + at), url: `https://hooks.example.com/orders/${at}`, description: at ? null : 'Warehouse system', is_active: isActive,
  events: ['order.created', 'shipment.exception'], filter: null, last_success_at: at ? null : AT, last_failure_at: at ? AT : null,
  consecutive_failures: at ? 7 : 0, first_failure_at: at ? AT : null, failures_until_disable: at ? 13 : 20,
  pending_deliveries: at === 1 ? 3 : 0, next_attempt_at: at === 1 ? AT : null,
  disabled_reason: isActive ? null : 'The receiver responded with 410 Gone', disabled_reason_code: isActive ? null : 'receiver_gone', created_at: AT, updated_at: AT,
}));

const rules: RuleRead[] = [true, false].map((isActive, at) => ({
  id: id(700 + at), name: at ? 'Large orders' : 'Held up at UPS', description: null,
  event_type: at ? 'order.created' : 'shipment.exception',
  condition: at ? { all: [{ field: 'totals.total', operator: 'gt', value: 500 }, { field: 'currency', operator: 'eq', value: 'EUR' }] } : { carrier: 'ups' },
  delivery_method: at ? 'both' : 'in_app', webhook_url: at ? 'https://hooks.example.com/alerts' : null, cooldown_minutes: 60,
  is_active: isActive, last_alert_at: at ? null : AT, suppressed_count: at ? 0 : 4, webhook_disabled_reason: null,
  webhook: at ? webhooks[0]! : null, created_at: AT, updated_at: AT,
}));

const notifications: NotificationRead[] = ['critical', 'warning', 'info'].map((severity, at) => ({
  id: id(800 + at), rule_id: id(700), event_type: 'shipment.exception', severity, title: 'Shipment held up',
  message: 'Shipment 1Z999AA10123456784 has an exception with UPS.', message_code: 'shipment.exception',
  message_values: { number: '1Z999AA10123456784', carrier: 'UPS' }, metadata: {}, is_read: at === 2, is_dismissed: false, created_at: AT, updated_at: AT,
}));

const pages: TrackingPageRow[] = [true, false].map((isActive, at) => ({
  id: id(900 + at), token: 'aBcDeFgHiJkLmNoPqRsTuVwX', url: 'https://api.example.com/t/aBcDeFgHiJkLmNoPqRsTuVwX', shipment_id: id(200),
  is_active: isActive, view_count: 12 * at + 1, last_viewed_at: AT, expires_at: '2099-01-01T00:00:00.000Z', created_at: AT,
}));

const figures: DayRead[] = Array.from({ length: 30 }, (_, at) => ({
  date: new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10),
  orders: 18 + ((at * 7) % 11), shipped: 15 + ((at * 5) % 9), delivered: 12 + ((at * 3) % 10), on_time: 11 + ((at * 3) % 9),
  late: at % 3 ? 0 : 1, exceptions: at % 7 ? 0 : 2,
}));

/** The answer's `data` for each route; the first match counts. */
export const fixtures: [route: string, data: any][] = [
  ['GET /orders', orders],
  ['GET /orders/{id}', order],
  ['GET /shipments', shipments],
  ['GET /shipments/{id}', shipment],
  ['GET /tracking/{id}', tracking],
  ['GET /bridges', bridges],
  ['GET /bridge-types', bridgeTypes],
  ['GET /action-requests', requests],
  ['GET /webhooks', webhooks],
  ['GET /webhooks/event-types', ['order.created', 'shipment.exception']],
  ['GET /alerts/rules', rules],
  ['GET /alerts/notifications', notifications],
  ['GET /tracking-pages', pages],
  ['GET /insights', figures],
];
