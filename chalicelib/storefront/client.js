/**
 * The API client for browsers: a shopper's orders, and an end user's embed session. One module without dependencies.
 *
 *     import { createClient } from 'https://api.example.com/client.js';
 *
 *     const client = createClient({ publishableKey: 'pk_live_…' });
 *     const { data, error } = await client.orders.track(token);
 *
 * Every call resolves to `{ data, error }` and never throws; one of the two is null. `client.d.ts` beside this module has
 * the types.
 */

const STOREFRONT = '/storefront/v1';
const EMBED = '/api/v1/embed';
const TIMEOUT_MS = 30_000;
/** A session is renewed this long before it expires, or after half its lifetime if that is later. */
const RENEWAL_MARGIN_MS = 60_000;

/**
 * Every call as `METHOD /path`. A call below `embed` takes the path's variables in order, then one object: the query of
 * a GET, or else the body.
 */
export const calls = Object.freeze({
  orders: {
    list: `GET ${STOREFRONT}/orders`,
    get: `GET ${STOREFRONT}/orders/{order_number}`,
    cancel: `POST ${STOREFRONT}/orders/{order_number}/cancel`,
    requestAddressChange: `POST ${STOREFRONT}/orders/{order_number}/address-change`,
    track: `GET ${STOREFRONT}/orders/track/{token}`,
    requestAccessCode: `POST ${STOREFRONT}/orders/access/request`,
    verifyAccessCode: `POST ${STOREFRONT}/orders/access/verify`,
    getByAccessToken: `GET ${STOREFRONT}/orders/access/detail`,
  },
  embed: {
    createAutoSession: `POST ${EMBED}/sessions/auto`,
    session: { get: `GET ${EMBED}/session` },
    config: { get: `GET ${EMBED}/config` },
    branding: { get: `GET ${EMBED}/branding`, update: `PATCH ${EMBED}/branding` },
    bridgeTypes: { list: `GET ${EMBED}/bridge-types` },
    bridges: {
      list: `GET ${EMBED}/bridges`,
      create: `POST ${EMBED}/bridges`,
      update: `PATCH ${EMBED}/bridges/{id}`,
      delete: `DELETE ${EMBED}/bridges/{id}`,
      test: `POST ${EMBED}/bridges/{id}/test`,
      sync: `POST ${EMBED}/bridges/{id}/sync`,
      runs: `GET ${EMBED}/bridges/{id}/runs`,
      startShopifyOAuth: `POST ${EMBED}/bridges/shopify/oauth/start`,
      connectWooCommerce: `POST ${EMBED}/bridges/woocommerce/connect`,
    },
    orders: { list: `GET ${EMBED}/orders`, get: `GET ${EMBED}/orders/{id}` },
    shipments: { list: `GET ${EMBED}/shipments`, get: `GET ${EMBED}/shipments/{id}` },
    tracking: { get: `GET ${EMBED}/tracking/{id}` },
    customerExports: { get: `GET ${EMBED}/customer-exports/{id}` },
    actionRequests: {
      list: `GET ${EMBED}/action-requests`,
      create: `POST ${EMBED}/action-requests`,
      get: `GET ${EMBED}/action-requests/{id}`,
      cancel: `DELETE ${EMBED}/action-requests/{id}`,
    },
    insights: { list: `GET ${EMBED}/insights` },
    alerts: { dryRun: `POST ${EMBED}/alerts/dry-run` },
    alertRules: {
      list: `GET ${EMBED}/alerts/rules`,
      create: `POST ${EMBED}/alerts/rules`,
      update: `PATCH ${EMBED}/alerts/rules/{id}`,
      delete: `DELETE ${EMBED}/alerts/rules/{id}`,
      test: `POST ${EMBED}/alerts/rules/{id}/test`,
      deliveries: `GET ${EMBED}/alerts/rules/{id}/deliveries`,
      retryDelivery: `POST ${EMBED}/alerts/rules/{id}/deliveries/{deliveryId}/retry`,
      replay: `POST ${EMBED}/alerts/rules/{id}/replay`,
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
      rotateSecret: `POST ${EMBED}/webhooks/{id}/rotate-secret`,
      deliveries: `GET ${EMBED}/webhooks/{id}/deliveries`,
      retryDelivery: `POST ${EMBED}/webhooks/{id}/deliveries/{deliveryId}/retry`,
      replay: `POST ${EMBED}/webhooks/{id}/replay`,
    },
    trackingPages: {
      list: `GET ${EMBED}/tracking-pages`,
      create: `POST ${EMBED}/tracking-pages`,
      revoke: `DELETE ${EMBED}/tracking-pages/{id}`,
      view: `GET ${EMBED}/tracking-pages/view/{token}`,
    },
  },
});

/** Calls below `embed` that need no session. */
const PUBLIC = new Set([calls.embed.config.get, calls.embed.trackingPages.view]);

export function createClient(options) {
  const base = String(options.baseUrl ?? new URL('.', import.meta.url)).replace(/\/+$/, '');
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  let customerToken = options.customerToken ?? null;
  let session = sessionOf(options.sessionToken ?? null);
  const renewByHost = options.fetchSession ? () => fetchSession(options.fetchSession) : null;
  /** Resolves to an error, or to null once `session` is new. Null if the session can't be renewed. */
  let renew = renewByHost;
  let renewal = null;

  const shop = () => ({ 'X-Api-Key': options.publishableKey });
  const customer = () => ({ ...shop(), ...bearer(customerToken) });

  const orders = {
    list: (query = {}) => call(calls.orders.list, [], { query, headers: customer() }),
    get: (orderNumber) => call(calls.orders.get, [orderNumber], { headers: customer() }),
    cancel: (orderNumber) => call(calls.orders.cancel, [orderNumber], { headers: customer() }),
    requestAddressChange: (orderNumber, address) =>
      call(calls.orders.requestAddressChange, [orderNumber], { body: address, headers: customer() }),
    track: (token) => call(calls.orders.track, [token], { headers: shop() }),
    requestAccessCode: (orderNumber, email) =>
      call(calls.orders.requestAccessCode, [], { body: { orderNumber, email }, headers: shop() }),
    verifyAccessCode: (orderNumber, email, code) =>
      call(calls.orders.verifyAccessCode, [], { body: { orderNumber, email, code }, headers: shop() }),
    getByAccessToken: (accessToken) =>
      call(calls.orders.getByAccessToken, [], { headers: { ...shop(), 'X-Order-Access': accessToken } }),
  };

  const embed = {
    ...callsOf(calls.embed),

    /** Creates a session with the publishable key, which later calls use and renew. */
    async createAutoSession(endUser) {
      const body = { key: options.publishableKey, ...endUser };
      const create = async () => {
        const result = await call(calls.embed.createAutoSession, [], { body });
        if (result.data) session = sessionOf(result.data.token, result.data.expiresAt);
        return result;
      };
      const result = await create();
      if (result.data) renew = async () => (await create()).error;
      return result;
    },

    request: (method, path, input = {}) => callWithSession(`${method} ${EMBED}${path}`, [], input),
  };

  return {
    orders,
    embed,
    setCustomerToken(token) {
      customerToken = token;
    },
    setSessionToken(token, expiresAt) {
      // The same token with its end, once that is known, is the session that calls in flight use.
      if (token && token === session.token) Object.assign(session, sessionOf(token, expiresAt));
      else session = sessionOf(token, expiresAt);
      renew = renewByHost;
    },
  };

  /** A function for each call of a group. */
  function callsOf(group) {
    return Object.fromEntries(
      Object.entries(group).map(([name, each]) => [name, typeof each === 'string' ? functionOf(each) : callsOf(each)]),
    );
  }

  function functionOf(route) {
    const variables = route.split('{').length - 1;
    const input = route.startsWith('GET ') ? 'query' : 'body';
    const callRoute = PUBLIC.has(route) ? call : callWithSession;
    return (...given) => callRoute(route, given.slice(0, variables), { [input]: given[variables], ...given[variables + 1] });
  }

  /** Renews the session before it expires, and once after a 401. A refused request had no effect, so it is repeated. */
  async function callWithSession(route, values, input) {
    if (renew && session.renewAt <= Date.now()) {
      const error = await renewOnce();
      if (error && session.expiresAt <= Date.now()) return { data: null, error };
    }
    const used = session;
    const result = await call(route, values, { ...input, headers: bearer(used.token) });
    if (!renew || result.error?.status !== 401 || result.error.code === 'wrong_credential') return result;
    // Another call may have renewed it meanwhile.
    const error = session === used ? await renewOnce() : null;
    return error ? { data: null, error } : call(route, values, { ...input, headers: bearer(session.token) });
  }

  /** Concurrent calls share one renewal. */
  function renewOnce() {
    renewal ??= renew().finally(() => {
      renewal = null;
    });
    return renewal;
  }

  async function fetchSession(fetchToken) {
    try {
      const fetched = await fetchToken();
      session = typeof fetched === 'string' ? sessionOf(fetched) : sessionOf(fetched.token, fetched.expiresAt);
      return null;
    } catch (problem) {
      return errorOf({ code: 'SESSION_NOT_RENEWED', message: String(problem?.message ?? problem), status: 0 });
    }
  }

  async function call(route, values, { query, body, headers = {}, idempotencyKey, signal }) {
    try {
      const [method, template] = route.split(' ');
      const texts = values.map(String);
      if (!texts.every(isPathSegment)) {
        return failed({ code: 'NOT_FOUND', message: 'Nothing has this id.', status: 404 });
      }
      const path = template.replace(/\{\w+\}/g, () => encodeURIComponent(String(texts.shift())));
      const timeout = AbortSignal.timeout(TIMEOUT_MS);
      const response = await send(base + path + queryText(query), {
        method,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'omit',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      return resultOf(response, parse(await response.text()));
    } catch (problem) {
      return failed({ code: 'NETWORK_ERROR', message: String(problem?.message ?? problem), status: 0 });
    }
  }
}

/**
 * A session without a token is renewed at once, and one whose expiry is unknown only after a 401. That includes a new
 * session that has expired by this machine's clock, which is then wrong.
 */
function sessionOf(token, expiresAt) {
  if (!token) return { token, renewAt: -Infinity, expiresAt: -Infinity };
  const lifetime = Date.parse(expiresAt) - Date.now();
  if (!(lifetime > 0)) return { token, renewAt: Infinity, expiresAt: Infinity };
  const end = Date.now() + lifetime;
  return { token, renewAt: end - Math.min(RENEWAL_MARGIN_MS, lifetime / 2), expiresAt: end };
}

/** False for text that browsers would resolve to another path, and for half a surrogate pair. */
function isPathSegment(text) {
  return !['', '.', '..', 'undefined', 'null'].includes(text) && !/\p{Surrogate}/u.test(text);
}

function bearer(token) {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function queryText(query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : '';
}

/** Null if the text is not JSON. */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function resultOf(response, body) {
  if (response.ok && body !== null) {
    const isEnveloped = typeof body === 'object' && 'data' in body;
    return isEnveloped ? { ...body, error: null } : { data: body, error: null };
  }
  const sent = body?.error ?? body ?? {};
  return failed({
    code: sent.code ?? 'UNREADABLE_ANSWER',
    message: sent.message ?? `The API responded with status ${response.status}.`,
    status: response.status,
    requestId: sent.request_id ?? null,
    details: sent.details ?? [],
    retryAfter: Number(response.headers.get('Retry-After')) || null,
  });
}

function errorOf(error) {
  return { requestId: null, details: [], retryAfter: null, ...error };
}

function failed(error) {
  return { data: null, error: errorOf(error) };
}
