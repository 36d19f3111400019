/** What stands between the fields of a table's file: a tab in files named `.tsv`, a comma in all others. */
export const separatorOf = (path: string): ',' | '\t' => (/\.tsv$/i.test(path) ? '\t' : ',');
