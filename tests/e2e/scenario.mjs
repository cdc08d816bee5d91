// What a shop's page does, run in Node and in a browser alike. `getCode` reads the mail.
export async function shop({ createClient }, { publishableKey, baseUrl, customerToken, number, email }, getCode) {
  const client = createClient({ publishableKey, baseUrl, customerToken });
  const listed = await client.orders.list({ page: 1, limit: 10 });
  const got = await client.orders.get(number);
  const tracked = await client.orders.track(got.data?.trackingToken ?? 'none');
  const asked = await client.orders.requestAccessCode(number, email);
  const wrong = await client.orders.verifyAccessCode(number, email, 'no code');
  const verified = await client.orders.verifyAccessCode(number, email, await getCode());
  const again = await client.orders.getByAccessToken(verified.data?.accessToken ?? 'none');
  const cancelled = await client.orders.cancel(number);
  const twice = await client.orders.cancel(number);
  const session = await client.embed.createAutoSession({ externalId: 'from-a-browser' });
  const bridges = await client.embed.bridges.list();
  return { listed, got, tracked, asked, wrong, verified, again, cancelled, twice, session, bridges };
}
