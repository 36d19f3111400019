/** For tests: writes zip archives byte by byte (APPNOTE 6.3), honest ones and such as no honest program writes. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Member {
  name: string;
  content: string | Uint8Array;
  /** Fields that say something else than what is there. */
  claims?: Partial<{
    crc: number;
    size: number;
    packedSize: number;
    flags: number;
    method: number;
    mode: number;
    offset: number;
  }>;
}

export function makeZip(members: readonly Member[], { store = false } = {}): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims = {} } of members) {
    const bytes = Buffer.from(content as string);
    const packed = store ? bytes : deflateRawSync(bytes);
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(claims.flags ?? 0x800, 2);
    fields.writeUInt16LE(claims.method ?? (store ? 0 : 8), 4);
    fields.writeUInt32LE(claims.crc ?? crc32(bytes), 10);
    fields.writeUInt32LE(claims.packedSize ?? packed.length, 14);
    fields.writeUInt32LE(claims.size ?? bytes.length, 18);
    fields.writeUInt16LE(title.length, 22);
    local.push(Buffer.from('PK\x03\x04'), fields, title, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((claims.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(claims.offset ?? offset, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields, rest, title);
    offset += 30 + title.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
