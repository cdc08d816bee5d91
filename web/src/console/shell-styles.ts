import { css } from 'lit';

export const shellStyles = css`
  :host {
    min-block-size: 100vh;
    background: var(--o-page);
  }
  .wrap {
    max-inline-size: 1240px;
    margin-inline: auto;
    padding-inline: 20px;
  }
  header {
    border-block-end: 1px solid var(--o-line);
    background: var(--o-card);
  }
  header .wrap {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    padding-block: 10px;
  }
  h1 {
    margin: 0;
    font-size: var(--o-large);
    font-weight: 650;
  }
  header .push {
    margin-inline-start: auto;
  }
  header form {
    display: block;
    flex: 1 1 240px;
    max-inline-size: 460px;
    padding: 0;
  }
  nav a {
    padding-block: 11px;
  }
  .content {
    padding-block: 20px 96px;
    outline: none;
  }
  [hidden] {
    display: none;
  }
  .skip {
    position: absolute;
    inset-block-start: -100px;
    inset-inline-start: 8px;
    z-index: 3;
  }
  .skip:focus {
    inset-block-start: 8px;
  }
  .toasts {
    position: fixed;
    inset-block-end: 16px;
    inset-inline: 16px;
    z-index: 2;
    display: grid;
    gap: 8px;
    justify-items: center;
    pointer-events: none;
  }
  .toast {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    inline-size: min(560px, 100%);
    padding: 10px 12px;
    border: 1px solid var(--o-line);
    border-radius: var(--o-radius);
    background: var(--o-card);
    box-shadow: var(--o-shadow);
    pointer-events: auto;
  }
  .toast .button {
    flex: none;
    white-space: nowrap;
  }
  .toast.bad {
    background: var(--o-bad-tint);
    color: var(--o-bad);
  }
  dialog {
    max-inline-size: min(420px, calc(100vw - 32px));
    padding: 20px;
    border: 1px solid var(--o-line);
    border-radius: calc(var(--o-radius) + 2px);
    background: var(--o-card);
    color: var(--o-text);
  }
  dialog::backdrop {
    background: #0000006b;
  }
  dialog form {
    padding: 0;
  }
  dialog .pairs,
  dialog .check {
    margin-block: 12px;
  }
  dialog .pairs {
    grid-template-columns: max-content minmax(0, 1fr);
  }
  @container (max-width: 560px) {
    .wrap {
      padding-inline: 14px;
    }
    header form {
      order: 1;
      flex-basis: 100%;
      max-inline-size: none;
    }
  }
`;
