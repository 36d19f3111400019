/** Predictions as elements of the page: numbers large, probabilities as bars. */
import type { ModelDescription } from '../model-description.ts';
import type { Output } from './load-predictor.ts';

/** One element an output. Classes come with the likeliest first, or where they have an order of their own, in that. */
export function showOutputs({ task, classes }: ModelDescription, outputs: readonly Output[]): HTMLElement[] {
  if (task === 'regression') return outputs.map(number);
  const likeliest = Math.max(...outputs.map(({ value }) => value));
  const shown = task === 'multi-class' ? [...outputs].sort((a, b) => b.value - a.value) : outputs;
  return shown.map((output) => share(output, classes !== undefined && output.value === likeliest));
}

function number({ name, value }: Output): HTMLElement {
  return make('div', 'number', [label(name), data(value, value.toFixed(4))]);
}

function share({ name, value }: Output, isLikeliest: boolean): HTMLElement {
  const fill = make('div', '', []);
  fill.style.width = `${100 * value}%`;
  const bar = make('div', 'bar', [fill]);
  bar.setAttribute('aria-hidden', 'true');
  const percent = data(value, `${(100 * value).toFixed(1)} %`);
  return make('div', isLikeliest ? 'share likeliest' : 'share', [label(name), bar, percent]);
}

function label(name: string): HTMLElement {
  const element = make('span', 'name', []);
  element.textContent = name;
  return element;
}

/** `value` is the exact number, for programs. */
function data(value: number, text: string): HTMLElement {
  const element = document.createElement('data');
  element.value = String(value);
  element.textContent = text;
  return element;
}

function make(tag: string, className: string, children: HTMLElement[]): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}
