import { type JsonIndex, nameOf } from "#formats/json-index";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** The objects and lists that contain a value, outermost first. */
export function ancestorsOf(index: JsonIndex, value: number): number[] {
  const ancestors: number[] = [];
  let at = 0;
  while (at !== value) {
    ancestors.push(at);
    let child = at + 1;
    while ((index.next[child] ?? value + 1) <= value) child = index.next[child] ?? value;
    at = child;
  }
  return ancestors;
}

/** The path of a value in JavaScript notation, with `$` for the whole: `$.cities[3]["old name"]`. */
export function pathOf(index: JsonIndex, value: number): string {
  const steps = [...ancestorsOf(index, value), value];
  return steps.reduce((path, at, depth) => {
    if (depth === 0) return path;
    const name = nameOf(index, at);
    if (name !== null) return IDENTIFIER.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
    return `${path}[${positionOf(index, steps[depth - 1] ?? 0, at)}]`;
  }, "$");
}

function positionOf(index: JsonIndex, list: number, item: number): number {
  let position = 0;
  for (let child = list + 1; child < item; child = index.next[child] ?? item) position += 1;
  return position;
}
