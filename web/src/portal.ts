/** The page `/portal?org={slug}#{token}`. The token is kept here only: it is taken out of the address at once. */

import { OrderlyEmbed } from './embed.js';
import { chooseLanguage, en, loadTexts } from './texts/index.js';

const token = location.hash.slice(1);
const isToken = token.startsWith('est_');
if (isToken) history.replaceState(null, '', location.pathname + location.search);

// A link opened in a tab that shows the portal already changes only what is behind `#`.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#est_')) location.reload();
});

const organization = new URLSearchParams(location.search).get('org') ?? '';
const language = chooseLanguage(navigator.languages);
document.documentElement.lang = language;

if (isToken) {
  const embed = new OrderlyEmbed();
  embed.organization = organization;
  embed.sessionToken = token;
  embed.addEventListener('orderly-ready', (event) => {
    const { branding } = (event as CustomEvent).detail.organization;
    if (typeof branding.company_name === 'string') document.title = branding.company_name;
  });
  const main = document.createElement('main');
  main.append(embed);
  document.body.append(main);
} else {
  const { states } = language === 'en' ? en : await loadTexts(language);
  const text = document.createElement('main');
  text.className = 'closed';
  for (const [tag, words] of [['h1', states.noSession], ['p', states.noSessionHint]] as const) {
    text.append(Object.assign(document.createElement(tag), { textContent: words }));
  }
  document.body.append(text);
}
