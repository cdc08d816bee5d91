import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { NotificationRead, Pagination, Result } from '../api.js';
import { OrderlyElement } from '../element.js';
import { fill } from '../format.js';
import { Resource } from '../resource.js';
import { base } from '../styles.js';
import { icon } from '../ui/icons.js';
import { notice } from '../ui/said.js';
import { skeleton, state } from '../ui/states.js';

const ASKED_EVERY_MS = 30_000;
type Answer = Result<NotificationRead[], { unreadCount: number; pagination: Pagination }>;

/** A bell with the number of unread notifications, which opens the list of them. */
@customElement('orderly-notifications')
export class OrderlyNotifications extends OrderlyElement {
  static override styles = [
    base,
    css`
      :host {
        position: relative;
        display: inline-block;
        container-type: normal;
      }
      .bell {
        position: relative;
      }
      .count {
        position: absolute;
        inset-block-start: -5px;
        inset-inline-end: -5px;
        min-inline-size: 20px;
        padding: 0 5px;
        border-radius: 99px;
        background: var(--o-bad);
        color: var(--o-card);
        font-size: 12px;
        font-weight: 650;
        line-height: 20px;
        text-align: center;
      }
      .panel {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 0;
        inline-size: min(380px, calc(100vw - 24px));
        max-block-size: min(520px, 75vh);
        overflow: auto;
        border: 1px solid var(--o-line);
        border-radius: calc(var(--o-radius) + 2px);
        background: var(--o-card);
        color: var(--o-text);
        box-shadow: var(--o-shadow);
      }
      .top {
        position: sticky;
        inset-block-start: 0;
        padding: 10px 14px;
        border-block-end: 1px solid var(--o-line);
        background: var(--o-card);
      }
      h2 {
        font-size: var(--o-large);
      }
      li {
        display: grid;
        grid-template-columns: 10px 1fr auto;
        gap: 2px 10px;
        padding: 12px 14px;
        border-block-end: 1px solid var(--o-line);
      }
      li:last-child {
        border: 0;
      }
      .dot {
        inline-size: 8px;
        block-size: 8px;
        margin-block-start: 6px;
        border-radius: 50%;
      }
      .unread .dot {
        background: var(--o-accent);
      }
      .unread.warning .dot {
        background: var(--o-warn);
      }
      .unread.critical .dot {
        background: var(--o-bad);
      }
      .unread .what {
        font-weight: 650;
      }
    `,
  ];

  protected readonly needs = ['alerts:read', 'smart_alerts'] as const;

  @reactive() private isOpen = false;
  private readonly action = new Action(this, this.needs);
  #timer = 0;
  private readonly notifications = new Resource<Answer>(this, (client, options) =>
    client.embed.notifications.list({ limit: 30 }, options),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#ask);
    this.#timer = setInterval(this.#ask, ASKED_EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#ask);
    clearInterval(this.#timer);
  }

  /** Only while somebody can see it, and never where the session may not. */
  #ask = (): void => {
    const isAsking = this.session?.state === 'ready' && this.isAllowed && this.notifications.asked;
    if (document.visibilityState === 'visible' && isAsking && this.action.busy === null) void this.notifications.load();
  };

  protected begin(): void {
    if (!this.notifications.asked) void this.notifications.load();
  }

  protected view(): TemplateResult {
    const words = this.texts.notifications;
    const unread = this.notifications.answer?.unreadCount ?? 0;
    const label = unread ? this.format.plural(unread, words.unread) : words.title;
    return html`<button
        class="button icon bell"
        part="bell"
        type="button"
        aria-label=${label}
        aria-expanded=${this.isOpen}
        popovertarget="panel"
      >
        ${icon('bell')}${unread ? html`<span class="count" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>` : nothing}
      </button>
      <div id="panel" class="panel" popover part="panel" role="dialog" aria-label=${words.title} @toggle=${this.#onToggle}>
        ${this.isOpen ? this.#panel() : nothing}
      </div>`;
  }

  #panel(): TemplateResult {
    const words = this.texts.notifications;
    const { answer, error, loading } = this.notifications;
    if (error && !loading && !answer) return this.problem(this.notifications);
    if (!answer) return skeleton(3, this.texts);
    const unread = answer.data.filter((each) => !each.is_read);
    return html`<div class="top row">
        <h2>${words.title}</h2>
        ${unread.length && this.action.isAllowed
          ? html`<button class="link push" type="button" aria-disabled=${this.action.busy !== null} @click=${() => this.#readAll(unread)}>${words.readAll}</button>`
          : nothing}
      </div>
      ${answer.data.length
        ? html`<ul>
            ${answer.data.map((each) => this.#notification(each))}
          </ul>`
        : state('bell', words.empty, words.emptyHint, nothing, 'status')}`;
  }

  #notification(each: NotificationRead): TemplateResult {
    const words = this.texts.notifications;
    const held = Number(each.metadata.suppressed_count) || 0;
    const [title, message] = notice(each, this);
    return html`<li class="${each.is_read ? '' : 'unread'} ${each.severity}">
      <span class="dot"></span>
      <div>
        <p class="what">${each.is_read ? nothing : html`<span class="hidden">${words.new}: </span>`}${title}</p>
        <p>${message}</p>
        <p class="muted small">
          ${this.format.dateTime(each.created_at)}${held ? ` · ${fill(words.held, { n: this.format.number(held) })}` : ''}
        </p>
      </div>
      ${this.action.isAllowed
        ? html`<button class="button quiet icon" type="button" aria-label=${words.dismiss} @click=${() => this.#dismiss(each.id)}>
            ${icon('close')}
          </button>`
        : nothing}
    </li>`;
  }

  /** Below the bell, and inside the window. */
  #onToggle(event: Event): void {
    this.isOpen = (event as ToggleEvent).newState === 'open';
    if (!this.isOpen) return;
    const panel = event.target as HTMLElement;
    const bell = this.renderRoot.querySelector('.bell')!.getBoundingClientRect();
    const width = Math.min(380, innerWidth - 24);
    panel.style.top = `${bell.bottom + 8}px`;
    panel.style.left = `${Math.max(12, Math.min(bell.right - width, innerWidth - width - 12))}px`;
    void this.notifications.load();
  }

  async #readAll(unread: NotificationRead[]): Promise<void> {
    await this.action.run('read', async (client) => {
      const results = await Promise.all(unread.map(({ id }) => client.embed.notifications.update(id, { isRead: true })));
      return results.find((each) => each.error) ?? results[0]!;
    });
    await this.notifications.load();
  }

  async #dismiss(id: string): Promise<void> {
    await this.action.run(id, (client) => client.embed.notifications.update(id, { isDismissed: true }));
    await this.notifications.load();
  }
}
