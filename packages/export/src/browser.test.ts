import { copyFile, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heads } from '@foldwise/heads';
import { startEngine } from '@foldwise/tensorflow';
import { loadTextModel } from '@foldwise/train';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Library from './page/foldwise.ts';
import { exportToTfjs } from './export-to-tfjs.ts';
import { findChromium } from './testing/find-chromium.ts';
import { makeFoldModel, predictHere } from './testing/make-fold-model.ts';
import { serveFolder, type FolderServer } from './testing/serve-folder.ts';
import { writeLayersModel } from './write-layers-model.ts';

const executablePath = findChromium();
/** WebGL without a graphics card. */
const args = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

const texts = [
  'A good film, but slow.',
  'bad',
  "It is not about the town: the story's acting is very warm, and the film is small! Is it? It is.",
];
/** The second texts, where a model takes pairs. */
const pairs = ['Is it good?', '', 'A story about the town.'];
const long = 'a very very slow film about a town. '.repeat(9);

const examples = Object.values(heads).flatMap((kind) => kind.examples);
const classes = ['bad', 'fair', 'good'];
const pairColumns = { columns: ['question', 'answer'] };
const about = {
  title: 'Tiny opinions',
  encoder: 'some/bert',
  run: 'tiny-run',
  fold: 1,
  score: { metric: 'log-loss', value: 0.51234 },
};
/** Each head with a task; together all tasks. */
const models = [
  ...examples.map((head) => ({ head, task: 'regression' as const, targets: ['y', 'z'] })),
  {
    task: 'regression' as const,
    output: { hidden: [5, 4], activation: 'gelu' as const, dropout: 0.3, samples: 2 },
  },
  { task: 'binary' as const },
  { task: 'regression' as const, texts: pairColumns },
  { task: 'multi-class' as const, classes },
  { task: 'multi-label' as const, targets: ['funny', 'sad', 'long'] },
  { task: 'ordinal' as const, classes },
];

describe.skipIf(!executablePath)(
  executablePath ? 'in Chromium' : 'in Chromium (none is here: install it, or set FOLDWISE_CHROMIUM)',
  () => {
    let browser: Browser | undefined;
    let server: FolderServer | undefined;
    let page: Page;
    let folder: string;
    /** Folders of the folds' models. */
    let trained: string[];
    const complaints: string[] = [];
    const addresses: string[] = [];
    /** What the tests serve. */
    const ours: string[] = ['data:'];

    beforeAll(async () => {
      await startEngine();
      folder = join(await mkdtemp(join(tmpdir(), 'foldwise-browser-')), 'export');
      trained = [];
      for (const model of models) trained.push(await makeFoldModel(model));
      await exportToTfjs({ model: trained[models.length - 3]!, output: folder, about });
      for (const [i, from] of trained.entries()) {
        const to = join(folder, 'models', String(i));
        await mkdir(to, { recursive: true });
        const { model, record, dispose } = await loadTextModel(from);
        const metadata = { foldwise: { format: 1, ...record, ...about } };
        await writeLayersModel(model, to, { weights: i === 0 ? 'float16' : 'float32', metadata });
        dispose();
        for (const name of ['tokenizer.json', 'tokenizer_config.json'])
          await copyFile(join(from, name), join(to, name));
      }
      server = await serveFolder(folder);
      ours.push(server.address);
      browser = await chromium.launch({ executablePath, args });
      page = await browser.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => addresses.push(request.url()));
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
    });

    const open = async (query = ''): Promise<void> => {
      await page.goto(server!.address + query);
      await page.waitForSelector('#predict:enabled');
    };
    const predicted = async (): Promise<Record<string, number>> => {
      await page.waitForSelector('#predict:enabled');
      const outputs = page.locator('#outputs > div');
      const names = await outputs.locator('.name').allTextContents();
      const values = await outputs
        .locator('data')
        .evaluateAll((all) => all.map((one) => Number((one as HTMLDataElement).value)));
      return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    };

    it.each(['wasm', 'webgl'] as const)(
      'predicts on %s what it predicts here, with every head and every output',
      async (backend) => {
        await open();
        // As text, for vitest would make a call of its own of an import.
        const library = await page.evaluateHandle<typeof Library>("import('./foldwise.js')");
        const there = await library.evaluate(
          async ({ loadPredictor, tf }, { texts, pairs, count, backend }) => {
            const all: number[][][] = [];
            for (let i = 0; i < count; i++) {
              const model = await loadPredictor({ folder: `models/${i}`, backend });
              const rows: number[][] = [];
              for (const [row, text] of texts.entries()) {
                const { outputs } = await model.predict(
                  text,
                  ...(model.description.texts ? [pairs[row]!] : []),
                );
                rows.push(outputs.map(({ value }) => value));
              }
              all.push(rows);
              model.dispose();
            }
            return { all, backend: tf.getBackend() };
          },
          { texts: [...texts, long], pairs: [...pairs, long], count: models.length, backend },
        );
        expect(there.backend).toBe(backend);
        for (const [i, model] of models.entries()) {
          const second = 'texts' in model ? [[...pairs, long]] : [];
          const here = await predictHere(trained[i]!, [[...texts, long], ...second]);
          // The first one's weights are rounded to half precision.
          const tolerance = i === 0 ? 5e-3 : 5e-5;
          here.forEach((row, text) =>
            row.forEach((value, column) => {
              const off = Math.abs(there.all[i]![text]![column]! - value);
              expect(off, `${JSON.stringify(model)}, text ${text}`).toBeLessThan(tolerance);
            }),
          );
        }
      },
      240_000, // SwiftShader computes WebGL on the processor.
    );

    it('shows the prediction of a typed text, by keyboard alone', async () => {
      await open();
      expect(await page.title()).toBe('Tiny opinions');
      expect(await page.textContent('#purpose')).toBe('Predicts “y” from a text: one of 3 classes.');
      await page.focus('#text');
      await page.keyboard.type(texts[0]!);
      await page.keyboard.press('Control+Enter');
      await page.waitForSelector('#result:visible');
      const here = (await predictHere(trained[models.length - 3]!, [[texts[0]!]]))[0]!;
      const there = await predicted();
      classes.forEach((name, i) => expect(there[name]).toBeCloseTo(here[i]!, 5));
      const likeliest = classes[here.indexOf(Math.max(...here))]!;
      expect(Object.keys(there)[0]).toBe(likeliest);
      expect(await page.textContent('.likeliest .name')).toBe(likeliest);
      const percents = await page.locator('#outputs data').allTextContents();
      expect(percents[0]).toBe(`${(100 * Math.max(...here)).toFixed(1)} %`);
      expect(await page.textContent('#timing')).toMatch(/^\d+ ms on WebAssembly for 9 tokens\.$/);
    });

    it('asks for both texts of a pair, by their names', async () => {
      const i = models.findIndex((model) => 'texts' in model);
      const pairFolder = join(await mkdtemp(join(tmpdir(), 'foldwise-browser-')), 'export');
      await exportToTfjs({ model: trained[i]!, output: pairFolder, about });
      const pairServer = await serveFolder(pairFolder);
      ours.push(pairServer.address);
      await page.goto(pairServer.address);
      await page.waitForSelector('#predict:enabled');
      expect(await page.textContent('#purpose')).toBe('Predicts “y” from “question” and “answer”: a number.');
      await page.getByLabel('question').fill(texts[0]!);
      await page.getByLabel('answer').fill(pairs[0]!);
      await page.keyboard.press('Control+Enter');
      await page.waitForSelector('#result:visible');
      const here = await predictHere(trained[i]!, [[texts[0]!], [pairs[0]!]]);
      expect((await predicted())['y']).toBeCloseTo(here[0]![0]!, 5);
      await pairServer.stop();
    });

    it('changes the backend, and says what it cuts', async () => {
      await open('?backend=webgl');
      await page.fill('#text', long);
      await page.click('#predict');
      const webgl = await predicted();
      expect(await page.textContent('#timing')).toMatch(
        /ms on WebGL for 24 tokens; the text is longer, and the model reads the first 24 tokens only\.$/,
      );
      await page.selectOption('#backend', 'wasm');
      await page.waitForSelector('#predict:enabled');
      expect(await page.textContent('#status')).toBe('Runs on WebAssembly now.');
      await page.click('#predict');
      await page.waitForFunction(() => document.getElementById('timing')!.textContent.includes('Assembly'));
      const wasm = await predicted();
      for (const name of classes) expect(wasm[name]).toBeCloseTo(webgl[name]!, 5);
    });

    it('refuses a blank text, and says what is missing where a file is', async () => {
      await open();
      await page.fill('#text', '  ');
      await page.click('#predict');
      await page.waitForSelector('#predict:enabled');
      expect(await page.textContent('#status')).toBe('The text is blank.');
      expect(await page.evaluate(() => document.activeElement!.id)).toBe('predict');
      await page.route('**/tokenizer.json', (route) => route.fulfill({ status: 404 }));
      await page.goto(server!.address);
      await page.waitForSelector('#status.wrong');
      expect(await page.textContent('#status')).toBe(
        `The model cannot be loaded: ${server!.address}tokenizer.json cannot be had: HTTP 404.`,
      );
      expect(await page.isDisabled('#predict')).toBe(true);
      await page.unroute('**/tokenizer.json');
      complaints.splice(0);
    });

    it('says what to do where it is opened as a file', async () => {
      const other = await browser!.newPage();
      await other.goto(`file://${join(folder, 'index.html')}`);
      expect(await other.textContent('#status')).toContain('python3 -m http.server');
      await other.close();
    });

    it('asks no other server for anything, and complains of nothing', async () => {
      await open();
      const elsewhere = addresses.filter((address) => !ours.some((own) => address.startsWith(own)));
      expect(elsewhere).toEqual([]);
      expect(complaints).toEqual([]);
    });
  },
);
