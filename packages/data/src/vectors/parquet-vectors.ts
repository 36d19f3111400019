/**
 * Parquet with a float32 column a feature, after the ids where there are some. Columns rather than one of lists: pandas
 * and polars read them as they are, `df.drop(columns='id').to_numpy()` is the matrix, and boosted trees take the frame;
 * lists would be one array object a row in pandas. The columns are those of CSV.
 */
import type { FileHandle } from 'node:fs/promises';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { featureNames, type VectorFormat } from './vector-format.ts';

/**
 * What is held back for a row group. Readers want them large, and each leaves some 100 bytes a column in the footer,
 * which is written last.
 */
const GROUP_BYTES = 2 ** 25;

export const parquetVectors: VectorFormat = {
  description: 'for pandas and polars, one column a feature',
  takesIds: true,
  open: async (file, { features, id }) => {
    const names = featureNames(features);
    const rowsOfGroup = Math.max(1, Math.floor(GROUP_BYTES / (4 * features)));
    const columns = names.map(() => new Float32Array(rowsOfGroup));
    let ids: string[] = [];
    let held = 0;
    const writer = new ParquetWriter({
      writer: new FileBytes(file),
      schema: [
        { name: 'root', num_children: names.length + (id === undefined ? 0 : 1) },
        ...(id === undefined
          ? []
          : [{ name: id, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' } as const]),
        ...names.map((name) => ({ name, type: 'FLOAT', repetition_type: 'REQUIRED' }) as const),
      ],
      statistics: false,
      createdBy: 'foldwise',
    });
    const writeGroup = async (): Promise<void> => {
      const numbers = names.map((name, f) => ({
        name,
        data: columns[f]!.subarray(0, held),
        encoding: 'PLAIN' as const,
        codec: 'UNCOMPRESSED' as const,
      }));
      const columnData = [
        ...(id === undefined ? [] : [{ name: id, data: ids, encoding: 'PLAIN' as const }]),
        ...numbers,
      ];
      await writer.write({ columnData, rowGroupSize: held });
      ids = [];
      held = 0;
    };
    return {
      write: async (vectors, rowIds) => {
        for (let row = 0; row < vectors.length / features; row++) {
          for (let f = 0; f < features; f++) columns[f]![held] = vectors[row * features + f]!;
          if (rowIds) ids.push(rowIds[row]!);
          if (++held === rowsOfGroup) await writeGroup();
        }
      },
      end: async () => {
        if (held > 0) await writeGroup();
        await writer.finish();
      },
    };
  },
};

/** Passes on to the file what is written, row group by row group. */
class FileBytes extends ByteWriter {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    super();
    this.#file = file;
  }

  async flush(): Promise<void> {
    await this.#file.appendFile(this.getBytes());
    this.index = 0;
  }

  override finish(): Promise<void> {
    return this.flush();
  }
}
