const OPEN_LIST = '["a","b"],';

/** Shapes of JSON that are expensive to read, as functions of a size in bytes; a few are not JSON. */
export const SHAPES: Record<string, (size: number) => Buffer> = {
  "empty lists": (size) => filled("[", "[],", "[]]", size),
  "nested lists": (size) => filled("[", `${"[".repeat(180)}${"]".repeat(180)},`, "[]]", size),
  "one string": (size) => filled('"', "a", '"', size),
  "two-byte characters": (size) => filled('"', "é", '"', size),
  "markdown with emoji": (size) => filled('"', "# 😀 é 漢\\n\\ud83d\\ude00 text ", '"', size),
  "escaped NUL": (size) => filled('"', "\\u0000", '"', size),
  "escaped quotes": (size) => filled('"', '\\"', '"', size),
  backslashes: (size) => filled('"', "\\\\", '"', size),
  "one number": (size) => filled("1", "1", "1", size),
  numbers: (size) => filled("[", "1,", "1]", size),
  "a member name": (size) => filled('{"', "a", '":1}', size),
  "many names": (size) => filled("{", (n) => `"k${n}":${n},`, '"k":1}', size),
  "one name again and again": (size) => filled("{", '"a":1,', '"a":1}', size),
  "one name in rows": (size) => filled("[", `{${'"a":1,'.repeat(50_000)}"a":1},`, '{"a":1}]', size),
  "table of objects": (size) => filled("[", (n) => `{"a":${n},"b":"x y","c":null},`, '{"a":1}]', size),
  "table of lists": (size) => filled(`[${OPEN_LIST}`, (n) => `[${n},"x y"],`, "[1,2]]", size),
  "table of columns": (size) => filled(`{"a":[1],"b":[`, "1.5,", "1]}", size),
  "table with one row": (size) => filled("[[", "1,", "1]]", size),
  "table with a wide head": (size) => filled('[["a"', (n) => `,"c${n}"`, "],[1]]", size),
  "table with ragged rows": (size) => filled("[", (n) => `{"k${n}":1},`, '{"a":1}]', size),
  "table with one large cell": (size) => filled('[{"a":"', 'a, \\"b\\" ', '"}]', size),
  "table with one large list": (size) => filled('[{"a":["', "a\\u00eb\\ud83d\\ude00 ", '"]}]', size),
  "table in a string": (size) => filled('"[', (n) => `{\\"a\\":${n},\\"b\\":\\"x y\\"},`, '{\\"a\\":1}]"', size),
  "data URL": (size) => filled('"data:image/png;base64,', "QUJD", '"', size),
  "data URL with percent": (size) => filled('"data:image/svg+xml,', "%20a", '"', size),
  whitespace: (size) => filled("[", " ", "1]", size),
};

/** Texts that are not JSON, or not UTF-8. */
export const INVALID: Record<string, (size: number) => Buffer> = {
  "not JSON": (size) => Buffer.alloc(size, "z"),
  "JSON without its end": (size) => filled("[", "[],", "[]", size),
  "not UTF-8 at the end": (size) => Buffer.concat([filled('"', "é", "", size), Buffer.from([0xc3, 0x28, 0x22])]),
};

/** `unit` between `open` and `close` as often as fits into `size` bytes; a function gets the number of the unit. */
function filled(open: string, unit: string | ((n: number) => string), close: string, size: number): Buffer {
  const room = size - Buffer.byteLength(open) - Buffer.byteLength(close);
  const units: string[] = [];
  let length = 0;
  // Blocks of many units, so that large texts are built quickly.
  for (let n = 0; ; ) {
    let block = "";
    if (typeof unit === "string") block = unit.repeat(Math.max(1, Math.floor(65_536 / unit.length)));
    else for (const end = n + 2_000; n < end; n += 1) block += unit(n);
    const bytes = Buffer.byteLength(block);
    if (length + bytes > room) {
      if (units.length > 0 || typeof unit !== "string") break;
      block = unit.repeat(Math.floor(room / Buffer.byteLength(unit)));
      units.push(block);
      break;
    }
    units.push(block);
    length += bytes;
  }
  return Buffer.concat([Buffer.from(open), ...units.map((block) => Buffer.from(block)), Buffer.from(close)]);
}
