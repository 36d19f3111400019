/** A checkpoint's config.json, as the encoder that it describes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeEncoder, type DescribedEncoder } from './families.ts';
import { ConfigFields } from './checkpoint/config-fields.ts';

/**
 * Reads `config.json` of a checkpoint's folder.
 *
 * @throws if it is missing, is not JSON, or describes a model that is not supported
 */
export async function readEncoderConfig(folder: string): Promise<DescribedEncoder> {
  const file = join(folder, 'config.json');
  const text = await readFile(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  return describeEncoder(new ConfigFields(json, file));
}
