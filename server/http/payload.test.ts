import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VitrineError } from "#contract/error";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { RawJson } from "#contract/raw-json";
import { createEncoder, embedded, parseExact, stringifyExact } from "./payload";

const MAX_DATA = 1024 * 1024;

/** JSON as people write it: any spelling of numbers, any whitespace, escapes, members twice. */
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

// What it returns is as untyped as what JSON.parse does.
const parse = (body: string, paths: string[][], maxData = MAX_DATA): ReturnType<typeof JSON.parse> =>
  parseExact(body, paths, maxData);

function dataOf(body: string, maxData?: number): string {
  return parse(body, [["data"]], maxData).data.text();
}

function refusal(work: () => unknown): VitrineError {
  try {
    work();
  } catch (error) {
    if (error instanceof VitrineError) return error;
    throw error;
  }
  throw new Error("was not refused");
}

describe("data travels as text", () => {
  test("any data comes through byte for byte, and the rest as JSON.parse sees it", () => {
    fc.assert(
      fc.property(json, json, (data, other) => {
        const body = `{"key" : "a", "other":${other},"data":${data}}`;
        const parsed = parse(body, [["data"]]);
        expect(parsed.data.text()).toBe(data.trim());
        expect({ ...parsed, data: null }).toEqual({ ...JSON.parse(body), data: null });
        const answer = { result: { data: { id: "x", data: RawJson.fromText(data) } } };
        expect(stringifyExact(answer)).toBe(`{"result":{"data":{"id":"x","data":${data}}}}`);
      }),
      { numRuns: 500 },
    );
  });

  test("a text is accepted exactly when JSON.parse accepts it, however it was damaged", () => {
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
        const place = at % (text.length + 1);
        const damaged = text.slice(0, place) + put + text.slice(place + cut);
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

  test("the last of two members wins, an escaped name is the same name, and a deeper one is another", () => {
    expect(dataOf('{"data":1,"data":2.0}')).toBe("2.0");
    expect(dataOf('{"data":1,"d\\u0061ta":3.0}')).toBe("3.0");
    expect(dataOf('{"metadata":{"data":4.0},"data":5.0,"x":[{"data":6.0}]}')).toBe("5.0");
    expect(refusal(() => dataOf('{"data":{,"data":2}')).code).toBe("BAD_REQUEST");
  });

  test("a batch and the items of a list are cut each for itself", () => {
    const batch = parse('{"0":{"data":1.0},"1":{"data":2.0}}', [["0", "data"]]);
    expect(batch[0].data.text()).toBe("1.0");
    expect(batch[1].data).toBe(2);
    const many = parse('{"items":[{"data":1.0},{"data":[2.0]},{}]}', [["items", "*", "data"]]);
    expect(many.items.map((item: { data?: RawJson }) => item.data?.text())).toEqual(["1.0", "[2.0]", undefined]);
  });

  test("nesting of 200 is taken and 201 refused, in data and around it; 100,000 ends in an answer", () => {
    const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(dataOf(`{"data":${deep(200)}}`)).toHaveLength(400);
    for (const depth of [201, 5_000, 100_000]) {
      expect(refusal(() => dataOf(`{"data":${deep(depth)}}`)).message).toContain("limit is 200 levels");
    }
    expect(refusal(() => dataOf(`{"metadata":${'{"a":'.repeat(5000)}1${"}".repeat(5000)},"data":1}`)).code).toBe(
      "BAD_REQUEST",
    );
  });

  test("a string of many escapes, and a megabyte of text, cost no stack", () => {
    const text = `"${"\\n".repeat(400_000)}"`;
    expect(dataOf(`{"data":${text}}`)).toBe(text);
  });

  test("the limit counts bytes, not characters", () => {
    expect(dataOf('{"data":"äöü"}', 8)).toBe('"äöü"');
    expect(refusal(() => dataOf('{"data":"äöü"}', 7))).toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
      details: { field: "data" },
    });
  });

  test("broken JSON is refused with its position", () => {
    expect(refusal(() => dataOf('{"a":1,}')).message).toBe(
      "Invalid JSON at position 7: expected the name of a member.",
    );
    expect(refusal(() => dataOf('{"a":1')).message).toBe("Invalid JSON at the end: expected a comma or }.");
    expect(refusal(() => dataOf("")).code).toBe("BAD_REQUEST");
    expect(refusal(() => dataOf('\ufeff{"data":1}')).message).toContain("position 0");
  });

  test("a caller cannot name the data of another request", () => {
    const marker = createEncoder().encode(RawJson.fromText("1"));
    const other = createEncoder();
    other.encode(RawJson.fromText('"secret"'));
    expect(dataOf(`{"data":${JSON.stringify(marker)}}`)).toBe(JSON.stringify(marker));
    expect(other.splice(JSON.stringify(marker))).toBe(JSON.stringify(marker));
  });
});

describe("data of callers in the process", () => {
  test("is written and parsed as JSON", () => {
    expect(RawJson.fromValue({ a: [1, "\0"] }).text()).toBe('{"a":[1,"\\u0000"]}');
    expect(embedded(RawJson.fromText('{"a":1.0}'))).toEqual({ a: 1 });
  });

  test("is null beyond what a page embeds", () => {
    expect(embedded(RawJson.fromText(`"${"x".repeat(MAX_EMBEDDED_DATA)}"`))).toBeNull();
    expect(embedded(RawJson.fromText(`"${"ä".repeat(MAX_EMBEDDED_DATA / 2)}"`))).toBeNull();
  });

  test("is refused when it is no JSON", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    let deep: unknown = 1;
    for (let depth = 0; depth < 20_000; depth++) deep = [deep];
    for (const value of [undefined, () => 1, cycle, deep, 1n])
      expect(refusal(() => RawJson.fromValue(value)).code).toBe("BAD_REQUEST");
  });
});
