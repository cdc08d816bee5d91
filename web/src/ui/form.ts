import { css, html, nothing, type TemplateResult } from 'lit';
import type { ApiError } from '../api.js';
import { fill } from '../format.js';
import type { Texts } from '../texts/index.js';
import { icon } from './icons.js';
import { errorText } from './states.js';

export const formStyles = css`
  form,
  .form {
    display: grid;
    gap: 14px;
    padding: 16px;
  }
  .two {
    display: grid;
    gap: 14px;
    align-items: start;
    grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr));
  }
  fieldset {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 6px;
    font-size: var(--o-small);
    font-weight: 550;
  }
  .secret {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .secret code {
    flex: 1 1 260px;
    padding: 8px 10px;
    border: 1px dashed var(--o-field);
    border-radius: var(--o-radius);
    background: var(--o-card);
    color: var(--o-text);
    user-select: all;
  }
`;

interface FieldOptions {
  type?: string;
  required?: boolean;
  hint?: string;
  placeholder?: string;
  maxlength?: number;
  min?: number;
  autocomplete?: string;
}

/**
 * A labelled field. What was typed stays in the document, whatever happens to the call: `value` is set only when the form
 * is drawn at first or for another object.
 */
export function textField(
  name: string,
  label: string,
  value: string | null | undefined,
  error: ApiError | null,
  options: FieldOptions = {},
): TemplateResult {
  const wrong = problemOf(error, name);
  const described = [options.hint && `${name}-hint`, wrong && `${name}-problem`].filter(Boolean).join(' ');
  const shared = { wrong: wrong ? 'true' : 'false', described: described || nothing };
  return html`<label class="field">
    <span id="${name}-label">${label}</span>
    ${options.type === 'area'
      ? html`<textarea class="input" part="input" name=${name} maxlength=${options.maxlength ?? 2000} ?required=${options.required}
          aria-labelledby="${name}-label" aria-invalid=${shared.wrong} aria-describedby=${shared.described} .value=${value ?? ''}></textarea>`
      : html`<input class="input" part="input" name=${name} type=${options.type ?? 'text'} maxlength=${options.maxlength ?? 500}
          min=${options.min ?? nothing} ?required=${options.required} placeholder=${options.placeholder ?? nothing}
          autocomplete=${options.autocomplete ?? 'off'} aria-labelledby="${name}-label" aria-invalid=${shared.wrong} aria-describedby=${shared.described}
          .value=${value ?? ''} />`}
    ${options.hint ? html`<span class="hint" id="${name}-hint">${options.hint}</span>` : nothing}
    ${wrong ? html`<span class="problem" id="${name}-problem">${wrong}</span>` : nothing}
  </label>`;
}

export function choiceField(
  name: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  value: string,
  changed?: (value: string) => void,
): TemplateResult {
  return html`<label class="field">
    <span>${label}</span>
    <select class="input" part="input" name=${name} @change=${(event: Event) => changed?.((event.target as HTMLSelectElement).value)}>
      ${options.map(([each, text]) => html`<option value=${each} ?selected=${each === value}>${text}</option>`)}
    </select>
  </label>`;
}

/** The details of errors that fields of the form show. */
const beside = new WeakSet<ApiError['details'][number]>();

/** What is wrong with a field, as the API says it. `config.apiKey` is the field `apiKey` of a form. */
function problemOf(error: ApiError | null, name: string): string | null {
  const found = error?.details.find(({ field }) => field === name || field.endsWith(`.${name}`));
  if (found) beside.add(found);
  return found?.message ?? null;
}

/** Why a form was not accepted. Belongs behind its fields. */
export function formProblem(error: ApiError | null, texts: Texts): TemplateResult | typeof nothing {
  if (!error) return nothing;
  const { states } = texts;
  const isExpired = error.status === 401 || error.code === 'SESSION_NOT_RENEWED';
  const text = isExpired ? states.expired : error.status === 0 ? states.offline : sentence(error, texts);
  return html`<div class="notice bad" role="alert">${icon('alert')}<div>${text}</div></div>`;
}

/** With the fields that the form does not show, so that none is missed. */
function sentence(error: ApiError, texts: Texts): string {
  const parts = [errorText(error, texts)];
  if (error.code === 'validation_failed') {
    const others = error.details.filter((each) => !beside.has(each));
    parts.push(others.map(({ field, message }) => `${field}: ${message}`).join('; '));
  }
  if (error.status >= 500 && error.requestId) parts.push(fill(texts.states.reference, { id: error.requestId }));
  return parts.filter(Boolean).join(' ');
}

/** The form's values by name; several of one name are read with `FormData.getAll`. */
export function valuesOf(event: Event): { data: FormData; text: (name: string) => string } {
  event.preventDefault();
  const data = new FormData(event.target as HTMLFormElement);
  return { data, text: (name) => String(data.get(name) ?? '').trim() };
}
