/** A `fetch` that answers like the API, with the data of fixtures.ts or one of the states that are hard to come by. */
import { fixtures, session } from './fixtures.js';

export const STATES = ['filled', 'empty', 'loading', 'failed', 'offline', 'expired', 'forbidden', 'off', 'hostile'] as const;
export type State = (typeof STATES)[number];

const ERRORS: Partial<Record<State, [status: number, code: string, message: string]>> = {
  failed: [500, 'internal_error', 'Something went wrong on our side.'],
  expired: [401, 'unauthorized', 'The session has expired.'],
  forbidden: [403, 'insufficient_scope', 'The session lacks the scope.'],
  off: [403, 'feature_disabled', 'The feature is not enabled.'],
};
const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
/** Words of the API, which hostile data keeps. */
const KEPT = /^(id|status|type|delivery_method|severity|.*_(id|at|status|type|date|delivery|time))$|^(token|events?|currency|scopes|name_of_field)$/;

export function answersOf(state: State): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const method = init?.method ?? 'GET';
    const path = url.pathname.replace(/^.*\/api\/v1\/embed/, '');
    if (path === '/session') return json(200, { data: session });
    if (state === 'loading') return new Promise<Response>(() => {});
    if (state === 'offline') throw new TypeError('Failed to fetch');
    const error = ERRORS[state];
    if (error) {
      const [status, code, message] = error;
      return json(status, { error: { code, message, request_id: 'b7d0b2f4-9d1c-4b57-b6b1-1f6f3c7e2a90' } });
    }
    const [, answer] = fixtures.find(([route]) => matches(route, method, path)) ?? [];
    if (answer === undefined) return json(404, { error: { code: 'not_found', message: `${method} ${path}` } });
    const data = state === 'empty' && Array.isArray(answer) ? [] : state === 'hostile' ? hostile(answer) : answer;
    if (!Array.isArray(data)) return json(200, { data });
    const pagination = { page: 1, limit: 25, total: data.length, totalPages: 1, hasMore: false, nextCursor: null };
    return json(200, { data, pagination, unreadCount: data.filter((each) => each.is_read === false).length });
  };
}

function matches(route: string, method: string, path: string): boolean {
  const [wanted, template] = route.split(' ') as [string, string];
  return wanted === method && new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

/** The same data with markup in every text that comes from a shop, a carrier or a person. */
function hostile(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => hostile(each, name));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hostile(each, key)]));
  }
  return typeof value === 'string' && !KEPT.test(name) ? HOSTILE + value : value;
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}
