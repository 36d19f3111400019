/** The one place that writes to the terminal: results to stdout, everything else to stderr. */

export const print = {
  /** What the command was asked for. */
  result: (text: string): void => console.log(text),
  /** What a person should know, and programs need not. */
  note: (text: string): void => console.error(text),
};
