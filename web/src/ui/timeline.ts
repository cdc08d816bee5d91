import { css, html, nothing, type TemplateResult } from 'lit';
import type { Formatter } from '../format.js';

export interface Entry {
  title: string;
  text: string | null;
  time: string;
  tone?: 'warn' | '';
}

/** What happened, newest first. */
export function timeline(entries: Entry[], format: Formatter): TemplateResult {
  return html`<ol class="timeline">
    ${entries.map(
      ({ title, text, time, tone }) => html`<li class=${tone ?? ''}>
        <p class="what">${title}</p>
        ${text && text !== title ? html`<p class="muted">${text}</p>` : nothing}
        <time class="muted small" datetime=${time}>${format.dateTime(time)}</time>
      </li>`,
    )}
  </ol>`;
}

export const timelineStyles = css`
  .timeline {
    padding: 12px 16px 16px;
  }
  .timeline li {
    position: relative;
    padding-inline-start: 22px;
    padding-block-end: 14px;
  }
  .timeline li:last-child {
    padding-block-end: 0;
  }
  .timeline li::before {
    content: '';
    position: absolute;
    inset-block-start: 6px;
    inset-inline-start: 1px;
    inline-size: 9px;
    block-size: 9px;
    border: 2px solid var(--o-field);
    border-radius: 50%;
    background: var(--o-card);
    z-index: 1;
  }
  .timeline li:first-child::before {
    border-color: var(--o-accent);
    background: var(--o-accent);
  }
  .timeline .warn::before,
  .timeline .warn:first-child::before {
    border-color: var(--o-warn);
    background: var(--o-warn);
  }
  .timeline li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset-block: 8px -6px;
    inset-inline-start: 5px;
    border-inline-start: 1px solid var(--o-line);
  }
  .timeline .what {
    font-weight: 550;
  }
`;
