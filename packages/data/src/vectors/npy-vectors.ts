/** NumPy's format 1.0: float32 [rows, features], as `numpy.load` reads it; byte for byte what `numpy.save` writes. */
import type { VectorFormat } from './vector-format.ts';

/** NumPy leaves room for as many digits of the first axis, so that rows can be appended. */
const ROWS_DIGITS = 21;
const ALIGNMENT = 64;

export const npyVectors: VectorFormat = {
  description: 'NumPy, float32 [rows, features]',
  takesIds: false,
  open: async (file, { features }) => {
    let rows = 0;
    await file.appendFile(header(0, features));
    return {
      write: async (vectors) => {
        rows += vectors.length / features;
        await file.appendFile(new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength));
      },
      // The header's length does not depend on the rows.
      end: async () => {
        const bytes = header(rows, features);
        await file.write(bytes, 0, bytes.length, 0);
      },
    };
  },
};

function header(rows: number, features: number): Buffer {
  const digits = String(rows);
  const shape = `{'descr': '<f4', 'fortran_order': False, 'shape': (${digits}, ${features}), }`;
  const room = shape + ' '.repeat(ROWS_DIGITS - digits.length);
  const before = 10;
  const length = Math.ceil((before + room.length + 1) / ALIGNMENT) * ALIGNMENT - before;
  const bytes = Buffer.alloc(before + length);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(length, 8);
  bytes.write(`${room.padEnd(length - 1)}\n`, before, 'latin1');
  return bytes;
}
