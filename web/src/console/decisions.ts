/**
 * Decisions about requests, each of which is sent after a few seconds and can be undone until then. They belong to the
 * console, not to the queue, so that going somewhere else neither loses nor hurries them; closing the tab sends them.
 */
import type { ApiError, Client, Result } from '../api.js';
import type { Session } from '../session.js';

export const UNDO_MS = 5000;

export interface Decision {
  id: string;
  title: string;
  status: 'approved' | 'denied';
  note: string;
  application: { refund: boolean; notifyCustomer: boolean } | null;
}

export interface Pending extends Decision {
  state: 'waiting' | 'sending' | 'failed';
  secondsLeft: number;
  error: ApiError | null;
}

export class Decisions extends EventTarget {
  readonly pending = new Map<string, Pending>();
  #session: Session;
  #timers = new Map<string, ReturnType<typeof setInterval>>();

  constructor(session: Session) {
    super();
    this.#session = session;
  }

  /** Deciding again about the same request replaces the decision that waits. */
  decide(decision: Decision): void {
    if (this.pending.get(decision.id)?.state === 'sending') return;
    this.#stop(decision.id);
    // The newest stands last.
    this.pending.delete(decision.id);
    this.pending.set(decision.id, { ...decision, state: 'waiting', secondsLeft: UNDO_MS / 1000, error: null });
    this.#timers.set(decision.id, setInterval(() => this.#tick(decision.id), 1000));
    this.#changed();
  }

  /** The newest if none is named. Returns what was undone. */
  undo(id?: string): Pending | null {
    const waiting = [...this.pending.values()].filter(({ state }) => state === 'waiting');
    const undone = id ? waiting.find((each) => each.id === id) : waiting.at(-1);
    if (!undone) return null;
    this.#forget(undone.id);
    return undone;
  }

  dismiss(id: string): void {
    if (this.pending.get(id)?.state === 'failed') this.#forget(id);
  }

  /** Sends everything that waits. */
  async flush(): Promise<void> {
    await Promise.all([...this.pending.values()].filter(({ state }) => state === 'waiting').map(({ id }) => this.#send(id)));
  }

  #tick(id: string): void {
    const decision = this.pending.get(id);
    if (!decision) return this.#stop(id);
    decision.secondsLeft -= 1;
    if (decision.secondsLeft <= 0) void this.#send(id);
    else this.#changed();
  }

  async #send(id: string): Promise<void> {
    const decision = this.pending.get(id)!;
    this.#stop(id);
    decision.state = 'sending';
    this.#changed();
    const { status, note, application } = decision;
    const body = { status, ...(note ? { resolutionNote: note } : {}), ...(application ? { application } : {}) };
    const { error } = await this.#session.call((client: Client): Promise<Result<unknown>> =>
      client.embed.request('PATCH', `/action-requests/${id}/resolve`, { body }),
    );
    if (error) {
      decision.state = 'failed';
      decision.error = error;
      this.#changed();
      return;
    }
    this.#forget(id);
    this.dispatchEvent(new CustomEvent('sent', { detail: decision }));
  }

  #forget(id: string): void {
    this.#stop(id);
    this.pending.delete(id);
    this.#changed();
  }

  #stop(id: string): void {
    clearInterval(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
