// The client against a server of its own that notes what it was asked.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';

const { calls, createClient } = await import(new URL('../../chalicelib/storefront/client.js', import.meta.url));

let asked, answer, broken, server, baseUrl;

before(async () => {
  server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      asked.push({ method: request.method, url: request.url, headers: request.headers, body: text && JSON.parse(text) });
      response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
      if (broken) response.write(answer.body.slice(0, 5), () => response.destroy());
      else response.end(answer.body);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  baseUrl = `http://127.0.0.1:${server.address().port}/`;
});

after(() => server.close());

beforeEach(() => {
  asked = [];
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
  assert.equal(asked[0].method, 'GET');
  assert.equal(asked[0].url, '/storefront/v1/orders?page=2&limit=10');
  assert.equal(asked[0].headers['x-api-key'], 'pk_live_x');
  assert.equal(asked[0].headers.authorization, 'Bearer cst_x');
});

test('order numbers are escaped', async () => {
  await client().orders.get('#10/01 Ä%');
  assert.equal(asked[0].url, '/storefront/v1/orders/%2310%2F01%20%C3%84%25');
  await client().orders.cancel('ORD-1');
  assert.deepEqual([asked[1].method, asked[1].url], ['POST', '/storefront/v1/orders/ORD-1/cancel']);
});

for (const number of ['', '.', '..', undefined, null, '\ud83d', 'ORD-\udc00-1']) {
  test(`an order numbered ${JSON.stringify(number)} is not found without asking`, async () => {
    const { data, error } = await client().orders.get(number);
    assert.equal(data, null);
    assert.equal(error.code, 'NOT_FOUND');
    assert.equal(asked.length, 0);
  });
}

test('tracking needs no session, only the publishable key', async () => {
  await client({ customerToken: 'cst_x' }).orders.track('token');
  assert.equal(asked[0].url, '/storefront/v1/orders/track/token');
  assert.equal(asked[0].headers.authorization, undefined);
  assert.equal(asked[0].headers['x-api-key'], 'pk_live_x');
});

test('a guest asks for a code, gives it, and comes back with the token', async () => {
  const { orders } = client();
  await orders.requestAccessCode('ORD-1', 'jane@example.com');
  await orders.verifyAccessCode('ORD-1', 'jane@example.com', '048213');
  await orders.getByAccessToken('oat_x');

  assert.deepEqual(asked[0].body, { orderNumber: 'ORD-1', email: 'jane@example.com' });
  assert.deepEqual(asked[1].body, { orderNumber: 'ORD-1', email: 'jane@example.com', code: '048213' });
  assert.deepEqual([asked[2].method, asked[2].url], ['GET', '/storefront/v1/orders/access/detail']);
  assert.equal(asked[2].headers['x-order-access'], 'oat_x');
});

test('an error carries code, status, request and when to come back', async () => {
  const told = { code: 'RATE_LIMITED', message: 'Too many', request_id: 'r-1' };
  reply(429, { error: told, code: 'RATE_LIMITED', message: 'Too many' }, { 'Retry-After': '7' });
  const { data, error } = await client().orders.track('x');

  assert.equal(data, null);
  assert.deepEqual(error, {
    code: 'RATE_LIMITED', message: 'Too many', status: 429, requestId: 'r-1', details: [], retryAfter: 7,
  });
});

test('an answer that is no JSON is an error, not an exception', async () => {
  reply(502, '<html>');
  const { error } = await client().orders.track('x');
  assert.deepEqual([error.code, error.status], ['UNREADABLE_ANSWER', 502]);
});

test('no answer is an error, not an exception', async () => {
  const nobody = createClient({ publishableKey: 'pk', baseUrl: 'http://127.0.0.1:1' });
  const { data, error } = await nobody.orders.list();
  assert.equal(data, null);
  assert.deepEqual([error.code, error.status], ['NETWORK_ERROR', 0]);
});

test('what cannot even be asked is an error, not an exception', async () => {
  const { data, error } = await client().orders.get(Object.create(null));
  assert.deepEqual([data, error.status, asked.length], [null, 0, 0]);
});

test('whole characters beyond the first plane are escaped', async () => {
  await client().orders.get('😀');
  assert.equal(asked[0].url, '/storefront/v1/orders/%F0%9F%98%80');
});

for (const status of [200, 502]) {
  test(`a connection that breaks in the middle of a ${status} is no answer`, async () => {
    broken = true;
    reply(status, '{"orderNumber": "ORD-1"}');
    const { data, error } = await client().orders.track('x');
    assert.equal(data, null);
    assert.deepEqual([error.code, error.status], ['NETWORK_ERROR', 0]);
  });
}

test('an answer of 200 that is no JSON is unreadable', async () => {
  reply(200, '<html>');
  const { error } = await client().orders.track('x');
  assert.deepEqual([error.code, error.status], ['UNREADABLE_ANSWER', 200]);
});

test('an auto-session is opened and used from then on', async () => {
  reply(200, { data: { token: 'est_x', expiresAt: 't', scopes: [], enabledFeatures: [] } });
  const { embed } = client();
  const { data } = await embed.createAutoSession({ externalId: 'merchant-1' });
  assert.equal(data.token, 'est_x');
  assert.deepEqual(asked[0].body, { key: 'pk_live_x', externalId: 'merchant-1' });

  reply(200, { data: [{ id: 1 }], pagination: { page: 1 } });
  const listed = await embed.orders.list({ status: 'pending' });
  assert.deepEqual(listed, { data: [{ id: 1 }], pagination: { page: 1 }, error: null });
  assert.equal(asked[1].url, '/api/v1/embed/orders?status=pending');
  assert.equal(asked[1].headers.authorization, 'Bearer est_x');
});

test('session calls take ids first, then query or body', async () => {
  const { embed } = client({ sessionToken: 'est_x' });
  await embed.webhooks.update('w-1', { isActive: true });
  assert.deepEqual([asked[0].method, asked[0].url], ['PATCH', '/api/v1/embed/webhooks/w-1']);
  assert.deepEqual(asked[0].body, { isActive: true });
  reply(200, { success: true });
  assert.deepEqual(await embed.bridges.delete('b-1'), { data: { success: true }, error: null });
  await embed.request('POST', '/alerts/rules/r-1/test', { body: {} });
  assert.equal(asked[2].url, '/api/v1/embed/alerts/rules/r-1/test');
});

test('tokens can be set later and forgotten', async () => {
  const one = client();
  one.setCustomerToken('cst_y');
  await one.orders.list();
  one.setCustomerToken(null);
  await one.orders.list();
  assert.deepEqual(asked.map((call) => call.headers.authorization), ['Bearer cst_y', undefined]);
});

test('every call that is listed has its function', () => {
  const made = client();
  const walk = (listed, functions, path) => {
    for (const [name, call] of Object.entries(listed)) {
      if (typeof call === 'string') assert.equal(typeof functions[name], 'function', `${path}.${name}`);
      else walk(call, functions[name], `${path}.${name}`);
    }
  };
  walk(calls, made, 'client');
});
