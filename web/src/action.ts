import type { ApiError, Client, Result } from './api.js';
import type { OrderlyElement } from './element.js';
import { inWords } from './ui/said.js';

/** Scope and feature (or one of several) without which something may not be done. */
export type Needs = readonly [scope: string, feature: string | readonly string[]];

/**
 * A change that somebody asks for: one at a time, with the error of the newest. Its control is shown where it `isAllowed`,
 * and nothing else is.
 */
export class Action {
  busy: string | null = null;
  error: ApiError | null = null;
  /** What the error belongs to. */
  failed: string | null = null;

  #element: OrderlyElement;
  #needs: Needs | null;
  /** A form that is sent once more after a failure must not create twice. */
  #keys = new Map<string, string>();

  /** Without `needs` it is something that only reads, or that the API decides by other credentials. */
  constructor(element: OrderlyElement, needs: Needs | null = null) {
    this.#element = element;
    this.#needs = needs;
    element.actions.add(this);
  }

  get isAllowed(): boolean {
    return this.#needs === null || this.#element.session!.mayChange(...this.#needs);
  }

  /** Makes a call under a name, which says whose button is busy. Undefined if it fails, is not allowed, or another is running. */
  async run<T>(
    name: string,
    make: (client: Client, options: { idempotencyKey: string }) => Promise<Result<T>>,
  ): Promise<T | undefined> {
    if (this.busy !== null || !this.isAllowed) return undefined;
    this.busy = name;
    this.error = this.failed = null;
    this.#element.requestUpdate();
    const { data, error } = await this.#element.session!.call((client) =>
      make(client, { idempotencyKey: this.#keyOf(name) }),
    );
    this.busy = null;
    // An answer ends the attempt, and so does a refusal. Without any, the call may have worked.
    if (!error || (error.status >= 400 && error.status < 500 && error.status !== 401)) this.#keys.delete(name);
    if (error) {
      this.error = inWords(error, this.#element);
      this.failed = name;
      this.#element.report(error);
    }
    this.#element.requestUpdate();
    return error ? undefined : (data as T);
  }

  errorOf(name: string): ApiError | null {
    return this.failed === name ? this.error : null;
  }

  clear(): void {
    this.error = this.failed = null;
  }

  #keyOf(name: string): string {
    const key = this.#keys.get(name) ?? newKey();
    this.#keys.set(name, key);
    return key;
  }
}

/** A page that is not served by https has no `randomUUID`. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
