import { type JsonIndex, kindOf, nameOf, sourceOf, textOf } from "#formats/json-index";
import { cannotContain } from "../shared/byte-search";

const STRIDE = 500;

/** The values in whose name, or in what they say, a text is found; of lists and objects their name alone. */
export function findValues(index: JsonIndex, needle: string): Uint32Array {
  const lower = needle.toLowerCase();
  const hits: number[] = [];
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
    if (nameOf(index, value)?.toLowerCase().includes(lower) || said(index, value).toLowerCase().includes(lower)) {
      hits.push(value);
    }
  }
  return Uint32Array.from(hits);
}

/** Where a value or its name starts in the text. */
function startOf(index: JsonIndex, value: number): number {
  return value < index.count ? index.name[value] || (index.from[value] ?? 0) : index.bytes.length;
}

function said(index: JsonIndex, value: number): string {
  const kind = kindOf(index, value);
  if (kind === "object" || kind === "list") return "";
  return kind === "text" ? textOf(index, value) : sourceOf(index, value);
}
