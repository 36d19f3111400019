/** The smallest writer of protocol-buffer messages that serves for what the C API takes serialized (ConfigProto). */

/** A field's content: a whole number from 0, a truth value, a text, an inner message, or 32-bit floats, packed. */
export type ProtobufValue = number | boolean | string | Uint8Array | Float32Array;

/** One serialized message of these fields, numbered as in its .proto, in their order. */
export function writeProtobuf(
  fields: readonly (readonly [field: number, value: ProtobufValue])[],
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(fields.flatMap(([field, value]) => write(field, value))));
}

function write(field: number, value: ProtobufValue): Uint8Array[] {
  if (typeof value === 'number' || typeof value === 'boolean')
    return [Uint8Array.of(...varint(field * 8), ...varint(Number(value)))];
  const bytes =
    typeof value === 'string'
      ? Buffer.from(value)
      : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return [Uint8Array.of(...varint(field * 8 + 2), ...varint(bytes.length)), bytes];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
