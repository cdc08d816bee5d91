import { css } from 'lit';

/**
 * The design's tokens. `<orderly-embed>` sets them, and everything inside inherits them. A host page overrides those that
 * docs/components.md names, `--orderly-…`; the rest, `--o-…`, is internal. `--brand-…` is computed from the branding.
 */
export const tokens = css`
  :host {
    color-scheme: light dark;
    --o-accent: var(--orderly-accent, var(--brand-accent));
    --o-fill: var(--orderly-accent, var(--brand-fill));
    --o-on-fill: var(--orderly-on-accent, var(--brand-on-fill));
    --o-band: var(--orderly-accent, var(--brand-band));
    --o-on-band: var(--orderly-on-accent, var(--brand-on-band));
    --o-tint: var(--orderly-tint, var(--brand-tint));
    --o-page: var(--orderly-background, light-dark(#f5f6f8, #0f1217));
    --o-card: var(--orderly-surface, light-dark(#ffffff, #181c23));
    --o-hover: light-dark(#f5f6f8, #1f242d);
    --o-text: var(--orderly-text, light-dark(#161a21, #ebeef2));
    --o-muted: var(--orderly-muted, light-dark(#556070, #a5afbc));
    --o-line: var(--orderly-line, light-dark(#e1e4e9, #2b313b));
    --o-field: light-dark(#858e9b, #717b8a);
    --o-good: light-dark(#0b6b4c, #63d5a9);
    --o-good-tint: light-dark(#e4f5ee, #14302a);
    --o-warn: light-dark(#864800, #f0b85a);
    --o-warn-tint: light-dark(#fdf1dc, #33291a);
    --o-bad: light-dark(#b01e2b, #ff9a9a);
    --o-bad-tint: light-dark(#fdeaea, #3a1f22);
    --o-quiet-tint: light-dark(#eceef1, #262c36);
    --o-radius: var(--orderly-radius, 8px);
    --o-shadow: 0 8px 28px -8px light-dark(#1018283d, #000000a0), 0 1px 2px light-dark(#1018281f, #00000060);
    --o-font: var(
      --orderly-font,
      -apple-system, 'Segoe UI', Roboto, system-ui, 'Helvetica Neue', Arial, sans-serif
    );
    --o-small: calc(var(--orderly-font-size, 14px) * 0.9286);
    --o-body: var(--orderly-font-size, 14px);
    --o-large: calc(var(--orderly-font-size, 14px) * 1.1429);
    --o-title: calc(var(--orderly-font-size, 14px) * 1.4286);
  }
`;

/** What every component has: text, controls, cards, badges, tables, states. */
export const base = css`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--o-text);
    font: 400 var(--o-body) / 1.45 var(--o-font);
    text-align: start;
    overflow-wrap: anywhere;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: var(--o-title);
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  h3 {
    font-size: var(--o-body);
    line-height: 1.3;
    font-weight: 650;
  }
  svg {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .muted {
    color: var(--o-muted);
  }
  .small {
    font-size: var(--o-small);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Roboto Mono', monospace;
    font-size: 0.93em;
  }
  /* In a narrow column, such as a tracking number; the whole is one click away. */
  .cut {
    display: block;
    max-inline-size: 20ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .stack {
    display: grid;
    gap: 16px;
    min-inline-size: 0;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .row > .push,
  .head > .push {
    margin-inline-start: auto;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    min-block-size: 36px;
  }

  .card {
    min-inline-size: 0;
    border: 1px solid var(--o-line);
    border-radius: calc(var(--o-radius) + 2px);
    background: var(--o-card);
  }
  .pad {
    padding: 16px;
  }
  .card > h3 {
    padding: 14px 16px 0;
  }

  :focus-visible,
  /* The parts of a date have the focus in its place. */
  [type='date']:focus-within {
    outline: 2px solid var(--o-accent);
    outline-offset: 2px;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 36px;
    padding: 5px 12px;
    border: 1px solid var(--o-line);
    border-radius: var(--o-radius);
    background: var(--o-card);
    color: var(--o-text);
    font-weight: 550;
    line-height: 1.3;
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover {
    background: var(--o-hover);
  }
  .button.primary {
    border-color: transparent;
    background: var(--o-fill);
    color: var(--o-on-fill);
  }
  .button.primary:hover {
    box-shadow: inset 0 0 0 99px light-dark(#0000001a, #ffffff1f);
  }
  .button.danger {
    color: var(--o-bad);
  }
  .button.quiet {
    border-color: transparent;
    background: none;
    color: var(--o-accent);
  }
  .button.quiet:hover {
    background: var(--o-tint);
  }
  .button.icon {
    min-inline-size: 36px;
    padding: 5px;
  }
  /* A button that somebody pressed keeps the focus while it works, so those of components are only marked. */
  .button:disabled,
  [aria-disabled='true'] {
    opacity: 0.55;
    cursor: default;
    pointer-events: none;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--o-accent);
    font-weight: 550;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .field {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }
  .field > span,
  .label {
    font-size: var(--o-small);
    font-weight: 550;
  }
  .input {
    inline-size: 100%;
    min-block-size: 36px;
    padding: 6px 10px;
    border: 1px solid var(--o-field);
    border-radius: var(--o-radius);
    background: var(--o-card);
    text-overflow: ellipsis;
  }
  textarea.input {
    min-block-size: 84px;
    resize: vertical;
  }
  select.input {
    padding-inline-end: 4px;
  }
  .input::placeholder {
    color: var(--o-muted);
    opacity: 1;
  }
  .input[aria-invalid='true'] {
    border-color: var(--o-bad);
  }
  .hint {
    color: var(--o-muted);
    font-size: var(--o-small);
  }
  .field > .hint {
    font-weight: 400;
  }
  .problem {
    color: var(--o-bad);
    font-size: var(--o-small);
  }
  .check {
    display: flex;
    gap: 8px;
    align-items: start;
    min-block-size: 24px;
  }
  .check input {
    inline-size: 18px;
    block-size: 18px;
    margin: 1px 0 0;
    flex: none;
    accent-color: var(--o-accent);
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    padding: 1px 8px;
    border-radius: 99px;
    background: var(--o-quiet-tint);
    color: var(--o-text);
    font-size: var(--o-small);
    font-weight: 550;
    line-height: 1.5;
    /* Its words keep a column from becoming narrower than they are. */
    overflow-wrap: break-word;
  }
  .badge::before {
    content: '';
    flex: none;
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: currentColor;
  }
  .badge.good {
    background: var(--o-good-tint);
    color: var(--o-good);
  }
  .badge.warn {
    background: var(--o-warn-tint);
    color: var(--o-warn);
  }
  .badge.bad {
    background: var(--o-bad-tint);
    color: var(--o-bad);
  }
  .badge.active {
    background: var(--o-tint);
    color: var(--o-accent);
  }

  .notice {
    display: flex;
    gap: 10px;
    align-items: start;
    padding: 10px 12px;
    border-radius: var(--o-radius);
    background: var(--o-quiet-tint);
  }
  .notice.warn {
    background: var(--o-warn-tint);
    color: var(--o-warn);
  }
  .notice.bad {
    background: var(--o-bad-tint);
    color: var(--o-bad);
  }
  .notice.good {
    background: var(--o-good-tint);
    color: var(--o-good);
  }
  .notice > :nth-child(2) {
    flex: 1;
    min-inline-size: 0;
  }

  .state {
    display: grid;
    justify-items: center;
    gap: 6px;
    padding: 40px 20px;
    text-align: center;
    text-wrap: balance;
  }
  .state svg {
    inline-size: 28px;
    block-size: 28px;
    margin-block-end: 4px;
    color: var(--o-muted);
  }
  .state strong {
    font-weight: 650;
  }
  .state p {
    max-inline-size: 44ch;
    color: var(--o-muted);
  }
  .state .button {
    margin-block-start: 10px;
  }

  .bone {
    display: block;
    block-size: 12px;
    border-radius: 6px;
    background: var(--o-quiet-tint);
    animation: pulse 1.4s ease-in-out infinite alternate;
  }
  @keyframes pulse {
    from {
      opacity: 1;
    }
    to {
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }

  .bones {
    display: flex;
    justify-content: space-between;
    gap: 24px;
    padding: 15px 14px;
  }
  .w1 {
    inline-size: 45%;
  }
  .w2 {
    inline-size: 60%;
  }
  .w3 {
    inline-size: 35%;
  }
  .w4 {
    inline-size: 18%;
  }

  .facts {
    display: grid;
    gap: 12px 24px;
    grid-template-columns: repeat(auto-fill, minmax(min(130px, 100%), 1fr));
  }
  .facts dt {
    color: var(--o-muted);
    font-size: var(--o-small);
  }
  .facts dd {
    font-weight: 550;
  }
`;

/** Tables that become lists of cards where they are narrow. */
export const table = css`
  .scroll {
    position: relative;
    overflow: hidden;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  th {
    padding: 9px 12px;
    border-block-end: 1px solid var(--o-line);
    color: var(--o-muted);
    font-size: var(--o-small);
    font-weight: 550;
    text-align: start;
    white-space: nowrap;
  }
  td {
    padding: 10px 12px;
    border-block-end: 1px solid var(--o-line);
    vertical-align: top;
  }
  tr > :first-child {
    padding-inline-start: 16px;
  }
  tr > :last-child {
    padding-inline-end: 16px;
  }
  tbody tr:last-child td {
    border-block-end: 0;
  }
  tbody tr.open:hover {
    background: var(--o-hover);
    cursor: pointer;
  }
  .end {
    text-align: end;
  }
  .nowrap {
    white-space: nowrap;
  }
  td .also {
    display: block;
    color: var(--o-muted);
    font-size: var(--o-small);
  }
  .stale {
    opacity: 0.6;
  }
  .toolbar {
    display: grid;
    gap: 8px 12px;
    align-items: end;
  }
  @container (min-width: 900px) {
    .toolbar {
      grid-template-columns: minmax(260px, 2fr) minmax(0, 3fr);
    }
  }
  .search {
    position: relative;
    display: block;
  }
  .search svg {
    position: absolute;
    inset-block-start: 9px;
    inset-inline-start: 10px;
    color: var(--o-muted);
    pointer-events: none;
  }
  .search .input {
    padding-inline-start: 34px;
  }
  .fold {
    display: none;
    justify-self: start;
  }
  .others {
    display: grid;
    gap: 8px 12px;
    grid-template-columns: repeat(auto-fit, minmax(min(140px, 100%), 1fr));
  }
  .others.alone {
    grid-template-columns: repeat(auto-fit, minmax(min(140px, 100%), 220px));
  }
  @container (min-width: 621px) and (max-width: 860px) {
    .roomy {
      display: none !important;
    }
  }
  @container (max-width: 620px) {
    .fold {
      display: inline-flex;
    }
    .others:not(.unfolded) {
      display: none;
    }
  }
  @container (max-width: 620px) {
    .cards table,
    .cards tbody {
      display: block;
    }
    .cards thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .cards tr {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 2px 12px;
      padding: 12px 14px;
      border-block-end: 1px solid var(--o-line);
    }
    .cards tbody tr:last-child {
      border-block-end: 0;
    }
    .cards tr > td {
      padding: 0;
      border: 0;
    }
    .cards td.first {
      grid-column: 1;
    }
    .cards td.second {
      grid-row: 1;
      grid-column: 2;
      text-align: end;
    }
    .cards td.wide {
      grid-column: 1 / -1;
    }
    .cards td.date {
      order: 1;
    }
    .cards td.end {
      order: 2;
    }
    .cards td.skip {
      display: none;
    }
    .cards td:empty {
      display: none;
    }
  }
`;

/** A receiver's answer, or an event's data, as it is. */
export const quoted = css`
  pre {
    margin: 6px 0 0;
    padding: 8px 10px;
    border-radius: 6px;
    background: var(--o-quiet-tint);
    font-size: var(--o-small);
    white-space: pre-wrap;
  }
`;

/** The sections of a page, as a row of links. */
export const sections = css`
  nav {
    border-block-end: 1px solid var(--o-line);
    background: var(--o-card);
  }
  nav .wrap {
    display: flex;
    overflow-x: auto;
    scrollbar-width: none;
  }
  nav a {
    padding: 12px 14px;
    border-block-end: 3px solid transparent;
    color: var(--o-muted);
    font-weight: 550;
    text-decoration: none;
    white-space: nowrap;
  }
  nav a:first-child {
    margin-inline-start: -14px;
  }
  nav a:hover {
    color: var(--o-text);
  }
  nav a[aria-current] {
    border-color: var(--o-accent);
    color: var(--o-accent);
  }
  nav a:focus-visible {
    outline-offset: -3px;
  }
`;
