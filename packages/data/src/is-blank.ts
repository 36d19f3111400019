/** Whether a text is empty, or of white space alone. */
export function isBlank(text: string): boolean {
  // Most texts begin with a letter.
  const first = text.charCodeAt(0);
  return !(first > 32 && first < 127) && !/\S/.test(text);
}
