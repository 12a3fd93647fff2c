const BACKSLASH = 92;
const decoder = new TextDecoder();

/**
 * Whether a part of a JSON text surely does not say something (in small letters), told from all of it at once. Where an
 * escape may hide letters it is not sure.
 */
export function cannotContain(bytes: Uint8Array, from: number, to: number, lower: string): boolean {
  const part = bytes.subarray(from, to);
  return !part.includes(BACKSLASH) && !decoder.decode(part).toLowerCase().includes(lower);
}
