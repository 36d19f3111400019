/** Where a table's bytes come from: a file, a gzipped one, or a member of a zip archive, however they are packed. */
export interface TableSource {
  /** How errors name it, such as `data/x/competition.zip/train.csv`. */
  path: string;
  /** The name whose ending tells the format: that of the file or member, without `.gz`. */
  name: string;
  /** The unpacked bytes in order. Errors of damaged archives and of the limit come while they are read. */
  bytes: () => AsyncIterable<Buffer>;
  /** The file that holds just these bytes; undefined where they are packed. */
  file: string | undefined;
}
