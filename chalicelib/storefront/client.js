/**
 * The browser's way to the API: a shopper's orders, and an end user's embed session. One module, no dependencies.
 *
 *     import { createClient } from 'https://api.example.com/client.js';
 *
 *     const client = createClient({ publishableKey: 'pk_live_…' });
 *     const { data, error } = await client.orders.track(token);
 *
 * Every call answers `{ data, error }`; one of the two is null, and nothing is thrown. `error.code` is a stable word.
 *
 * @typedef {{ code: string, message: string, status: number, requestId: string | null,
 *   details: { field: string, message: string }[], retryAfter: number | null }} ApiError
 *   `status` is 0 where no whole answer came (code NETWORK_ERROR); `retryAfter` is in seconds.
 *
 * @template T
 * @typedef {{ data: T, error: null } | { data: null, error: ApiError }} Result
 *
 * @typedef {'PENDING' | 'CONFIRMED' | 'PROCESSING' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED' | 'REFUNDED'} OrderStatus
 * @typedef {'UNPAID' | 'PAID' | 'PARTIALLY_REFUNDED' | 'REFUNDED'} PaymentStatus
 * @typedef {'UNFULFILLED' | 'PARTIALLY_FULFILLED' | 'FULFILLED'} FulfillmentStatus
 *
 * @typedef {{ id: string, orderNumber: string, status: OrderStatus, paymentStatus: PaymentStatus, grandTotal: number,
 *   currency: string | null, itemCount: number, createdAt: number }} OrderListItem
 * @typedef {{ items: OrderListItem[], total: number, page: number, limit: number, totalPages: number }} OrderList
 * @typedef {{ productName: string | null, sku: string | null, imageUrl?: string, quantity: number, unitPrice: number,
 *   totalPrice: number, totalPriceWithTax: number }} OrderItem
 * @typedef {{ firstName: string | null, lastName: string | null, street: string | null, city: string | null,
 *   zip: string | null, state: string | null, country: string | null, phone: string | null }} Address
 * @typedef {{ fromStatus: OrderStatus | null, toStatus: OrderStatus, note: string | null,
 *   changedBy: 'customer' | 'store' | 'system', createdAt: number }} StatusChange
 * @typedef {OrderListItem & { items: OrderItem[], shippingAddress: Address | null, billingAddress: Address | null,
 *   email: string | null, phone: string | null, customerNote: string | null, subtotal: number, taxTotal: number,
 *   taxBreakdown: { name: string, rate: number | null, amount: number }[], shippingTotal: number,
 *   discountTotal: number, fulfillmentStatus: FulfillmentStatus, statusHistory: StatusChange[],
 *   trackingToken: string | null, downloads: unknown[] }} OrderDetail
 * @typedef {{ orderNumber: string, status: OrderStatus, paymentStatus: PaymentStatus,
 *   fulfillmentStatus: FulfillmentStatus, currency: string | null, grandTotal: number, emailMasked: string | null,
 *   shippingCity: string | null, shippingCountry: string | null, items: OrderItem[], createdAt: number }} TrackedOrder
 * @typedef {{ token: string, expiresAt: string, scopes: string[], enabledFeatures: string[] }} EmbedSession
 */

const STOREFRONT = '/storefront/v1';
const EMBED = '/api/v1/embed';
const TIMEOUT_MS = 30_000;

/**
 * Every call there is, as `METHOD /path`. Those below `embed` take what stands in braces as their first arguments, in
 * order, and then one object: the query of a GET, the body of anything else.
 */
export const calls = Object.freeze({
  orders: {
    list: `GET ${STOREFRONT}/orders`,
    get: `GET ${STOREFRONT}/orders/{order_number}`,
    cancel: `POST ${STOREFRONT}/orders/{order_number}/cancel`,
    track: `GET ${STOREFRONT}/orders/track/{token}`,
    requestAccessCode: `POST ${STOREFRONT}/orders/access/request`,
    verifyAccessCode: `POST ${STOREFRONT}/orders/access/verify`,
    getByAccessToken: `GET ${STOREFRONT}/orders/access/detail`,
  },
  embed: {
    createAutoSession: `POST ${EMBED}/sessions/auto`,
    bridgeTypes: { list: `GET ${EMBED}/bridge-types` },
    bridges: {
      list: `GET ${EMBED}/bridges`,
      create: `POST ${EMBED}/bridges`,
      update: `PATCH ${EMBED}/bridges/{id}`,
      delete: `DELETE ${EMBED}/bridges/{id}`,
      test: `POST ${EMBED}/bridges/{id}/test`,
      startShopifyOAuth: `POST ${EMBED}/bridges/shopify/oauth/start`,
    },
    orders: { list: `GET ${EMBED}/orders`, get: `GET ${EMBED}/orders/{id}` },
    shipments: { list: `GET ${EMBED}/shipments`, get: `GET ${EMBED}/shipments/{id}` },
    tracking: { get: `GET ${EMBED}/tracking/{id}` },
    actionRequests: {
      list: `GET ${EMBED}/action-requests`,
      create: `POST ${EMBED}/action-requests`,
      get: `GET ${EMBED}/action-requests/{id}`,
      cancel: `DELETE ${EMBED}/action-requests/{id}`,
    },
    alertRules: {
      list: `GET ${EMBED}/alerts/rules`,
      create: `POST ${EMBED}/alerts/rules`,
      update: `PATCH ${EMBED}/alerts/rules/{id}`,
      delete: `DELETE ${EMBED}/alerts/rules/{id}`,
    },
    notifications: {
      list: `GET ${EMBED}/alerts/notifications`,
      update: `PATCH ${EMBED}/alerts/notifications/{id}`,
    },
    webhooks: {
      eventTypes: `GET ${EMBED}/webhooks/event-types`,
      list: `GET ${EMBED}/webhooks`,
      create: `POST ${EMBED}/webhooks`,
      update: `PATCH ${EMBED}/webhooks/{id}`,
      delete: `DELETE ${EMBED}/webhooks/{id}`,
      test: `POST ${EMBED}/webhooks/{id}/test`,
      deliveries: `GET ${EMBED}/webhooks/{id}/deliveries`,
    },
    trackingPages: {
      list: `GET ${EMBED}/tracking-pages`,
      create: `POST ${EMBED}/tracking-pages`,
      revoke: `DELETE ${EMBED}/tracking-pages/{id}`,
    },
  },
});

/**
 * @param {object} options
 * @param {string} options.publishableKey The organization's `pk_live_…`.
 * @param {string} [options.baseUrl] Where the API is; where this module came from, if not given.
 * @param {string} [options.customerToken] A customer session, `cst_…`, as your server made it.
 * @param {string} [options.sessionToken] An embed session, `est_…`.
 * @param {typeof globalThis.fetch} [options.fetch]
 */
export function createClient(options) {
  const base = String(options.baseUrl ?? new URL('.', import.meta.url)).replace(/\/+$/, '');
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  let customerToken = options.customerToken ?? null;
  let sessionToken = options.sessionToken ?? null;

  const shop = () => ({ 'X-Api-Key': options.publishableKey });
  const customer = () => ({ ...shop(), ...bearer(customerToken) });
  const session = () => bearer(sessionToken);

  const orders = {
    /**
     * The customer's orders, newest first.
     * @param {{ page?: number, limit?: number }} [query]
     * @returns {Promise<Result<OrderList>>}
     */
    list: (query = {}) => ask(calls.orders.list, [], { query, headers: customer() }),

    /** @param {string} orderNumber @returns {Promise<Result<OrderDetail>>} */
    get: (orderNumber) => ask(calls.orders.get, [orderNumber], { headers: customer() }),

    /**
     * Only orders that read PENDING can be cancelled; otherwise the error is ORDER_NOT_CANCELLABLE.
     * @param {string} orderNumber @returns {Promise<Result<OrderDetail>>}
     */
    cancel: (orderNumber) => ask(calls.orders.cancel, [orderNumber], { headers: customer() }),

    /** @param {string} token From the order's confirmation. @returns {Promise<Result<TrackedOrder>>} */
    track: (token) => ask(calls.orders.track, [token], { headers: shop() }),

    /**
     * Sends a six-digit code to the e-mail of the order. Succeeds alike whether there is such an order.
     * @param {string} orderNumber @param {string} email
     * @returns {Promise<Result<{ success: true, message: string }>>}
     */
    requestAccessCode: (orderNumber, email) =>
      ask(calls.orders.requestAccessCode, [], { body: { orderNumber, email }, headers: shop() }),

    /**
     * `data.accessToken` opens this one order for `data.expiresIn` seconds.
     * @param {string} orderNumber @param {string} email @param {string} code
     * @returns {Promise<Result<{ accessToken: string, expiresIn: number, order: OrderDetail }>>}
     */
    verifyAccessCode: (orderNumber, email, code) =>
      ask(calls.orders.verifyAccessCode, [], { body: { orderNumber, email, code }, headers: shop() }),

    /** @param {string} accessToken @returns {Promise<Result<OrderDetail>>} */
    getByAccessToken: (accessToken) =>
      ask(calls.orders.getByAccessToken, [], { headers: { ...shop(), 'X-Order-Access': accessToken } }),
  };

  const embed = {
    ...callsOf(calls.embed),

    /**
     * Opens an embed session with the publishable key; the calls beside this one use it from then on.
     * @param {{ externalId: string, name?: string, email?: string, userHash?: string }} endUser
     * @returns {Promise<Result<EmbedSession>>}
     */
    async createAutoSession(endUser) {
      const result = await ask(calls.embed.createAutoSession, [], { body: { key: options.publishableKey, ...endUser } });
      if (result.data) sessionToken = result.data.token;
      return result;
    },

    /**
     * Any other route of the session's, by its path below `/api/v1/embed`.
     * @param {string} method @param {string} path @param {{ query?: object, body?: object }} [input]
     * @returns {Promise<Result<any>>}
     */
    request: (method, path, input = {}) => ask(`${method} ${EMBED}${path}`, [], { ...input, headers: session() }),
  };

  return {
    orders,
    embed,
    /** @param {string | null} token `cst_…`; null forgets it. */
    setCustomerToken(token) {
      customerToken = token;
    },
    /** @param {string | null} token `est_…`; null forgets it. */
    setSessionToken(token) {
      sessionToken = token;
    },
  };

  /** One function for each call of a group; each answers `{ data, error }`, lists `pagination` beside them. */
  function callsOf(group) {
    return Object.fromEntries(
      Object.entries(group).map(([name, call]) => [name, typeof call === 'string' ? caller(call) : callsOf(call)]),
    );
  }

  function caller(call) {
    const places = call.split('{').length - 1;
    const into = call.startsWith('GET ') ? 'query' : 'body';
    return (...given) => ask(call, given.slice(0, places), { [into]: given[places], headers: session() });
  }

  async function ask(call, values, { query, body, headers = {} }) {
    try {
      const [method, template] = call.split(' ');
      const texts = values.map(String);
      if (!texts.every(canStandInPath)) {
        return failed({ code: 'NOT_FOUND', message: 'There is nothing here.', status: 404 });
      }
      const path = template.replace(/\{\w+\}/g, () => encodeURIComponent(String(texts.shift())));
      const response = await send(base + path + queryText(query), {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'omit',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return read(response, parsed(await response.text()));
    } catch (problem) {
      return failed({ code: 'NETWORK_ERROR', message: String(problem?.message ?? problem), status: 0 });
    }
  }
}

/** Not what browsers resolve away, with what stands before it, to another path; nor half a character. */
function canStandInPath(text) {
  return !['', '.', '..', 'undefined', 'null'].includes(text) && !/\p{Surrogate}/u.test(text);
}

function bearer(token) {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function queryText(query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : '';
}

/** Null where it is no JSON. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function read(response, answer) {
  if (response.ok && answer !== null) {
    const enveloped = typeof answer === 'object' && 'data' in answer;
    return enveloped ? { ...answer, error: null } : { data: answer, error: null };
  }
  const told = answer?.error ?? answer ?? {};
  return failed({
    code: told.code ?? 'UNREADABLE_ANSWER',
    message: told.message ?? `The API answered ${response.status}.`,
    status: response.status,
    requestId: told.request_id ?? null,
    details: told.details ?? [],
    retryAfter: Number(response.headers.get('Retry-After')) || null,
  });
}

function failed(error) {
  return { data: null, error: { requestId: null, details: [], retryAfter: null, ...error } };
}
