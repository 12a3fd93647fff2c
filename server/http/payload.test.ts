import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VitrineError } from "#contract/error";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { RawJson } from "#contract/raw-json";
import { createEncoder, embedded, parseExact, stringifyExact } from "./payload";

const MAX_DATA = 1024 * 1024;

/** Random JSON texts with any spelling of numbers, whitespace, escapes and repeated names. */
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const number = fc.oneof(
  fc.constantFrom("1.0", "1e400", "-0", "1E5", "1.10", "9007199254740993", "123456789012345678901234567890"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);
const string = fc.oneof(
  fc.string({ unit: "binary" }).map((value) => JSON.stringify(value)),
  fc.constantFrom('"\\u0000"', '"\\ud800"', '"\\/"', '"d\\u0061ta"', '"data"', '"\u2028"', '"{[,:"'),
);
const json = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc
    .tuple(
      space,
      fc.oneof({ maxDepth: 5 }, number, string, fc.constantFrom("true", "false", "null"), tie("list"), tie("object")),
      space,
    )
    .map((parts) => parts.join("")),
  list: fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
  object: fc
    .array(fc.tuple(space, string, space, tie("value")), { maxLength: 4 })
    .map((members) => `{${members.map(([a, name, b, value]) => `${a}${name}${b}:${value}`).join(",")}}`),
})).value;

const parse = (body: string, paths: string[][], maxData = MAX_DATA): ReturnType<typeof JSON.parse> =>
  parseExact(body, paths, maxData);

function dataOf(body: string, maxData?: number): string {
  return parse(body, [["data"]], maxData).data.text();
}

function errorOf(work: () => unknown): VitrineError {
  try {
    work();
  } catch (error) {
    if (error instanceof VitrineError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("exact data", () => {
  it("is parsed and written byte for byte, and the rest as by JSON.parse", () => {
    fc.assert(
      fc.property(json, json, (data, other) => {
        const body = `{"key" : "a", "other":${other},"data":${data}}`;
        const parsed = parse(body, [["data"]]);
        expect(parsed.data.text()).toBe(data.trim());
        expect({ ...parsed, data: null }).toEqual({ ...JSON.parse(body), data: null });
        const response = { result: { data: { id: "x", data: RawJson.fromText(data) } } };
        expect(stringifyExact(response)).toBe(`{"result":{"data":{"id":"x","data":${data}}}}`);
      }),
      { numRuns: 500 },
    );
  });

  it("is accepted exactly where JSON.parse accepts it, for texts with any damage", () => {
    const damage = fc.tuple(
      fc.nat(400),
      fc.nat(3),
      fc.constantFrom("", "{", "}", "[", "]", ",", ":", '"', "\\", "0", "\u0001", " ", "e"),
    );
    const parses = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(json, damage, (text, [at, cut, put]) => {
        const position = at % (text.length + 1);
        const damaged = text.slice(0, position) + put + text.slice(position + cut);
        const accepts = (body: string, path: string[]) => {
          try {
            parse(body, [path]);
            return true;
          } catch {
            return false;
          }
        };
        expect(accepts(damaged, ["data"])).toBe(parses(damaged));
        expect(accepts(`{"data":${damaged}}`, ["data"])).toBe(parses(`{"data":${damaged}}`));
      }),
      { numRuns: 2000 },
    );
  });

  it("is the last of repeated members, also of an escaped name, and not a deeper member", () => {
    expect(dataOf('{"data":1,"data":2.0}')).toBe("2.0");
    expect(dataOf('{"data":1,"d\\u0061ta":3.0}')).toBe("3.0");
    expect(dataOf('{"metadata":{"data":4.0},"data":5.0,"x":[{"data":6.0}]}')).toBe("5.0");
    expect(errorOf(() => dataOf('{"data":{,"data":2}')).code).toBe("BAD_REQUEST");
  });

  it("is found in each call of a batch and each item of a list", () => {
    const batch = parse('{"0":{"data":1.0},"1":{"data":2.0}}', [["0", "data"]]);
    expect(batch[0].data.text()).toBe("1.0");
    expect(batch[1].data).toBe(2);
    const many = parse('{"items":[{"data":1.0},{"data":[2.0]},{}]}', [["items", "*", "data"]]);
    expect(many.items.map((item: { data?: RawJson }) => item.data?.text())).toEqual(["1.0", "[2.0]", undefined]);
  });

  it("may be nested 200 deep, not 201 or 100,000", () => {
    const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(dataOf(`{"data":${deep(200)}}`)).toHaveLength(400);
    for (const depth of [201, 5_000, 100_000]) {
      expect(errorOf(() => dataOf(`{"data":${deep(depth)}}`)).message).toContain("the limit is 200 levels");
    }
    expect(errorOf(() => dataOf(`{"metadata":${'{"a":'.repeat(5000)}1${"}".repeat(5000)},"data":1}`)).code).toBe(
      "BAD_REQUEST",
    );
  });

  it("may be a string of 400,000 escapes, which is parsed in steps", async () => {
    const text = `"${"\\n".repeat(400_000)}"`;
    const parsing = parse(`{"data":${text}}`, [["data"]]);
    expect(parsing).toBeInstanceOf(Promise);
    expect((await parsing).data.text()).toBe(text);
  });

  it("is limited in bytes, not characters", () => {
    expect(dataOf('{"data":"äöü"}', 8)).toBe('"äöü"');
    expect(errorOf(() => dataOf('{"data":"äöü"}', 7))).toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
      details: { field: "data" },
    });
  });

  it("is rejected with its position where it is invalid", () => {
    expect(errorOf(() => dataOf('{"a":1,}')).message).toBe(
      "Invalid JSON at position 7: expected the name of a member.",
    );
    expect(errorOf(() => dataOf('{"a":1')).message).toBe("Invalid JSON at the end: expected a comma or }.");
    expect(errorOf(() => dataOf("")).code).toBe("BAD_REQUEST");
    expect(errorOf(() => dataOf('\ufeff{"data":1}')).message).toContain("position 0");
  });

  it("cannot be referred to by another request", () => {
    const marker = createEncoder().encode(RawJson.fromText("1"));
    const other = createEncoder();
    other.encode(RawJson.fromText('"secret"'));
    expect(dataOf(`{"data":${JSON.stringify(marker)}}`)).toBe(JSON.stringify(marker));
    expect(other.splice(JSON.stringify(marker))).toBe(JSON.stringify(marker));
  });
});

describe("data of callers in process", () => {
  it("is written and parsed as JSON", () => {
    expect(RawJson.fromValue({ a: [1, "\0"] }).text()).toBe('{"a":[1,"\\u0000"]}');
    expect(embedded(RawJson.fromText('{"a":1.0}'))).toEqual({ a: 1 });
  });

  it("is null above the limit of a page", () => {
    expect(embedded(RawJson.fromText(`"${"x".repeat(MAX_EMBEDDED_DATA)}"`))).toBeNull();
    expect(embedded(RawJson.fromText(`"${"ä".repeat(MAX_EMBEDDED_DATA / 2)}"`))).toBeNull();
  });

  it("is rejected where it is not JSON", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    let deep: unknown = 1;
    for (let depth = 0; depth < 20_000; depth++) deep = [deep];
    for (const value of [undefined, () => 1, cycle, deep, 1n])
      expect(errorOf(() => RawJson.fromValue(value)).code).toBe("BAD_REQUEST");
  });
});
