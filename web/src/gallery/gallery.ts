/**
 * `/portal/gallery`: every component in every state. `?show=orders` shows one component, with `&state=empty` in one state;
 * `lang` and `theme` are those of `<orderly-embed>`.
 */
import { OrderlyEmbed } from '../embed.js';
import { answersOf, STATES, type State } from './answers.js';

const COMPONENTS: Record<string, Record<string, string>> = {
  'orderly-orders': {},
  'orderly-order': { 'order-id': '1' },
  'orderly-shipments': {},
  'orderly-tracking': { 'shipment-id': '1' },
  'orderly-requests': {},
  'orderly-bridges': {},
  'orderly-connect': {},
  'orderly-alerts': {},
  'orderly-webhooks': {},
  'orderly-tracking-pages': {},
  'orderly-insights': {},
  'orderly-portal': {},
};

const wanted = new URLSearchParams(location.search);
document.documentElement.lang = wanted.get('lang') ?? 'en';

function example(name: string, state: State): HTMLElement {
  const embed = new OrderlyEmbed();
  embed.sessionToken = 'est_gallery';
  embed.fetch = answersOf(state);
  embed.lang = wanted.get('lang') ?? '';
  embed.theme = wanted.get('theme');
  const component = document.createElement(name);
  for (const [attribute, value] of Object.entries(COMPONENTS[name]!)) component.setAttribute(attribute, value);
  embed.append(component);
  return embed;
}

function heading(tag: string, text: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: text });
}

const shown = Object.keys(COMPONENTS).filter((name) => (wanted.get('show') ?? name.slice(8)) === name.slice(8));
const states = STATES.filter((state) => (wanted.get('state') ?? state) === state);
const main = document.createElement('main');
main.className = 'gallery';
main.append(heading('h1', 'Gallery'));
for (const name of shown) {
  main.append(heading('h2', `<${name}>`));
  for (const state of states) main.append(heading('h3', state), example(name, state));
}
document.body.append(main);
