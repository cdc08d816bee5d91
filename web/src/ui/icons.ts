import { svg, html, type TemplateResult } from 'lit';

/** Drawn on a grid of 24. They stand beside text, so that screen readers skip them. */
const PATHS = {
  alert: 'M12 9v4m0 3.5v.01M10.3 4.2 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z',
  back: 'M15 5l-7 7 7 7',
  bell: 'M6 9a6 6 0 0 1 12 0c0 6 2.5 7 2.5 7h-17S6 15 6 9m4.2 11a2 2 0 0 0 3.6 0',
  box: 'M3.5 7.5 12 3l8.5 4.5v9L12 21l-8.5-4.5zM3.5 7.5 12 12l8.5-4.5M12 12v9',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h10.5v11.5H9zM15 9V4H4.5v11.5H9',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15',
  filter: 'M4 6h16M7 12h10M10 18h4',
  inbox: 'M4 13.5 6.5 5h11l2.5 8.5v5.5H4zm0 0h4.5l1.5 2.5h4l1.5-2.5H20',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.500 1.500M14 10a4 4 0 0 0-6-.4l-3 3a4.200 4.200 0 0 0 6 6l1.500-1.500',
  lock: 'M6 11h12v9.500H6zM8.500 11V7.500a3.500 3.500 0 0 1 7 0V11',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  offline: 'M4 4l16 16M8.500 15.500a5 5 0 0 1 6 0M5 12a10 10 0 0 1 4-2.400M2 8.500a15 15 0 0 1 4-2.600M14 9.300a10 10 0 0 1 5 2.700M10.500 5a15 15 0 0 1 11.500 3.500M12 19v.01',
  plug: 'M9 3v5m6-5v5M6.500 8h11v3.500a5.500 5.500 0 0 1-11 0zM12 17v4',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 20.500 20.500',
  truck: 'M2.500 6h12v10.500h-12zM14.500 10h4l3 3.500v3h-7M6.500 19.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm11 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
};

export type Icon = keyof typeof PATHS;

export function icon(name: Icon): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${PATHS[name]} />`}</svg>`;
}
