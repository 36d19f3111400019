/** The tokenizer beside a model, by transformers.js; texts are cut and corrected as they were in training. */
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { TextTokenizer } from '@foldwise/tokens';

/** @param folder address of the exported folder, with a slash at its end */
export async function loadTokenizer(folder: string): Promise<TextTokenizer> {
  const [json, config] = await Promise.all(
    ['tokenizer.json', 'tokenizer_config.json'].map((name) => fetchJson(folder + name)),
  );
  const tokenizer = new PreTrainedTokenizer(json!, config!);
  const core = {
    encode: (text: string, options?: { add_special_tokens: boolean }) => ({
      ids: tokenizer.encode(text, options),
    }),
    token_to_id: (token: string) => tokenizer.convert_tokens_to_ids(token) as number | undefined,
  };
  return new TextTokenizer(core, json!, config!);
}

async function fetchJson(address: string): Promise<Record<string, unknown>> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} cannot be had: HTTP ${response.status}.`);
  return (await response.json()) as Record<string, unknown>;
}
