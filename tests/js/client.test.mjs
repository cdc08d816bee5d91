// The client against a server that records its requests.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';

const { calls, createClient } = await import(new URL('../../chalicelib/storefront/client.js', import.meta.url));

let requests, answer, broken, server, baseUrl;

before(async () => {
  server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      requests.push({ method: request.method, url: request.url, headers: request.headers, body: text && JSON.parse(text) });
      response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
      if (broken) response.write(answer.body.slice(0, 5), () => response.destroy());
      else response.end(answer.body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${server.address().port}/`;
});

after(() => server.close());

beforeEach(() => {
  requests = [];
  broken = false;
  reply(200, {});
});

function reply(status, body, headers = {}) {
  answer = { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

const client = (more = {}) => createClient({ baseUrl, publishableKey: 'pk_live_x', ...more });

test('orders are listed with the customer session', async () => {
  reply(200, { items: [], total: 0, page: 2, limit: 10, totalPages: 0 });
  const { data, error } = await client({ customerToken: 'cst_x' }).orders.list({ page: 2, limit: 10, more: undefined });

  assert.equal(error, null);
  assert.equal(data.page, 2);
  assert.equal(requests[0].method, 'GET');
  assert.equal(requests[0].url, '/storefront/v1/orders?page=2&limit=10');
  assert.equal(requests[0].headers['x-api-key'], 'pk_live_x');
  assert.equal(requests[0].headers.authorization, 'Bearer cst_x');
});

test('order numbers are escaped', async () => {
  await client().orders.get('#10/01 Ä%');
  assert.equal(requests[0].url, '/storefront/v1/orders/%2310%2F01%20%C3%84%25');
  await client().orders.cancel('ORD-1');
  assert.deepEqual([requests[1].method, requests[1].url], ['POST', '/storefront/v1/orders/ORD-1/cancel']);
});

for (const number of ['', '.', '..', undefined, null, '\ud83d', 'ORD-\udc00-1']) {
  test(`an order numbered ${JSON.stringify(number)} is not found without a request`, async () => {
    const { data, error } = await client().orders.get(number);
    assert.equal(data, null);
    assert.equal(error.code, 'NOT_FOUND');
    assert.equal(requests.length, 0);
  });
}

test('tracking needs no session, only the publishable key', async () => {
  await client({ customerToken: 'cst_x' }).orders.track('token');
  assert.equal(requests[0].url, '/storefront/v1/orders/track/token');
  assert.equal(requests[0].headers.authorization, undefined);
  assert.equal(requests[0].headers['x-api-key'], 'pk_live_x');
});

test('a guest requests a code, enters it, and returns with the token', async () => {
  const { orders } = client();
  await orders.requestAccessCode('ORD-1', 'jane@example.com');
  await orders.verifyAccessCode('ORD-1', 'jane@example.com', '048213');
  await orders.getByAccessToken('oat_x');

  assert.deepEqual(requests[0].body, { orderNumber: 'ORD-1', email: 'jane@example.com' });
  assert.deepEqual(requests[1].body, { orderNumber: 'ORD-1', email: 'jane@example.com', code: '048213' });
  assert.deepEqual([requests[2].method, requests[2].url], ['GET', '/storefront/v1/orders/access/detail']);
  assert.equal(requests[2].headers['x-order-access'], 'oat_x');
});

test('an error has a code, status, request id and retry time', async () => {
  const sent = { code: 'RATE_LIMITED', message: 'Too many', request_id: 'r-1' };
  reply(429, { error: sent, code: 'RATE_LIMITED', message: 'Too many' }, { 'Retry-After': '7' });
  const { data, error } = await client().orders.track('x');

  assert.equal(data, null);
  assert.deepEqual(error, {
    code: 'RATE_LIMITED', message: 'Too many', status: 429, requestId: 'r-1', details: [], retryAfter: 7,
  });
});

test('a response that is not JSON is an error, not an exception', async () => {
  reply(502, '<html>');
  const { error } = await client().orders.track('x');
  assert.deepEqual([error.code, error.status], ['UNREADABLE_ANSWER', 502]);
});

test('no response is an error, not an exception', async () => {
  const unreachable = createClient({ publishableKey: 'pk', baseUrl: 'http://127.0.0.1:1' });
  const { data, error } = await unreachable.orders.list();
  assert.equal(data, null);
  assert.deepEqual([error.code, error.status], ['NETWORK_ERROR', 0]);
});

test('an argument that has no text is an error, not an exception', async () => {
  const { data, error } = await client().orders.get(Object.create(null));
  assert.deepEqual([data, error.status, requests.length], [null, 0, 0]);
});

test('whole characters beyond the first plane are escaped', async () => {
  await client().orders.get('😀');
  assert.equal(requests[0].url, '/storefront/v1/orders/%F0%9F%98%80');
});

for (const status of [200, 502]) {
  test(`a connection that breaks within a ${status} is a network error`, async () => {
    broken = true;
    reply(status, '{"orderNumber": "ORD-1"}');
    const { data, error } = await client().orders.track('x');
    assert.equal(data, null);
    assert.deepEqual([error.code, error.status], ['NETWORK_ERROR', 0]);
  });
}

test('a 200 that is not JSON is unreadable', async () => {
  reply(200, '<html>');
  const { error } = await client().orders.track('x');
  assert.deepEqual([error.code, error.status], ['UNREADABLE_ANSWER', 200]);
});

test('an auto-session is created and used by later calls', async () => {
  reply(200, { data: { token: 'est_x', expiresAt: 't', scopes: [], enabledFeatures: [] } });
  const { embed } = client();
  const { data } = await embed.createAutoSession({ externalId: 'merchant-1' });
  assert.equal(data.token, 'est_x');
  assert.deepEqual(requests[0].body, { key: 'pk_live_x', externalId: 'merchant-1' });

  reply(200, { data: [{ id: 1 }], pagination: { page: 1 } });
  const listed = await embed.orders.list({ status: 'pending' });
  assert.deepEqual(listed, { data: [{ id: 1 }], pagination: { page: 1 }, error: null });
  assert.equal(requests[1].url, '/api/v1/embed/orders?status=pending');
  assert.equal(requests[1].headers.authorization, 'Bearer est_x');
});

test('session calls take ids first, then query or body', async () => {
  const { embed } = client({ sessionToken: 'est_x' });
  await embed.webhooks.update('w-1', { isActive: true });
  assert.deepEqual([requests[0].method, requests[0].url], ['PATCH', '/api/v1/embed/webhooks/w-1']);
  assert.deepEqual(requests[0].body, { isActive: true });
  reply(200, { success: true });
  assert.deepEqual(await embed.bridges.delete('b-1'), { data: { success: true }, error: null });
  await embed.request('POST', '/alerts/rules/r-1/test', { body: {} });
  assert.equal(requests[2].url, '/api/v1/embed/alerts/rules/r-1/test');
});

test('tokens can be set and removed later', async () => {
  const one = client();
  one.setCustomerToken('cst_y');
  await one.orders.list();
  one.setCustomerToken(null);
  await one.orders.list();
  assert.deepEqual(requests.map((call) => call.headers.authorization), ['Bearer cst_y', undefined]);
});

test('every listed call has a function', () => {
  const made = client();
  const walk = (listed, functions, path) => {
    for (const [name, call] of Object.entries(listed)) {
      if (typeof call === 'string') assert.equal(typeof functions[name], 'function', `${path}.${name}`);
      else walk(call, functions[name], `${path}.${name}`);
    }
  };
  walk(calls, made, 'client');
});

const inSeconds = (seconds) => new Date(Date.now() + 1000 * seconds).toISOString();
const expired = { error: { code: 'unauthorized', message: 'Expired', request_id: 'r' } };

/** A server that accepts one token at a time; each renewal makes the next one valid. */
function sessions(...lifetimes) {
  let valid = 0;
  const embed = [];
  const respond = (status, body) => new Response(JSON.stringify(body), { status });
  const fetch = async (url, { headers }) => {
    if (url.endsWith('/sessions/auto')) {
      valid += 1;
      return respond(201, { data: { token: `est_${valid}`, expiresAt: inSeconds(lifetimes[valid - 1]) } });
    }
    embed.push(headers.Authorization);
    return headers.Authorization === `Bearer est_${valid}` ? respond(200, { data: [] }) : respond(401, expired);
  };
  return { fetch, embed, expire: () => (valid += 1), made: () => valid };
}

test('an auto-session is renewed before it expires', async () => {
  const server = sessions(0.2, 3600);
  const { embed } = client({ fetch: server.fetch });
  await embed.createAutoSession({ externalId: 'merchant-1' });
  await embed.orders.list();
  await new Promise((resolve) => setTimeout(resolve, 150));
  await embed.orders.list();
  await embed.orders.list();
  assert.deepEqual(server.embed, ['Bearer est_1', 'Bearer est_2', 'Bearer est_2']);
});

test('a call that is refused because the session ended is repeated with a new one', async () => {
  const server = sessions(3600, 3600, 3600);
  const { embed } = client({ fetch: server.fetch });
  await embed.createAutoSession({ externalId: 'merchant-1' });
  server.expire();
  const results = await Promise.all([embed.orders.list(), embed.shipments.list(), embed.bridges.create({})]);
  assert.deepEqual(results.map(({ error }) => error), [null, null, null]);
  assert.equal(server.made(), 3, 'concurrent calls share one renewal');
});

test('the host can fetch sessions from its own server', async () => {
  const tokens = ['est_a', { token: 'est_b', expiresAt: inSeconds(3600) }];
  const used = [];
  const fetch = async (_, { headers }) => {
    used.push(headers.Authorization);
    const isCurrent = headers.Authorization === 'Bearer est_b';
    return new Response(JSON.stringify(isCurrent ? { data: [] } : expired), { status: isCurrent ? 200 : 401 });
  };
  const { embed } = client({ fetch, fetchSession: async () => tokens.shift() });
  assert.equal((await embed.orders.list()).error, null);
  assert.deepEqual(used, ['Bearer est_a', 'Bearer est_b']);
});

test('a session that cannot be fetched is an error of the call', async () => {
  const fetchSession = async () => {
    throw new Error('signed out');
  };
  const { data, error } = await client({ fetchSession }).embed.orders.list();
  assert.deepEqual([data, error.code, error.message], [null, 'SESSION_NOT_RENEWED', 'signed out']);
  assert.equal(requests.length, 0);
});

test('a session of unknown origin is not renewed, nor is a wrong credential', async () => {
  reply(401, expired);
  assert.equal((await client({ sessionToken: 'est_x' }).embed.orders.list()).error.code, 'unauthorized');
  reply(401, { error: { ...expired.error, code: 'wrong_credential' } });
  const { error } = await client({ fetchSession: async () => 'oh_x' }).embed.orders.list();
  assert.equal(error.code, 'wrong_credential');
  assert.equal(requests.length, 2);
});

test('an idempotency key and an abort signal can be given', async () => {
  const { embed } = client({ sessionToken: 'est_x' });
  await embed.bridges.create({ type: 'shipstation' }, { idempotencyKey: 'key-1' });
  assert.equal(requests[0].headers['idempotency-key'], 'key-1');
  const { error } = await embed.orders.list({}, { signal: AbortSignal.abort() });
  assert.equal(error.code, 'NETWORK_ERROR');
  assert.equal(requests.length, 1);
});

test('public calls need no session', async () => {
  const fetchSession = async () => {
    throw new Error('signed out');
  };
  const { embed } = client({ fetchSession });
  assert.equal((await embed.config.get({ slug: 'acme' })).error, null);
  assert.equal((await embed.trackingPages.view('token')).error, null);
  assert.deepEqual(requests.map(({ url, headers }) => [url, headers.authorization]), [
    ['/api/v1/embed/config?slug=acme', undefined],
    ['/api/v1/embed/tracking-pages/view/token', undefined],
  ]);
});

test('an end that is learned later renews the same session before it', async () => {
  let asked = 0;
  const embed = client({ sessionToken: 'est_1', fetchSession: async () => `est_${(asked += 2)}` });
  await embed.embed.bridges.list();
  embed.setSessionToken('est_1', new Date(Date.now() + 3_600_000).toISOString());
  await embed.embed.bridges.list();
  assert.equal(asked, 0);
  embed.setSessionToken('est_1', new Date(Date.now() + 1).toISOString());
  await new Promise((resolve) => setTimeout(resolve, 5));
  await embed.embed.bridges.list();
  assert.deepEqual(
    requests.map((request) => request.headers.authorization),
    ['Bearer est_1', 'Bearer est_1', 'Bearer est_2'],
  );
});
