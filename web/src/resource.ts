import type { ApiError, Client, Result } from './api.js';
import type { OrderlyElement } from './element.js';

/** What a component reads from the API: its newest answer, and whether another is on its way. */
export class Resource<Answer extends Result<unknown>> {
  /** The newest answer that succeeded. It stays while the next one is loaded, and if that fails. */
  answer: Extract<Answer, { error: null }> | null = null;
  error: ApiError | null = null;
  loading = false;
  /** Whether any call was made. */
  asked = false;

  #element: OrderlyElement;
  #call: (client: Client, options: { signal: AbortSignal }) => Promise<Answer>;
  #running: AbortController | null = null;

  constructor(element: OrderlyElement, call: (client: Client, options: { signal: AbortSignal }) => Promise<Answer>) {
    this.#element = element;
    this.#call = call;
    element.resources.add(this);
  }

  /** Loads it, in the place of a call that is still running. */
  async load(): Promise<void> {
    if (!this.#element.session?.usable) return;
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    this.asked = true;
    this.loading = true;
    this.#element.requestUpdate();
    const answer = await this.#element.session.call((client) => this.#call(client, { signal: running.signal }));
    if (running !== this.#running) return;
    this.#running = null;
    this.loading = false;
    this.error = answer.error;
    if (answer.error === null) this.answer = answer as Extract<Answer, { error: null }>;
    else this.#element.report(answer.error);
    this.#element.requestUpdate();
  }

  /** Forgets the answer, for instance because another object is shown. */
  clear(): void {
    this.#running?.abort();
    this.#running = null;
    this.answer = this.error = null;
    this.loading = this.asked = false;
  }
}
