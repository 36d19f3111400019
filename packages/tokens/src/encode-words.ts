/** Tokenization that takes each word once, where words are parted whatever stands around them. */
import type { JsonObject } from './json-object.ts';

/** ASCII's punctuation, one by one, and what stands between that and spaces. */
const words = /[!-/:-@[-`{-~]|[^ !-/:-@[-`{-~]+/g;
/** Longer words are rare, and not kept; nor are more than so many of the others. */
const longest = 64;
const most = 100_000;

/**
 * `encode` of texts word by word, with what it gave for those words before: the same ids in less time. For BERT's normalizer
 * and pre-tokenizer, which part words at spaces and punctuation; `encode` itself for others, where a space can belong to a
 * token, and for texts with an added token, such as `[SEP]`.
 *
 * @param encode the ids of a text, without special tokens around it
 * @param json tokenizer.json
 */
export function encodeWords(encode: (text: string) => number[], json: JsonObject): typeof encode {
  const type = (field: string) => (json[field] as { type?: string } | null | undefined)?.type;
  const added = (json['added_tokens'] ?? []) as { content: string; normalized?: boolean }[];
  const parted =
    type('normalizer') === 'BertNormalizer' &&
    type('pre_tokenizer') === 'BertPreTokenizer' &&
    // Others may join what is unknown in one word with what is in the next.
    type('model') === 'WordPiece' &&
    // Those would have to be looked for in texts without capitals and accents.
    added.every(({ normalized }) => normalized === false);
  if (!parted) return encode;
  const known = new Map<string, number[]>();
  const idsOf = (word: string): number[] => {
    const found = known.get(word);
    if (found) return found;
    const ids = encode(word);
    if (word.length > longest) return ids;
    if (known.size >= most) known.clear();
    known.set(word, ids);
    return ids;
  };
  return (text) =>
    added.some(({ content }) => text.includes(content))
      ? encode(text)
      : (text.match(words) ?? []).flatMap(idsOf);
}
