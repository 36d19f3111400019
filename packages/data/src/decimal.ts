/** Decimal numbers only: `Number` alone would also take '', '0x10' and 'Infinity'. */
export const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
