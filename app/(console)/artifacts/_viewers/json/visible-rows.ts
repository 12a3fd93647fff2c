import type { JsonIndex } from "#formats/json-index";
import { childrenOf } from "#formats/table";

/** The rows of a tree: the values that are not folded away, each with its depth and its place among its siblings. */
export interface VisibleRows {
  values: Uint32Array;
  depths: Uint8Array;
  positions: Uint32Array;
  count: number;
}

/** The rows that a tree shows where `open` are the values whose insides are seen. */
export function visibleRows(index: JsonIndex, open: ReadonlySet<number>): VisibleRows {
  let room = 1;
  for (const value of open) room += index.size[value] ?? 0;
  const values = new Uint32Array(room);
  const places = new Uint32Array(room);
  const depths = new Uint8Array(room);
  let count = 0;
  const put = (value: number, depth: number, place: number) => {
    values[count] = value;
    depths[count] = depth;
    places[count] = place;
    count += 1;
  };
  put(0, 0, 0);
  const walkIn = (value: number) => ({ at: value + 1, end: index.next[value] ?? 0, place: 0 });
  const walks = open.has(0) ? [walkIn(0)] : [];
  for (let walk = walks.at(-1); walk; walk = walks.at(-1)) {
    if (walk.at >= walk.end) {
      walks.pop();
      continue;
    }
    const value = walk.at;
    put(value, walks.length, walk.place);
    walk.at = index.next[value] ?? walk.end;
    walk.place += 1;
    if (open.has(value)) walks.push(walkIn(value));
  }
  return { values, depths, positions: places, count };
}

const MAX_INITIAL_ROWS = 200;

/** What is open at first: level by level as much as fits on some screens, the outermost in any case. */
export function initiallyExpanded(index: JsonIndex): Set<number> {
  const open = new Set([0]);
  let level = [0];
  let rows = 1;
  while (level.length > 0) {
    const inner: number[] = [];
    for (const value of level) {
      rows += index.size[value] ?? 0;
      if (rows > MAX_INITIAL_ROWS) return open;
      open.add(value);
      for (const child of childrenOf(index, value)) if ((index.size[child] ?? 0) > 0) inner.push(child);
    }
    level = inner;
  }
  return open;
}
