/** Where one is in the console: the address behind `#`, so that every view has a link that can be shared. */

export interface Place {
  /** `merchants/{id}/orders` in parts, decoded. */
  path: string[];
  query: URLSearchParams;
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

export function linkTo(...path: string[]): string {
  return `#/${path.map(encodeURIComponent).join('/')}`;
}

/** The same view with other filters, in the place of the address: going back leads to the view before it. */
export function replaceQuery(query: Record<string, string | undefined>): void {
  const given = Object.entries(query).filter((each): each is [string, string] => Boolean(each[1]));
  const text = given.length ? `?${new URLSearchParams(given)}` : '';
  history.replaceState(history.state, '', `${location.hash.split('?')[0] || '#/'}${text}`);
}

export function goTo(link: string): void {
  location.hash = link;
}

/** A link that somebody mistyped is a view that is not there, not a failure. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
