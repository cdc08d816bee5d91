/** The operator's session: from an API key and a name to a token that this tab keeps until it is closed. */
import type { ApiError } from '../api.js';
import type { Operator } from './adapter.js';

const STORED = 'orderly-console';

export interface SignedIn extends Operator {
  token: string;
  id: string;
}

/** Null if nobody is signed in, or the session is over. */
export function storedSession(): SignedIn | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as SignedIn | null;
    return stored && Date.parse(stored.expiresAt) > Date.now() ? stored : null;
  } catch {
    return null;
  }
}

export function store(session: SignedIn | null): void {
  if (session) sessionStorage.setItem(STORED, JSON.stringify(session));
  else sessionStorage.removeItem(STORED);
}

type Answer<T> = { data: T; error: null } | { data: null; error: ApiError };

/** Changes an API key for a session. The key is not kept. */
export async function signIn(base: string, key: string, name: string): Promise<Answer<SignedIn>> {
  const created = await call<Created>(base, 'POST', '/api/v1/console/sessions', key, { name });
  if (created.error) return created;
  const { token, id, expires_at, scopes } = created.data;
  // An organization without a config can be signed in to; its config is created in the settings.
  const config = await call<{ slug: string; branding: Record<string, unknown> }>(base, 'GET', '/api/v1/embed/config/me', token);
  const { slug, branding } = config.data ?? { slug: '', branding: {} };
  return { data: { token, id, name, expiresAt: expires_at, scopes: scopes ?? [], slug, branding }, error: null };
}

interface Created {
  token: string;
  id: string;
  expires_at: string;
  scopes: string[];
}

/** Ends the session at the server. It ends here whatever the answer is. */
export async function signOut(base: string, session: SignedIn): Promise<void> {
  store(null);
  await call(base, 'DELETE', `/api/v1/console/sessions/${session.id}`, session.token);
}

async function call<T>(base: string, method: string, path: string, token: string, body?: object): Promise<Answer<T>> {
  try {
    const response = await fetch(base + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
      credentials: 'omit',
      keepalive: true,
    });
    const sent = (await response.json().catch(() => null)) as any;
    if (response.ok) return { data: (sent?.data ?? sent) as T, error: null };
    return { data: null, error: errorOf(response.status, sent?.error) };
  } catch (problem) {
    return { data: null, error: errorOf(0, { code: 'NETWORK_ERROR', message: String(problem) }) };
  }
}

function errorOf(status: number, sent: Partial<ApiError> | undefined): ApiError {
  const { code = 'UNREADABLE_ANSWER', message = '', details = [] } = sent ?? {};
  return { code, message, status, details, requestId: null, retryAfter: null };
}
