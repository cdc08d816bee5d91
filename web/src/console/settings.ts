import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { Action } from '../action.js';
import type { Result } from '../api.js';
import { Resource } from '../resource.js';
import { statusText } from '../ui/badge.js';
import { copyButton } from '../ui/copy.js';
import { choiceField, formProblem, textField, valuesOf } from '../ui/form.js';
import { icon } from '../ui/icons.js';
import { skeleton } from '../ui/states.js';
import type { ConfigRead } from './api.js';
import './brand.js';
import { ConsoleElement, consoleStyles } from './element.js';
import { ACTION_TYPES, policiesOf, STAGES } from './policies.js';
import { words } from './texts/index.js';

const FEATURES = ['data_room', 'action_requests', 'smart_alerts', 'end_user_webhooks', 'branded_tracking'];

/** The embed config: brand, what merchants may request, and the rest. Each part is saved by itself. */
@customElement('console-settings')
export class ConsoleSettings extends ConsoleElement {
  static override styles = [consoleStyles];

  @property() base = '';
  @reactive() private saved: string | null = null;
  private readonly action = new Action(this);
  private readonly config = new Resource<Result<ConfigRead>>(this, (client, options) =>
    client.embed.request('GET', '/config/me', options),
  );

  protected begin(): void {
    if (!this.config.asked) void this.config.load();
  }

  protected view(): TemplateResult {
    const config = this.config.answer?.data;
    // A new organization has none; saving the slug creates it.
    const isNew = this.config.error?.code === 'embed_not_configured';
    if (!config && !isNew) {
      const content = this.config.error && !this.config.loading ? this.problem(this.config) : skeleton(8, this.texts);
      return html`<section class="stack"><h2>${words.settings.title}</h2><div class="card">${content}</div></section>`;
    }
    return html`<div class="stack">
      ${config
        ? html`<console-brand
              .config=${config}
              .base=${this.base}
              .error=${this.action.errorOf('branding')}
              ?saved=${this.saved === 'branding'}
              ?busy=${this.action.busy !== null}
              @brand-saved=${(event: CustomEvent) => this.#save('branding', { branding: event.detail })}
            ></console-brand>
            ${this.#policies(config)}`
        : nothing}
      ${this.#general(config)}
    </div>`;
  }

  #policies(config: ConfigRead): TemplateResult {
    const texts = words.settings;
    const policies = policiesOf(config);
    const stages = STAGES.map((each) => [each, statusText(each, this.texts)] as const);
    return html`<section class="stack">
      <div class="head"><h2>${texts.policies}</h2></div>
      <form class="card" @submit=${(event: Event) => this.#savePolicies(event, config)}>
        <p class="muted">${texts.policiesHint}</p>
        ${ACTION_TYPES.map((type) => {
          const policy = policies[type] ?? {};
          return html`<fieldset>
            <legend>${this.texts.requests.types[type]}</legend>
            <div class="two">
              <div class="stack">
                <label class="check"><input type="checkbox" name="${type}.enabled" .checked=${policy.enabled !== false} /><span>${texts.allowed}</span></label>
                <label class="check"><input type="checkbox" name="${type}.auto" .checked=${policy.autoApprove === true} /><span>${texts.auto}</span></label>
              </div>
              ${textField(`${type}.minutes`, texts.minutes, policy.windowMinutes?.toString(), null, { type: 'number', min: 1 })}
              ${choiceField(`${type}.until`, texts.until, [['', texts.always], ...stages], policy.untilStatus ?? '')}
            </div>
          </fieldset>`;
        })}
        ${this.#foot('policies')}
      </form>
    </section>`;
  }

  #general(config: ConfigRead | undefined): TemplateResult {
    const texts = words.settings;
    const error = this.action.errorOf('general');
    return html`<section class="stack">
      <div class="head"><h2>${texts.general}</h2></div>
      <form class="card" @submit=${this.#saveGeneral}>
        ${textField('slug', texts.slug, config?.slug, error, { required: true, maxlength: 64 })}
        ${config
          ? html`<div class="field"><span>${texts.publishable}</span>
                <div class="secret"><code class="code">${config.publishable_key}</code>${copyButton(config.publishable_key, this.texts)}</div></div>
              ${textField('allowed_origins', texts.origins, config.allowed_origins.join('\n'), error, { type: 'area' })}
              <fieldset>
                <legend>${texts.features}</legend>
                <div class="two">
                  ${FEATURES.map(
                    (each) => html`<label class="check">
                      <input type="checkbox" name="features" value=${each} .checked=${config.enabled_features.includes(each)} />
                      <span>${texts.featureNames[each]}</span>
                    </label>`,
                  )}
                </div>
              </fieldset>
              <label class="check"><input type="checkbox" name="is_active" .checked=${config.is_active} /><span>${texts.active}</span></label>`
          : nothing}
        ${this.#foot('general')}
      </form>
    </section>`;
  }

  #foot(part: string): TemplateResult {
    return html`${formProblem(this.action.errorOf(part), this.texts)}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy !== null}>${this.texts.actions.save}</button>
        <span class="muted" role="status">${this.saved === part ? html`${icon('check')} ${words.settings.saved}` : nothing}</span>
      </div>`;
  }

  #savePolicies(event: Event, config: ConfigRead): void {
    const { data, text } = valuesOf(event);
    const actionPolicies = Object.fromEntries(
      ACTION_TYPES.map((type) => {
        const minutes = text(`${type}.minutes`);
        return [
          type,
          {
            ...policiesOf(config)[type],
            enabled: data.has(`${type}.enabled`),
            autoApprove: data.has(`${type}.auto`),
            windowMinutes: minutes ? Number(minutes) : null,
            untilStatus: text(`${type}.until`) || null,
          },
        ];
      }),
    );
    void this.#save('policies', { settings: { actionPolicies } });
  }

  #saveGeneral = (event: Event): void => {
    const { data, text } = valuesOf(event);
    const slug = text('slug');
    if (!this.config.answer) return void this.#save('general', { slug });
    void this.#save('general', {
      slug,
      allowed_origins: text('allowed_origins').split(/\s+/).filter(Boolean),
      enabled_features: ['bridges', ...data.getAll('features')],
      is_active: data.has('is_active'),
    });
  };

  async #save(part: string, body: object): Promise<void> {
    this.saved = null;
    const config = await this.action.run<ConfigRead>(part, (client) => client.embed.request('PATCH', '/config', { body }));
    if (!config) return;
    this.saved = part;
    await this.config.load();
    this.emit('operator-changed', { slug: config.slug, branding: config.branding });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-settings': ConsoleSettings;
  }
}
