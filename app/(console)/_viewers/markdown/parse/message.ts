import type { Block, LongElement, Part } from "./block";

/**
 * A piece of the worker's response, small enough to be read without blocking the page: a group whose long elements have
 * no parts yet, a part of one of its long elements, or the offset in the text after all groups.
 */
export type Message = { group: Block[] } | { part: Part; of: number[] } | { end: number };

export function* messagesOf(group: Block[]): Generator<Message, void> {
  yield { group: group.map((block) => ("long" in block ? { ...block, long: withoutParts(block.long) } : block)) };
  for (const [at, block] of group.entries()) if ("long" in block) yield* partsOf(block.long, [at]);
}

function* partsOf({ parts }: LongElement, of: number[]): Generator<Message, void> {
  for (const [at, part] of parts.entries()) {
    yield { part: Array.isArray(part) ? part : withoutParts(part), of };
    if (!Array.isArray(part)) yield* partsOf(part, [...of, at]);
  }
}

function withoutParts(long: LongElement): LongElement {
  return { ...long, parts: [] };
}

/** Adds a part to the group that it was sent after. */
export function addPart(group: Block[], part: Part, [at = 0, ...path]: number[]): void {
  const block = group[at];
  let long = block && "long" in block ? block.long : undefined;
  for (const step of path) {
    const next = long?.parts[step];
    long = next && !Array.isArray(next) ? next : undefined;
  }
  long?.parts.push(part);
}
