/** Bold text where it can be seen: on a terminal, and where NO_COLOR (no-color.org) is not set. */
const isPlain = !process.stdout.isTTY || Boolean(process.env['NO_COLOR']) || process.env['TERM'] === 'dumb';

export const bold = (text: string): string => (isPlain ? text : `\x1b[1m${text}\x1b[22m`);
