/** The options of every command. */
import type { Options } from 'yargs';

export const commonOptions = {
  json: { type: 'boolean', default: false, describe: 'print one JSON document' },
  quiet: { type: 'boolean', default: false, describe: 'show no progress' },
  verbose: { type: 'boolean', default: false, describe: 'show where an error arose' },
} satisfies Record<string, Options>;
