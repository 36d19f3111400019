/**
 * The smallest reader of protocol-buffer messages that serves for what the C API hands out serialized (OpDef,
 * RunMetadata): one level, fields by number. It leaves out groups, packed fields and everything about types.
 */
export interface ProtobufField {
  field: number;
  /** A varint, or the raw bytes of a 32- or 64-bit or length-delimited field. */
  value: number | Uint8Array;
}

/** The fields of one serialized message, in order. @throws on a wire type that is not used in proto3. */
export function* readProtobuf(bytes: Uint8Array): Generator<ProtobufField> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag & 7;
    const field = Math.floor(tag / 8);
    if (wire === 0) yield { field, value: varint() };
    else {
      const size = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : undefined;
      if (size === undefined) throw new Error(`Protocol buffer: unknown wire type ${wire} at byte ${at}.`);
      yield { field, value: bytes.subarray(at, at + size) };
      at += size;
    }
  }
}
