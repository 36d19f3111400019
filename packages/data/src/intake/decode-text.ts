/** Decodes the bytes of a text file that is not UTF-8, where its bytes or a person tell the encoding. */
import { isUtf8 } from 'node:buffer';
import { Undecided } from '../infer/undecided.ts';

export interface Decoded {
  text: string;
  /** Undefined for UTF-8. */
  encoding: string | undefined;
}

/** What the world's spreadsheets write, likeliest first. */
const USUAL = ['windows-1252', 'windows-1251', 'shift_jis', 'gb18030', 'euc-kr', 'iso-8859-2'];

/**
 * UTF-16 is known by its mark, or by the zeros in every other byte, and Windows-1252 by what it makes of a text in a
 * language of Western Europe; of other encodings nothing in the file tells.
 *
 * @param path for errors
 * @param given how bytes are read that are not UTF-8: a label of the WHATWG's Encoding Standard
 * @throws Undecided for other bytes without `given`; Error for bytes that are not text, or not in `given`
 */
export function decodeText(bytes: Buffer, path: string, given: string | undefined): Decoded {
  const sixteen = utf16(bytes);
  if (sixteen) return { text: new TextDecoder(sixteen).decode(bytes), encoding: sixteen.toUpperCase() };
  if (bytes.includes(0))
    throw new Error(`${path}: holds NUL bytes, as no text file does: it is damaged, or no table`);
  if (isUtf8(bytes)) return { text: new TextDecoder().decode(bytes), encoding: undefined };
  if (given === undefined) {
    const western = windows1252(bytes);
    if (isWestern(western)) return { text: western, encoding: 'windows-1252, as it seems (--encoding)' };
    const { line, text } = firstOdd(bytes);
    throw new Undecided(
      'encoding',
      `${path}:${line}: not UTF-8; in Windows-1252 it reads ${JSON.stringify(text)}`,
      USUAL,
    );
  }
  try {
    const decoder = new TextDecoder(given, { fatal: true });
    const text = decoder.encoding === 'windows-1252' ? windows1252(bytes) : decoder.decode(bytes);
    return { text, encoding: given };
  } catch (error) {
    throw new Error(
      (error as Error).name === 'RangeError'
        ? `--encoding: there is no encoding ${JSON.stringify(given)}; usual ones are ${USUAL.join(', ')}`
        : `${path}: not in the encoding ${given}`,
      { cause: error },
    );
  }
}

/** Node's own decoder takes it for Latin-1 in versions 20.18.3 to 24 (nodejs/node issue 56542). */
function windows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(/[\x80-\x9f]/g, (character) => C1[character.charCodeAt(0) - 0x80]!);
}

/** Mostly ASCII, and otherwise letters beside others and the marks that such texts have. */
function isWestern(text: string): boolean {
  const odd = text.match(/[^\0-\x7f]+/g) ?? [];
  const letters = text.match(/[A-Za-z]/g)?.length ?? 0;
  const usual = odd.filter((part) => WESTERN.test(part)).length;
  return odd.length < letters / 5 && usual > 0.98 * odd.length;
}

/** Letters of the languages from Portuguese to Norwegian, at most two in a row, or marks that are no letters. */
const WESTERN =
  /^([ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿœŒŸ]{1,2}|[€‚„…‘’“”•–—™\xa0¡£§©«®°´·»¿½]+)$/;

/** What stands in Windows-1252 where Latin-1 has control characters. */
const C1 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function utf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 1000);
  const zeros = [0, 1].map((odd) => start.filter((byte, i) => i % 2 === odd && byte === 0).length);
  const [even, odd] = zeros as [number, number];
  if (Math.max(even, odd) < start.length / 8) return undefined;
  return odd > 4 * even ? 'utf-16le' : even > 4 * odd ? 'utf-16be' : undefined;
}

/** The first line that is not UTF-8, around its first odd character. */
function firstOdd(bytes: Buffer): { line: number; text: string } {
  for (let start = 0, line = 1; ; line++) {
    const end = bytes.indexOf(10, start);
    const part = bytes.subarray(start, end < 0 ? undefined : end);
    if (!isUtf8(part)) {
      const text = windows1252(part).trimEnd();
      const at = text.search(/[^\0-\x7f]/);
      return { line, text: text.slice(Math.max(0, at - 20), at + 20) };
    }
    start = end + 1;
  }
}
