/**
 * Finds the records of a CSV file (RFC 4180) in its bytes, and the line of each, which readers of columns do not tell. A
 * field becomes a string only where somebody asks for it. Unlike the RFC, and like other readers, it takes a quote within
 * a field that does not begin with one as it is.
 */
import { isAscii } from 'node:buffer';

const LF = 10;
const CR = 13;
const QUOTE = 34;
/** The greatest of all bytes that end a field. */
const COMMA = 44;

/** A field of less than `LONG` bytes with some beyond ASCII, and one with doubled quotes. */
const WIDE = 1;
const DOUBLED = 2;

/**
 * Longer fields are searched by Node's own loops, which take many bytes at once but need a while to start. In ASCII, they
 * are slices of their block's text, as copies of all would keep the garbage collector busy.
 */
const LONG = 32;

/** What `toString` does once it knows its encoding; Node's types leave them out. */
type Bytes = Buffer & Record<'latin1Slice' | 'utf8Slice', (start: number, end: number) => string>;

export class CsvScanner {
  /** Of the record that was found last, or is being looked at. */
  line = 1;
  /** Its fields. */
  count = 0;
  /** The line on which the next record starts. */
  private nextLine = 1;
  private bytes = Buffer.alloc(0) as Bytes;
  /** All bytes as Latin-1, in which the fields in ASCII are right. */
  private latin: string | undefined;
  /** The first LF, and CR, from the place on up to which they were counted. */
  private nextLf = -1;
  private nextCr = -1;
  private starts = new Int32Array(64);
  private ends = new Int32Array(64);
  private flags = new Uint8Array(64);
  /** Empty lines, which are records only where another follows. */
  private emptyLines: number[] = [];
  private readonly separator: number;
  private readonly refuse: (line: number, field: number, problem: string) => Error;

  constructor(separator: ',' | '\t', refuse: (line: number, field: number, problem: string) => Error) {
    this.separator = separator.charCodeAt(0);
    this.refuse = refuse;
  }

  /** A field of the record that was found last. */
  field(i: number): string {
    const start = this.starts[i]!;
    const end = this.ends[i]!;
    const flags = this.flags[i]!;
    let text: string;
    if (flags & WIDE) text = this.bytes.utf8Slice(start, end);
    else if (end - start < LONG) text = this.bytes.latin1Slice(start, end);
    else if (!isAscii(this.bytes.subarray(start, end))) text = this.bytes.utf8Slice(start, end);
    else text = (this.latin ??= this.bytes.latin1Slice(0, this.bytes.length)).slice(start, end);
    return flags & DOUBLED ? text.replaceAll('""', '"') : text;
  }

  /**
   * Looks for whole records from the start of the bytes.
   *
   * @param isLast whether the file ends with them
   * @param onRecord is called once for each, to read `line`, `count` and `field`; true stops behind the record
   * @returns how many bytes the records took: the others are to come again, with what follows
   */
  scan(bytes: Buffer, isLast: boolean, onRecord: () => unknown): number {
    const { separator } = this;
    const { length } = bytes;
    this.bytes = bytes as Bytes;
    this.latin = undefined;
    this.nextLf = this.nextCr = -1;
    let i = 0;
    while (i < length) {
      const recordStart = i;
      let byte = bytes[i]!;
      if (byte === LF || byte === CR) {
        const end = this.lineEnd(i, isLast);
        if (end < 0) return recordStart;
        this.emptyLines.push(this.nextLine++);
        i = end;
        continue;
      }
      while (this.emptyLines.length > 0) {
        this.line = this.emptyLines.shift()!;
        this.setField(0, i, i, 0);
        this.count = 1;
        if (onRecord() === true) return i;
      }
      this.line = this.nextLine;
      let lines = this.line;
      for (let f = 0; ; f++) {
        this.count = f + 1;
        let high = 0;
        if (i < length && bytes[i] === QUOTE) {
          let doubled = 0;
          const start = ++i;
          for (; ; i++) {
            if (i - start >= LONG && i < length) {
              const end = this.next(QUOTE, i);
              lines += this.lineEnds(i, end);
              i = end;
            }
            if (i >= length) {
              if (isLast)
                throw this.refuse(
                  this.line,
                  f,
                  'the quote that opens this field is never closed; a quote within a field is written ""',
                );
              return recordStart;
            }
            byte = bytes[i]!;
            // Most bytes are letters.
            if (byte > QUOTE) high |= byte;
            else if (byte === QUOTE) {
              if (i + 1 >= length && !isLast) return recordStart;
              if (bytes[i + 1] !== QUOTE) break;
              doubled = DOUBLED;
              i++;
            } else if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) lines++;
          }
          this.setField(f, start, i, doubled | (high >> 7));
          i++;
          byte = i < length ? bytes[i]! : LF;
          if (byte !== separator && byte !== LF && byte !== CR)
            throw this.refuse(
              this.line,
              f,
              'text after the closing quote; a quote within a field is written "", and the field stands in quotes',
            );
        } else {
          const start = i;
          for (; i < length; i++) {
            byte = bytes[i]!;
            if (byte > COMMA) high |= byte;
            else if (byte === separator || byte === LF || byte === CR) break;
          }
          this.setField(f, start, i, high >> 7);
        }
        if (i >= length) {
          if (!isLast) return recordStart;
          break;
        }
        if (byte !== separator) {
          i = this.lineEnd(i, isLast);
          if (i < 0) return recordStart;
          lines++;
          break;
        }
        i++;
      }
      this.nextLine = lines;
      if (onRecord() === true) return i;
    }
    return i;
  }

  private setField(f: number, start: number, end: number, flags: number): void {
    if (f === this.starts.length) {
      this.starts = grown(this.starts, new Int32Array(2 * f));
      this.ends = grown(this.ends, new Int32Array(2 * f));
      this.flags = grown(this.flags, new Uint8Array(2 * f));
    }
    this.starts[f] = start;
    this.ends[f] = end;
    this.flags[f] = flags;
  }

  /** How many LF, CRLF and CR there are from one place up to another. */
  private lineEnds(from: number, end: number): number {
    let count = 0;
    if (this.nextLf < from) this.nextLf = this.next(LF, from);
    for (; this.nextLf < end; this.nextLf = this.next(LF, this.nextLf + 1)) count++;
    if (this.nextCr < from) this.nextCr = this.next(CR, from);
    for (; this.nextCr < end; this.nextCr = this.next(CR, this.nextCr + 1))
      if (this.bytes[this.nextCr + 1] !== LF) count++;
    return count;
  }

  /** Where the byte is next; the end of all bytes if it is not. */
  private next(byte: number, from: number): number {
    const found = this.bytes.indexOf(byte, from);
    return found < 0 ? this.bytes.length : found;
  }

  /** Behind the line end at `i`: LF, CRLF or CR; -1 where its second byte may be still to come. */
  private lineEnd(i: number, isLast: boolean): number {
    if (this.bytes[i] === LF) return i + 1;
    if (i + 1 >= this.bytes.length && !isLast) return -1;
    return this.bytes[i + 1] === LF ? i + 2 : i + 1;
  }
}

function grown<Numbers extends Int32Array | Uint8Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
