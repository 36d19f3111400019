import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Which packages each package may import: data goes one way, and no stage reaches back. */
const allowed = {
  tensorflow: [],
  encoders: ['tensorflow'],
  heads: ['tensorflow'],
  tokens: [],
  data: ['metrics'],
  folds: ['data', 'metrics'],
  metrics: [],
  train: ['tensorflow', 'encoders', 'heads', 'tokens', 'data', 'folds', 'metrics'],
  // Of train, the types of what it gives, which runs keep; of tensorflow, locks between processes; of encoders, which
  // files a checkpoint is read from. No tensors.
  runs: ['data', 'folds', 'metrics', 'train', 'tensorflow', 'encoders'],
  ensemble: ['metrics'],
  leaderboard: ['metrics'],
  export: ['tensorflow', 'encoders', 'heads', 'tokens', 'data', 'train', 'runs'],
  foldwise: [
    'tensorflow',
    'encoders',
    'heads',
    'data',
    'folds',
    'metrics',
    'train',
    'runs',
    'ensemble',
    'leaderboard',
    'export',
  ],
  cli: ['foldwise'],
  // Of data, what reads a pipeline's configuration: Nx asks for it before any step, and the library takes longer to load.
  // Of encoders, which files a checkpoint is read from.
  nx: ['foldwise', 'data', 'encoders'],
  pipeline: ['data', 'metrics'],
  benchmarks: [
    'tensorflow',
    'encoders',
    'heads',
    'tokens',
    'data',
    'folds',
    'metrics',
    'train',
    'runs',
    'ensemble',
    'leaderboard',
  ],
  'end-to-end': [
    'tensorflow',
    'encoders',
    'heads',
    'tokens',
    'data',
    'folds',
    'metrics',
    'train',
    'runs',
    'ensemble',
  ],
};

export default tseslint.config(
  { ignores: ['**/out-tsc', '**/node_modules', '.nx', 'submissions', '**/fixtures/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vitest.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Leaving keys out of an object names them.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // Numbers and shapes are what our messages are made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowArray: true }],
      // TensorFlow.js types the variables that it gives as tensors.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    plugins: { '@nx': nx },
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly' },
    },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          // Another file in browsers than in Node.
          allow: ['#tfjs'],
          // The command loads the library for what it does alone; errors and formats load nothing else.
          checkDynamicDependenciesExceptions: ['foldwise/**'],
          depConstraints: Object.entries(allowed).map(([name, packages]) => ({
            sourceTag: `package:${name}`,
            onlyDependOnLibsWithTags: packages.map((p) => `package:${p}`),
          })),
        },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.test.ts'],
    // Vitest's matchers, such as `expect.closeTo`, are of any type.
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', __filename: 'readonly' } },
  },
  {
    files: ['packages/cli/src/render/print.ts', 'benchmarks/**', 'test/**/*.mjs', '**/bin/*.js'],
    rules: { 'no-console': 'off' },
  },
  prettier,
);
