const BACKSLASH = 92;
const decoder = new TextDecoder();

/**
 * Whether a range of a JSON text certainly does not contain a lower-case text. A range with a backslash, which may
 * escape letters, is not ruled out.
 */
export function cannotContain(bytes: Uint8Array, from: number, to: number, lower: string): boolean {
  const range = bytes.subarray(from, to);
  return !range.includes(BACKSLASH) && !decoder.decode(range).toLowerCase().includes(lower);
}
