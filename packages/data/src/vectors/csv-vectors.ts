/** CSV with the columns v0, v1 …, after the ids where there are some; float32 with no digit too many or too few. */
import { csvField } from '../tables/write-table.ts';
import { featureNames, type VectorFormat } from './vector-format.ts';
import { shortestFloat32 } from './shortest-float32.ts';

/** Rows that are put together before they are written. */
const ROWS = 256;

export const csvVectors: VectorFormat = {
  description: 'text, one column a feature',
  takesIds: true,
  open: async (file, { features, id }) => {
    const names = [...(id === undefined ? [] : [csvField(id)]), ...featureNames(features)];
    await file.appendFile(`${names.join(',')}\n`);
    return {
      write: async (vectors, ids) => {
        const rows = vectors.length / features;
        for (let from = 0; from < rows; from += ROWS) {
          let text = '';
          for (let row = from; row < Math.min(rows, from + ROWS); row++) {
            if (ids) text += `${csvField(ids[row]!)},`;
            const vector = vectors.subarray(row * features, (row + 1) * features);
            text += `${Array.from(vector, shortestFloat32).join(',')}\n`;
          }
          await file.appendFile(text);
        }
      },
      end: async () => undefined,
    };
  },
};
