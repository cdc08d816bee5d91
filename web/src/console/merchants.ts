import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { state } from '../ui/states.js';
import type { EndUserRead } from './api.js';
import { columns, ConsoleList, consoleStyles } from './element.js';
import { linkTo } from './place.js';
import { words } from './texts/index.js';

@customElement('console-merchants')
export class ConsoleMerchants extends ConsoleList<EndUserRead> {
  static override styles = [consoleStyles];
  protected readonly path = '/users';

  protected view(): TemplateResult {
    return html`<section class="stack">
      <div class="head"><h2>${words.merchants.title}</h2></div>
      <div class="toolbar">${this.searchField(words.merchants.search)}</div>
      ${this.list()}
    </section>`;
  }

  protected head(): TemplateResult {
    const texts = words.merchants;
    return columns(texts.merchant, texts.id, texts.email, texts.connections, texts.since);
  }

  protected row(row: EndUserRead): TemplateResult {
    return html`<tr role="row">
      <td role="cell" class="first"><a href=${linkTo('merchants', row.id)}>${row.name ?? row.external_id}</a></td>
      <td role="cell" class="code wide">${row.external_id}</td>
      <td role="cell" class="wide">${row.email}</td>
      <td role="cell" class="number second">${this.format.number(row.bridge_count)}</td>
      <td role="cell" class="muted nowrap date">${this.format.date(row.created_at)}</td>
    </tr>`;
  }

  protected empty(): TemplateResult {
    return state('inbox', words.merchants.empty, words.merchants.emptyHint, nothing, 'status');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-merchants': ConsoleMerchants;
  }
}
