/** The page of an exported folder: a text goes in, the prediction comes out. `?backend=webgl` chooses the backend. */
import { describeModel } from './describe-model.ts';
import { backends, loadPredictor, type Backend, type Predictor } from './foldwise.ts';
import { showOutputs } from './show-outputs.ts';

const element = (id: string) => document.getElementById(id)!;
const form = element('form') as HTMLFormElement;
const texts = [element('text') as HTMLTextAreaElement];
const button = element('predict') as HTMLButtonElement;
const select = element('backend') as HTMLSelectElement;
const progress = element('progress') as HTMLProgressElement;
const status = element('status');

const names: Record<Backend, string> = { wasm: 'WebAssembly', webgl: 'WebGL' };
const asked = new URLSearchParams(location.search).get('backend');
let current: Backend = backends.find((name) => name === asked) ?? 'wasm';
select.value = current;

function say(message: string, isWrong = false): void {
  status.textContent = message;
  status.classList.toggle('wrong', isWrong);
}

/** What is long shows before it blocks the page. */
const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Runs one thing at a time, and keeps the focus, which what is disabled loses; what goes wrong is said. */
async function busy(message: string, run: () => Promise<string>): Promise<void> {
  const focused = document.activeElement as HTMLElement | null;
  button.disabled = select.disabled = true;
  say(message);
  await painted();
  try {
    say(await run());
  } catch (error) {
    say((error as Error).message, true);
  } finally {
    button.disabled = select.disabled = false;
    focused?.focus();
  }
}

async function predict(predictor: Predictor): Promise<void> {
  if (button.disabled || !form.reportValidity()) return;
  await busy('Predicting…', async () => {
    const { outputs, tokens, cut, milliseconds } = await predictor.predict(
      ...texts.map(({ value }) => value),
    );
    element('outputs').replaceChildren(...showOutputs(predictor.description, outputs));
    const { maxLength } = predictor.description;
    const longer =
      texts.length === 1
        ? `the text is longer, and the model reads the first ${maxLength} tokens only.`
        : `the texts are longer, and the model reads ${maxLength} tokens of both only.`;
    element('timing').textContent =
      `${Math.round(milliseconds)} ms on ${names[current]} for ${tokens} tokens` +
      (cut ? `; ${longer}` : '.');
    element('result').hidden = false;
    return '';
  });
}

async function use(predictor: Predictor, backend: Backend): Promise<void> {
  await busy(`Changing to ${names[backend]}…`, async () => {
    try {
      await predictor.use(backend);
      current = backend;
    } finally {
      select.value = current;
    }
    return `Runs on ${names[current]} now.`;
  });
}

/** Names the first text, and adds a field for each of the others. */
function askFor(columns: readonly string[]): void {
  if (columns.length < 2) return;
  const [first, ...others] = columns;
  form.querySelector('label')!.textContent = first!;
  for (const [i, name] of others.entries()) {
    const field = texts[0]!.cloneNode() as HTMLTextAreaElement;
    const label = document.createElement('label');
    field.id = label.htmlFor = `text-${i + 2}`;
    field.required = false;
    label.textContent = name;
    texts.at(-1)!.after(label, field);
    texts.push(field);
  }
}

async function start(): Promise<void> {
  const onProgress = (fraction: number) => void (progress.value = fraction);
  const begin = performance.now();
  const predictor = await loadPredictor({ backend: current, onProgress });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  const { title, purpose, about } = describeModel(predictor.description);
  document.title = element('title').textContent = title;
  element('purpose').textContent = purpose;
  for (const [term, value] of [...about, ['loaded in', `${seconds} s`]] as const) {
    const [dt, dd] = [document.createElement('dt'), document.createElement('dd')];
    dt.textContent = term;
    dd.textContent = value;
    element('about').append(dt, dd);
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void predict(predictor);
  });
  askFor(predictor.description.texts?.columns ?? []);
  for (const text of texts)
    text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void predict(predictor);
    });
  select.addEventListener('change', () => void use(predictor, select.value as Backend));
  button.disabled = select.disabled = false;
  say('');
}

try {
  await start();
} catch (error) {
  say(`The model cannot be loaded: ${(error as Error).message}`, true);
}
progress.hidden = true;
