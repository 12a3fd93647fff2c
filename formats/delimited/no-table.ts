/** The name of the error for a file that was read, and is no table. */
export const NO_TABLE = "NoTable";

/** @param sentence why a file that was read is no table */
export function noTable(sentence: string): Error {
  return Object.assign(new Error(sentence), { name: NO_TABLE });
}
