import type { JsonIndex } from "#formats/json-index";
import { childrenOf } from "#formats/json-index";

/** The visible values of a tree in order, each with its depth and its position among its siblings. */
export interface VisibleRows {
  values: Uint32Array;
  depths: Uint8Array;
  positions: Uint32Array;
  count: number;
}

/** The rows of a tree in which the values in `expanded` show their children. */
export function visibleRows(index: JsonIndex, expanded: ReadonlySet<number>): VisibleRows {
  let capacity = 1;
  for (const value of expanded) capacity += index.size[value] ?? 0;
  const values = new Uint32Array(capacity);
  const positions = new Uint32Array(capacity);
  const depths = new Uint8Array(capacity);
  let count = 0;
  const append = (value: number, depth: number, position: number) => {
    values[count] = value;
    depths[count] = depth;
    positions[count] = position;
    count += 1;
  };
  append(0, 0, 0);
  const levelOf = (value: number) => ({ next: value + 1, end: index.next[value] ?? 0, position: 0 });
  const stack = expanded.has(0) ? [levelOf(0)] : [];
  for (let level = stack.at(-1); level; level = stack.at(-1)) {
    if (level.next >= level.end) {
      stack.pop();
      continue;
    }
    const value = level.next;
    append(value, stack.length, level.position);
    level.next = index.next[value] ?? level.end;
    level.position += 1;
    if (expanded.has(value)) stack.push(levelOf(value));
  }
  return { values, depths, positions, count };
}

const MAX_INITIAL_ROWS = 200;

/** The values expanded at first: level by level while at most 200 rows show, the outermost value in any case. */
export function initiallyExpanded(index: JsonIndex): Set<number> {
  const expanded = new Set([0]);
  let level = [0];
  let rows = 1;
  while (level.length > 0) {
    const below: number[] = [];
    for (const value of level) {
      rows += index.size[value] ?? 0;
      if (rows > MAX_INITIAL_ROWS) return expanded;
      expanded.add(value);
      for (const child of childrenOf(index, value)) if ((index.size[child] ?? 0) > 0) below.push(child);
    }
    level = below;
  }
  return expanded;
}
