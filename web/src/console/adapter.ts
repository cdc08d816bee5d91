/** How the components call the API for an operator: with the console's session, and for one merchant where they stand. */
import type { SessionRead } from '../api.js';

type Fetch = typeof globalThis.fetch;

/** Paths behind this are below `/api/v1`; all others are below `/api/v1/embed`. */
export const ROOT = '/~';
const EMBED = '/api/v1/embed';

export interface Operator {
  name: string;
  expiresAt: string;
  scopes: string[];
  slug: string;
  branding: Record<string, unknown>;
}

const NO_MERCHANT = { id: '', externalId: '', name: null, email: null };

/** What the merchants' own components show for the whole organization. */
const ORGANIZATION_SCOPES = ['orders:read'];

/** The calls of the console itself. An operator has no session to read: what there is to know came with the sign-in. */
export function operatorFetch(operator: () => Operator): Fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const path = pathOf(url);
    if (path === '/session') return answer(sessionOf(operator(), NO_MERCHANT, ORGANIZATION_SCOPES));
    if (path.startsWith(`${ROOT}/`)) rewrite(url, `/api/v1${path.slice(ROOT.length)}`);
    else if (path === '/insights') rewrite(url, '/api/v1/insights');
    // Calls that are still to be made when the tab is closed arrive anyway.
    return fetch(url, { ...init, keepalive: init?.method === 'PATCH' });
  };
}

/** What components ask for their merchant, and where an organization reads the same. */
const READS: readonly (readonly [pattern: RegExp, path: string])[] = [
  [/^\/(orders|shipments|tracking-pages)(\/[^/]+)?$/, '/api/v1/$1$2'],
  [/^\/tracking\/([^/]+)$/, '/api/v1/shipments/$1'],
  [/^\/(webhooks|webhooks\/[^/]+\/(deliveries|replay)|webhooks\/[^/]+\/deliveries\/[^/]+\/retry)$/, '/api/v1/$1'],
  [/^\/alerts\/notifications$/, '/api/v1/notifications'],
  [/^\/alerts\/rules$/, '/api/v1/alert-rules'],
  [/^\/(bridges|bridges\/[^/]+\/runs)$/, '/api/v1/$1'],
  [/^\/(insights)$/, '/api/v1/$1'],
];

export interface Merchant {
  id: string;
  externalId: string;
  name: string | null;
  email: string | null;
}

/** The calls of the merchants' components, answered with one merchant's data as the organization reads it. */
export function merchantFetch(operator: Operator, merchant: Merchant): Fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const path = pathOf(url);
    if (path === '/session') return answer(sessionOf(operator, merchant, MERCHANT_SCOPES));
    const [pattern, target] = READS.find(([each]) => each.test(path)) ?? [];
    if (!pattern) return answer({ code: 'not_found', message: 'The console does not show this.' }, 404);
    rewrite(url, path.replace(pattern, target!));
    url.searchParams.set('end_user_id', merchant.id);
    return fetch(url, init);
  };
}

/** An operator looks; what is the merchant's to change is changed in the portal. */
const MERCHANT_SCOPES = ['bridges:read', 'orders:read', 'shipments:read', 'tracking:read', 'alerts:read', 'webhooks:read'];
const FEATURES = ['bridges', 'data_room', 'smart_alerts', 'end_user_webhooks', 'branded_tracking'];

function sessionOf(operator: Operator, endUser: Merchant, scopes: string[]): SessionRead {
  return {
    sessionId: '',
    expiresAt: operator.expiresAt,
    scopes,
    enabledFeatures: FEATURES,
    allowedBridgeTypes: [],
    readOnly: true,
    endUser,
    // The console and what it shows of a merchant keep the console's look.
    organization: { slug: operator.slug, branding: {} },
  };
}

function pathOf(url: URL): string {
  return url.pathname.slice(url.pathname.indexOf(EMBED) + EMBED.length);
}

/** A stage's path in front of the API's stays. */
function rewrite(url: URL, path: string): void {
  url.pathname = url.pathname.slice(0, url.pathname.indexOf(EMBED)) + path;
}

function answer(body: object, status = 200): Response {
  const content = status < 400 ? { data: body } : { error: body };
  return new Response(JSON.stringify(content), { status, headers: { 'Content-Type': 'application/json' } });
}
