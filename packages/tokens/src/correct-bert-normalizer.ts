/** Undoes two differences between tokenizers.js 0.2 and Python's tokenizers, so that both give the same ids. */

interface BertNormalizer {
  type: 'BertNormalizer';
  handle_chinese_chars: boolean;
  lowercase: boolean;
}

/** The ideographs beyond U+FFFF that Python takes as words of their own, a gap at U+2B820 included. */
const rareIdeographs = /[\u{20000}-\u{2A6DF}\u{2A700}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;

/**
 * Returns a function that a text goes through before tokenizers.js normalizes it.
 *
 * tokenizers.js looks for ideographs in UTF-16 units and so misses those beyond U+FFFF. It lowercases whole texts,
 * where JavaScript makes a final sigma of a capital sigma at the end of a word, which Python's tokenizers does not.
 * What stays different are characters that Unicode gained or reclassified since the tables of Python's tokenizers.
 *
 * @param normalizer the field of that name in tokenizer.json
 */
export function correctBertNormalizer(normalizer: unknown): (text: string) => string {
  if (!isBertNormalizer(normalizer)) return (text) => text;
  const { handle_chinese_chars: splitsIdeographs, lowercase } = normalizer;
  return (text) => {
    if (splitsIdeographs) text = text.replace(rareIdeographs, ' $& ');
    return lowercase ? text.replaceAll('Σ', 'σ') : text;
  };
}

function isBertNormalizer(value: unknown): value is BertNormalizer {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'BertNormalizer';
}
