/**
 * What a tokenizer puts around a text and between two, as `post_processor` of tokenizer.json says: TemplateProcessing,
 * BertProcessing and RobertaProcessing of Hugging Face's tokenizers; leaves out those that change the tokens themselves.
 */
import { isJsonObject, type JsonObject } from './json-object.ts';

/** A part of a template, which is a text or some special tokens. All tokens of a part have one type. */
export type Part = { text: 'A' | 'B'; type: number } | { ids: readonly number[]; type: number };

export interface Templates {
  single: readonly Part[];
  pair: readonly Part[];
  /** The special token between two texts, as it is written; undefined where nothing stands between them. */
  separator: string | undefined;
}

/** How many special tokens a template has. */
export function countSpecial(template: readonly Part[]): number {
  return template.reduce((sum, part) => sum + ('ids' in part ? part.ids.length : 0), 0);
}

const A = { text: 'A', type: 0 } as const;

/**
 * @param processor the field `post_processor` of tokenizer.json
 * @throws for a kind that adds tokens in another way
 */
export function readTemplates(processor: unknown): Templates {
  const { type, ...settings }: JsonObject = isJsonObject(processor) ? processor : {};
  switch (type) {
    case 'TemplateProcessing':
      return fromTemplate(settings);
    case 'BertProcessing':
    case 'RobertaProcessing':
      return aroundTexts(settings, type === 'BertProcessing');
    case 'Sequence': {
      const all = settings['processors'] as JsonObject[];
      return readTemplates(all.find(({ type }) => type !== 'ByteLevel'));
    }
    case undefined:
    case 'ByteLevel':
      return { single: [A], pair: [A, { text: 'B', type: 0 }], separator: undefined };
    default:
      throw new Error(
        `its post_processor is of type ${JSON.stringify(type)}; those known are TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel and Sequences of one of them with ByteLevel`,
      );
  }
}

interface TemplatePart {
  SpecialToken?: { id: string; type_id: number };
  Sequence?: { id: 'A' | 'B'; type_id: number };
}

function fromTemplate(settings: JsonObject): Templates {
  const {
    single,
    pair,
    special_tokens: known,
  } = settings as {
    single: TemplatePart[];
    pair: TemplatePart[];
    special_tokens: Record<string, { ids: number[] }>;
  };
  const read = ({ SpecialToken: special, Sequence: text }: TemplatePart): Part =>
    special
      ? { ids: known[special.id]!.ids, type: special.type_id }
      : { text: text!.id, type: text!.type_id };
  const behindFirst = pair.slice(pair.findIndex((part) => part.Sequence?.id === 'A') + 1);
  return {
    single: single.map(read),
    pair: pair.map(read),
    separator: behindFirst[0]?.SpecialToken?.id,
  };
}

/** RoBERTa has two separators between texts, and no types. */
function aroundTexts(settings: JsonObject, isBert: boolean): Templates {
  const { cls, sep } = settings as { cls: [string, number]; sep: [string, number] };
  const special = (ids: number[], type = 0): Part => ({ ids, type });
  const second = isBert ? 1 : 0;
  const between = isBert ? [sep[1]] : [sep[1], sep[1]];
  return {
    single: [special([cls[1]]), A, special([sep[1]])],
    pair: [special([cls[1]]), A, special(between), { text: 'B', type: second }, special([sep[1]], second)],
    separator: sep[0],
  };
}
