/** The files of a new pipeline, by their names: its settings, and what TypeScript, npm and Nx need to see it. */
import type { Inferred } from '@foldwise/data';

export function pipelineFiles(
  { name, title }: { name: string; title: string },
  { folds, training, postProcessing }: Inferred['settings'],
  { head = 'mean', encoder }: { head?: string | undefined; encoder?: string | undefined },
): Record<string, string> {
  const settings = (values: object | undefined): string =>
    `{ ${Object.entries(values ?? {})
      .map(([key, value]) => `${key}: ${quoted(value)}`)
      .join(', ')} }`;
  return {
    'pipeline.ts': [
      `/** ${title.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ')}: a first pipeline; every setting is in packages/data/src/pipeline/parse-pipeline.ts. */`,
      "import { definePipeline } from '@foldwise/data';",
      '',
      'export default definePipeline({',
      `  name: ${quoted(name)},`,
      ...(encoder === undefined ? [] : [`  encoder: ${quoted(encoder)},`]),
      `  head: ${quoted(head)},`,
      `  folds: ${settings(folds)},`,
      `  training: ${settings(training)},`,
      ...(postProcessing === undefined ? [] : [`  postProcessing: ${quoted(postProcessing)},`]),
      '});',
      '',
    ].join('\n'),
    'package.json': json({
      name: `@foldwise/pipeline-${name.toLowerCase()}`,
      version: '0.1.0',
      private: true,
      type: 'module',
      dependencies: { '@foldwise/data': '*' },
      nx: { name, tags: ['package:pipeline'] },
    }),
    'tsconfig.json': json({
      extends: '../../tsconfig.base.json',
      compilerOptions: { rootDir: '.', outDir: 'out-tsc', tsBuildInfoFile: 'out-tsc/tsconfig.tsbuildinfo' },
      include: ['*.ts'],
      references: [{ path: '../../packages/data' }],
    }),
  };
}

/** As Prettier has it here. */
const quoted = (value: unknown): string =>
  typeof value === 'string'
    ? `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    : JSON.stringify(value);

/** Prettier keeps a list of one on its line. */
const json = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/\[\s+("\*\.ts")\s+\]/, '[$1]')}\n`;
