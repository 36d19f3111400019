/** What of tokenizers.js 0.2 is used here: its own types do not resolve in ES modules. */
declare module '@huggingface/tokenizers' {
  export class Tokenizer {
    constructor(json: Record<string, unknown>, config: Record<string, unknown>);
    encode(text: string, options: { add_special_tokens: boolean }): { ids: number[] };
    token_to_id(token: string): number | undefined;
  }
}
