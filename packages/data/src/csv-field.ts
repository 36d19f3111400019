/**
 * Writes a text as a field of CSV (RFC 4180), in quotes where it needs them. An empty one stands in quotes because, in a
 * table of one column, its line would be an empty one.
 */
export const csvField = (value: string): string =>
  value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
