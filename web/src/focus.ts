/** Keeps the keyboard's place: into what somebody opened, back to where they were once it is closed, and never nowhere. */

/** What opens beside the button that was pressed, or in its place. */
const OPENED = 'form, orderly-connect, orderly-request-form';
const CONTROLS = 'a[href], button, input, select, textarea';

/** What has the focus inside a component before it is drawn anew. */
export interface Place {
  control: Element;
  words: string;
  /** The elements around it, the nearest first. */
  around: Element[];
  opened: Set<Element>;
}

export function placeIn(root: ShadowRoot): Place | null {
  const control = root.activeElement;
  if (!control) return null;
  const around: Element[] = [];
  for (let at = control.parentElement; at; at = at.parentElement) around.push(at);
  return { control, words: wordsOf(control), around, opened: new Set(root.querySelectorAll(OPENED)) };
}

/**
 * After a component was drawn anew: focuses what was opened meanwhile. If the control that had the focus is gone, goes back
 * to the one that had opened what it was in (`openers` keeps the words of these), or to the nearest that is left.
 */
export function restore(root: ShadowRoot, before: Place, openers: WeakMap<Element, string>): void {
  const opened = [...root.querySelectorAll(OPENED)].find((each) => !before.opened.has(each));
  if (opened) {
    openers.set(opened, before.words);
    if ('takeFocus' in opened) (opened as Element & { takeFocus(): void }).takeFocus();
    else firstOf(opened)?.focus();
    return;
  }
  if (root.activeElement) return;
  const closed = [before.control, ...before.around].find((each) => openers.has(each) && !each.isConnected);
  const left = [...before.around.filter((each) => each.isConnected), ...root.children];
  const opener = closed && left.flatMap(controlsOf).find((each) => wordsOf(each) === openers.get(closed));
  const next = opener ?? left.map(firstOf).find(Boolean);
  if (next?.dataset.first !== undefined) openers.set(next, before.words);
  next?.focus();
}

/** The control to begin with: the marked one, as where the first would do harm; else the first, of a form if there is one. */
export function firstOf(within: ParentNode): HTMLElement | undefined {
  const controls = controlsOf(within.querySelector('form') ?? within);
  return controls.find((each) => each.dataset.first !== undefined) ?? controls[0];
}

function controlsOf(within: ParentNode): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(CONTROLS)].filter((each) => each.checkVisibility());
}

function wordsOf(control: Element): string {
  return control.ariaLabel || control.textContent!.trim();
}
