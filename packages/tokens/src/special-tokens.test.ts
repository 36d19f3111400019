import { describe, expect, it } from 'vitest';
import { countSpecial, readTemplates } from './special-tokens.ts';

/** A template with A for the first text and B for the second, and each token's type: "1/0 A/0 2/0". */
const shown = (template: ReturnType<typeof readTemplates>['pair']) =>
  template
    .flatMap((part) =>
      'ids' in part ? part.ids.map((id) => `${id}/${part.type}`) : `${part.text}/${part.type}`,
    )
    .join(' ');

const special = (id: string, type_id = 0) => ({ SpecialToken: { id, type_id } });
const text = (id: string, type_id = 0) => ({ Sequence: { id, type_id } });
const bert = { type: 'BertProcessing', sep: ['[SEP]', 102], cls: ['[CLS]', 101] };
const roberta = { type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0], trim_offsets: true };
/** XLNet's, whose special tokens stand at the end. */
const template = {
  type: 'TemplateProcessing',
  single: [text('A'), special('<sep>'), special('<cls>', 2)],
  pair: [text('A'), special('<sep>'), text('B', 1), special('<sep>', 1), special('<cls>', 2)],
  special_tokens: {
    '<sep>': { id: '<sep>', ids: [4], tokens: ['<sep>'] },
    '<cls>': { id: '<cls>', ids: [3], tokens: ['<cls>'] },
  },
};

describe('readTemplates', () => {
  it.each([
    ['a template', template, 'A/0 4/0 3/2', 'A/0 4/0 B/1 4/1 3/2', '<sep>'],
    ['BERT', bert, '101/0 A/0 102/0', '101/0 A/0 102/0 B/1 102/1', '[SEP]'],
    ['RoBERTa', roberta, '0/0 A/0 2/0', '0/0 A/0 2/0 2/0 B/0 2/0', '</s>'],
    ['a sequence', { type: 'Sequence', processors: [{ type: 'ByteLevel' }, bert] }, '101/0 A/0 102/0', '101/0 A/0 102/0 B/1 102/1', '[SEP]'],
    ['bytes', { type: 'ByteLevel' }, 'A/0', 'A/0 B/0', undefined],
    ['a sequence of bytes alone', { type: 'Sequence', processors: [{ type: 'ByteLevel' }] }, 'A/0', 'A/0 B/0', undefined],
    ['none', null, 'A/0', 'A/0 B/0', undefined],
  ])('reads that of %s', (_, processor, single, pair, separator) => {
    const templates = readTemplates(processor);
    expect(shown(templates.single)).toBe(single);
    expect(shown(templates.pair)).toBe(pair);
    expect(templates.separator).toBe(separator);
  }); // prettier-ignore

  it('refuses others', () => {
    expect(() => readTemplates({ type: 'Other' })).toThrow('its post_processor is of type "Other"');
  });
});

it('counts special tokens', () => {
  expect(countSpecial(readTemplates(roberta).pair)).toBe(4);
});
