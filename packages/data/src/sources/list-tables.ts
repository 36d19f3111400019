/** Lists the tables that a file holds, for those who look for the ones that they need. */
import { isTableName } from '../formats/find-table-format.ts';
import { innerArchive, isZip, type Archive } from './inner-archive.ts';
import { zipMembers } from './zip-archive.ts';

/**
 * @param path a table's file, or a zip archive
 * @returns paths as `readTable` takes them, such as `competition.zip/train.csv`: of an archive, every member whose name
 * ends as a table's does, also those of archives in it; of another file, the file
 * @throws Error as `readTable` for archives that cannot be read
 */
export async function listTables(path: string): Promise<string[]> {
  return isZip(path) ? tablesIn({ archive: path, path, depth: 1 }) : [path];
}

async function tablesIn(within: Archive): Promise<string[]> {
  const paths: string[] = [];
  for (const member of await zipMembers(within.archive, within.path)) {
    if (isZip(member.name)) paths.push(...(await tablesIn(await innerArchive(within, member))));
    else if (isTableName(member.name)) paths.push(`${within.path}/${member.name}`);
  }
  return paths;
}
