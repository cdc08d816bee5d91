/** Keys that act by themselves. They can be switched off, for people whose speech software types letters. */

const STORED = 'orderly-console-keys';

export function shortcutsOn(): boolean {
  return sessionStorage.getItem(STORED) !== 'off';
}

export function switchShortcuts(on: boolean): void {
  sessionStorage.setItem(STORED, on ? 'on' : 'off');
}

/** Whether a key belongs to a field, a dialog, or the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return true;
  return target instanceof Element && target.matches('input:not([type=checkbox]), textarea, select, [contenteditable], dialog *, dialog');
}
