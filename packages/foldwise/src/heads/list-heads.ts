/** Lists the ways in which tokens become one vector, from the registry of heads. */

export interface ListedHead {
  name: string;
  /** As it is written in a pipeline, such as `token:INDEX`. */
  syntax: string;
  description: string;
  /** Where it is from. */
  source: string;
  examples: readonly string[];
}

/** @returns the heads that a pipeline can name */
export async function listHeads(): Promise<ListedHead[]> {
  const { heads } = await import('@foldwise/heads');
  return Object.entries(heads).map(([name, { syntax, description, source, examples }]) => ({
    name,
    syntax,
    description,
    source,
    examples,
  }));
}
