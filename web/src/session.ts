/** One merchant's session, shared by the components inside an `<orderly-embed>`. */

import { createClient, type ApiError, type Client, type Result, type SessionRead } from './api.js';
import { Formatter } from './format.js';
import { chooseLanguage, en, loadTexts, type Texts } from './texts/index.js';

export type FetchSession = () => Promise<string | { token: string; expiresAt?: string }>;

export interface SessionOptions {
  baseUrl: string;
  sessionToken: string | null;
  publishableKey: string | null;
  externalId: string | null;
  userHash: string | null;
  fetchSession: FetchSession | null;
  /** Refuse the session of an organization with another slug. */
  organization: string | null;
  fetch: typeof globalThis.fetch | null;
}

/**
 * `missing`: nothing to begin with. `starting`: calls are made, but the session is not known yet. `expired`: it ended and
 * was not renewed. `refused`: it belongs to another organization. `failed`: it could not be read.
 */
export type SessionState = 'missing' | 'starting' | 'ready' | 'expired' | 'refused' | 'failed';

export interface SessionListener {
  sessionChanged(): void;
}

export class Session {
  state: SessionState = 'missing';
  info: SessionRead | null = null;
  error: ApiError | null = null;
  offline = false;
  texts: Texts | null = null;
  format = new Formatter('en');
  /** Grows each time a session begins to work again, so that what failed meanwhile is loaded once more. */
  renewals = 0;

  #client: Client | null = null;
  #options: SessionOptions | null = null;
  #language = '';
  #token: string | null = null;
  #listeners = new Set<SessionListener>();

  add(listener: SessionListener): void {
    this.#listeners.add(listener);
  }

  remove(listener: SessionListener): void {
    this.#listeners.delete(listener);
  }

  /** Whether components may call the API. Before the session is known only if that does not depend on it. */
  get usable(): boolean {
    if (this.state === 'ready' || this.state === 'expired') return true;
    return this.state === 'starting' && !this.#options?.organization && !this.#options?.publishableKey;
  }

  /** Whether scopes and features allow it. Unknown until the session is known. */
  allows(scope: string, feature: string | readonly string[]): boolean {
    if (!this.info) return true;
    const features = typeof feature === 'string' ? [feature] : feature;
    return this.has(scope) && features.some((each) => this.info!.enabledFeatures.includes(each));
  }

  /**
   * Whether something may be changed, which decides whether its control is shown. No until the session is known, and never
   * in a read-only one: the API refuses all of its changes, whatever its scopes say.
   */
  mayChange(scope: string, feature: string | readonly string[]): boolean {
    return this.info !== null && !this.info.readOnly && this.allows(scope, feature);
  }

  /** A `:write` scope also covers the matching `:read`. */
  has(scope: string): boolean {
    const scopes = this.info?.scopes ?? [];
    return scopes.includes(scope) || scopes.includes(scope.replace(':read', ':write'));
  }

  async setLanguage(wanted: readonly (string | null | undefined)[]): Promise<void> {
    const language = chooseLanguage(wanted);
    if (language === this.#language) return;
    this.#language = language;
    const texts = language === 'en' ? en : await loadTexts(language);
    if (language !== this.#language) return;
    this.texts = texts;
    // With a region, which decides how dates are written.
    const regional = wanted.find((each) => each?.toLowerCase().startsWith(`${language}-`));
    this.format = new Formatter(regional ?? language);
    this.#changed();
  }

  /** Whom a merchant can ask: the organization's name, or a word for it. */
  get supportName(): string {
    const name = this.info?.organization.branding.company_name;
    return typeof name === 'string' && name.trim() ? name.trim() : (this.texts ?? en).states.support;
  }

  /** Begins with these options, or goes on with a new token in the place of one that ended. */
  async begin(options: SessionOptions): Promise<void> {
    const before = this.#options;
    this.#options = options;
    const isSameSource =
      before !== null &&
      this.#client !== null &&
      before.baseUrl === options.baseUrl &&
      before.publishableKey === options.publishableKey &&
      before.externalId === options.externalId;
    if (isSameSource && options.sessionToken && options.sessionToken !== before.sessionToken) {
      this.#client!.setSessionToken(options.sessionToken);
    } else {
      if (!options.sessionToken && !options.fetchSession && !options.publishableKey) {
        this.#become('missing');
        return;
      }
      this.#client = this.#createClient(options);
    }
    this.#token = options.sessionToken;
    await this.#start();
  }

  /** Reads the session once more, for instance after a failure. */
  async restart(): Promise<void> {
    if (this.#client) await this.#start();
  }

  /** Calls the API. Components make every call through this, so that the session's state follows from the answers. */
  async call<T>(make: (client: Client) => Promise<T & Result<unknown>>): Promise<T> {
    const result = await make(this.#client!);
    this.#observe(result.error);
    return result;
  }

  #createClient(options: SessionOptions): Client {
    return createClient({
      baseUrl: options.baseUrl,
      publishableKey: options.publishableKey ?? undefined,
      sessionToken: options.sessionToken,
      fetchSession: options.fetchSession ? () => this.#fetchSession(options.fetchSession!) : undefined,
      ...(options.fetch ? { fetch: options.fetch } : {}),
    });
  }

  /** Remembers the token. A host that gives no end with it costs one more call, beside the others, that finds it out. */
  async #fetchSession(fetchSession: FetchSession): Promise<string | { token: string; expiresAt?: string }> {
    const fetched = await fetchSession();
    const isFirst = this.#token === null;
    this.#token = typeof fetched === 'string' ? fetched : fetched.token;
    if (!isFirst && typeof fetched === 'string') queueMicrotask(() => void this.#read());
    return fetched;
  }

  async #start(): Promise<void> {
    const client = this.#client!;
    this.#become(this.state === 'expired' ? 'expired' : 'starting');
    const { publishableKey, externalId, userHash, sessionToken, fetchSession } = this.#options!;
    if (publishableKey && !sessionToken && !fetchSession) {
      const created = await client.embed.createAutoSession({ externalId: externalId ?? '', userHash });
      if (client !== this.#client) return;
      if (created.error) return this.#fail(created.error);
    }
    await this.#read();
  }

  async #read(): Promise<void> {
    const client = this.#client!;
    const { data, error } = await client.embed.session.get();
    if (client !== this.#client) return;
    if (error) return this.#fail(error);
    const wanted = this.#options!.organization;
    if (wanted !== null && wanted !== data.organization.slug) {
      this.#client = null;
      this.#become('refused');
      return;
    }
    if (this.#token) client.setSessionToken(this.#token, data.expiresAt);
    this.info = data;
    this.#resume();
  }

  #observe(error: ApiError | null): void {
    const offline = error?.status === 0 && error.code === 'NETWORK_ERROR';
    if (isExpired(error)) this.#become('expired', error);
    else if (this.state === 'expired' && !error) this.#resume();
    else if (offline !== this.offline) {
      this.offline = offline;
      this.#changed();
    }
  }

  #resume(): void {
    const failed = this.state !== 'starting' && this.state !== 'ready';
    if (failed) this.renewals += 1;
    this.offline = false;
    this.#become('ready');
  }

  #fail(error: ApiError): void {
    this.offline = error.code === 'NETWORK_ERROR';
    this.#become(isExpired(error) ? 'expired' : 'failed', error);
  }

  #become(state: SessionState, error: ApiError | null = null): void {
    this.state = state;
    this.error = error;
    this.#changed();
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener.sessionChanged();
  }
}

function isExpired(error: ApiError | null): boolean {
  return error?.status === 401 || error?.code === 'SESSION_NOT_RENEWED';
}
