import { type JsonIndex, kindOf, nameOf, sourceOf, textOf } from "#formats/json-index";

/** Searches JSON outside the page. */
export interface JsonReader {
  /** As `findValues`. */
  find(needle: string): Promise<Uint32Array>;
}

const BACKSLASH = 92;
const decoder = new TextDecoder();

/** How many values are ruled out at a time. */
const STRIDE = 500;

/** The values whose name contains a text, in any case, or whose own content does; objects and lists by name only. */
export function findValues(index: JsonIndex, needle: string): Uint32Array {
  const lower = needle.toLowerCase();
  const found: number[] = [];
  for (let value = 0; value < index.count; value += 1) {
    if (value % STRIDE === 0) {
      while (
        value < index.count &&
        cannotContain(index.bytes, startOf(index, value), startOf(index, value + STRIDE), lower)
      ) {
        value += STRIDE;
      }
      if (value >= index.count) break;
    }
    if (nameOf(index, value)?.toLowerCase().includes(lower) || contentOf(index, value).toLowerCase().includes(lower)) {
      found.push(value);
    }
  }
  return Uint32Array.from(found);
}

/** The byte at which a value, or its name, starts. */
function startOf(index: JsonIndex, value: number): number {
  return value < index.count ? index.name[value] || (index.from[value] ?? 0) : index.bytes.length;
}

function contentOf(index: JsonIndex, value: number): string {
  const kind = kindOf(index, value);
  if (kind === "object" || kind === "list") return "";
  return kind === "text" ? textOf(index, value) : sourceOf(index, value);
}

/**
 * Whether a range of a JSON text certainly does not contain a lower-case text. A range with a backslash, which may
 * escape letters, is not ruled out.
 */
export function cannotContain(bytes: Uint8Array, from: number, to: number, lower: string): boolean {
  const range = bytes.subarray(from, to);
  return !range.includes(BACKSLASH) && !decoder.decode(range).toLowerCase().includes(lower);
}
