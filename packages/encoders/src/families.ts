/** The registry of encoder families: a new one is a folder and a line here. */
import leven from 'leven';
import { albert } from './albert/family.ts';
import { bert } from './bert/family.ts';
import type { ConfigFields } from './checkpoint/config-fields.ts';
import { distilbert } from './distilbert/family.ts';
import { electra } from './electra/family.ts';
import type { EncoderConfig, EncoderFamily } from './family.ts';
import { mpnet } from './mpnet/family.ts';
import { roberta } from './roberta/family.ts';

export const families: Readonly<Record<string, EncoderFamily>> = {
  bert,
  roberta,
  distilbert,
  electra,
  albert,
  mpnet,
};

/** A family with the configuration of one of its checkpoints. */
export interface DescribedEncoder {
  family: EncoderFamily;
  config: EncoderConfig;
}

/**
 * What a config.json describes; its `model_type` chooses the family.
 *
 * @throws for an unknown type (the message lists the known ones and the nearest), and as the family's `parseConfig` does
 */
export function describeEncoder(fields: ConfigFields): DescribedEncoder {
  const known = Object.values(families).flatMap(({ modelTypes }) => modelTypes);
  const type = fields.oneOf('model_type', known, undefined, (got) => {
    const [nearest] = known.toSorted((a, b) => leven(got, a) - leven(got, b));
    return `Did you mean "${nearest}"?`;
  });
  const family = Object.values(families).find(({ modelTypes }) => modelTypes.includes(type))!;
  return { family, config: family.parseConfig(fields) };
}
