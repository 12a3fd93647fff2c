import { type JsonIndex, nameOf } from "#formats/json-index";

const PLAIN = /^[A-Za-z_$][\w$]*$/;

/** The values around a value, from the outermost in; without itself. */
export function ancestorsOf(index: JsonIndex, value: number): number[] {
  const around: number[] = [];
  let at = 0;
  while (at !== value) {
    around.push(at);
    let child = at + 1;
    while ((index.next[child] ?? value + 1) <= value) child = index.next[child] ?? value;
    at = child;
  }
  return around;
}

/** Where a value stands, as one writes it in JavaScript after `$`, the whole: `$.cities[3]["old name"]`. */
export function pathOf(index: JsonIndex, value: number): string {
  const way = [...ancestorsOf(index, value), value];
  return way.reduce((path, at, depth) => {
    if (depth === 0) return path;
    const name = nameOf(index, at);
    if (name !== null) return PLAIN.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
    return `${path}[${positionOf(index, way[depth - 1] ?? 0, at)}]`;
  }, "$");
}

/** The position of an item in its list. */
function positionOf(index: JsonIndex, list: number, item: number): number {
  let place = 0;
  for (let child = list + 1; child < item; child = index.next[child] ?? item) place += 1;
  return place;
}
