import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "#formats/column";
import { runToEnd } from "#formats/steps";
import { type Table, tableIn } from "#formats/table";
import { NO_QUERY, queryRows } from "../query/row-query";
import { columnStatistics } from "./column-statistics";

/** A table with one column of cells, given as JSON texts; null for a row without the cell. */
function tableOf(cells: (string | null)[]): Table {
  const rows = cells.map((cell) => (cell === null ? '{"other":1}' : `{"a":${cell}}`));
  const table = tableIn(`[{"a":null},${rows.join()}]`);
  if (!table) throw new Error("Not a table.");
  return table;
}

function statisticsOf(cells: (string | null)[]) {
  const table = tableOf(cells);
  const columns = columnsOf(table);
  const found = runToEnd(columnStatistics(table, columns, 0));
  if (!found) throw new Error("No column.");
  const shown = (filter: string) => queryRows(table, columns, { ...NO_QUERY, filters: { 0: filter } }).length;
  return { ...found, shown };
}

const big = (digits: bigint, places: number) => {
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
  const fraction = places > 0 ? `.${text.slice(-places)}` : "";
  return `${digits < 0n ? "-" : ""}${text.slice(0, text.length - places)}${fraction}`;
};

describe("statistics of numbers", () => {
  it("are exact for integers and decimals that no double holds", () => {
    const { measures, distinct, nulls } = statisticsOf([
      "12345678901234567892",
      "12345678901234567891",
      "12345678901234567891.0",
      "12345678901234567899",
      "12345678901234567893",
      null,
      "null",
    ]);
    expect(measures).toMatchObject({
      min: "12345678901234567891",
      max: "12345678901234567899",
      median: "12345678901234567892",
    });
    expect([distinct, nulls]).toEqual([4, 3]);
    expect(statisticsOf(["9007199254740993", "9007199254740996"]).measures?.median).toBe("9007199254740994.5");
    expect(statisticsOf(["0.1000000000000000000001", "0.1", "0.10"])).toMatchObject({
      distinct: 2,
      measures: { min: "0.1", max: "0.1000000000000000000001", median: "0.10" },
    });
    expect(statisticsOf(["1e400", "1e401", "-1e-400", "0"]).measures).toMatchObject({
      min: "-1e-400",
      max: "1e401",
      mean: null,
    });
  });

  it("agree with those of integers of any size", () => {
    const cell = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.constant(6)) },
      { weight: 4, arbitrary: fc.tuple(fc.bigInt({ min: -300n, max: 300n }), fc.constant(6)) },
      { weight: 1, arbitrary: fc.constant(null) },
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 60 }), (cells) => {
        const { rows, nulls, distinct, measures, bars, shown } = statisticsOf(
          cells.map((each) => each && big(...each)),
        );
        const numbers = cells.flatMap((each) => (each ? [each[0]] : [])).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect([rows, nulls, distinct]).toEqual([
          cells.length + 1,
          cells.length + 1 - numbers.length,
          new Set(numbers).size,
        ]);
        expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(numbers.length);
        for (const { filter, count } of bars) expect(shown(filter)).toBe(count);
        const [first, last] = [numbers[0], numbers.at(-1)];
        if (first === undefined || last === undefined) {
          expect(measures).toBeNull();
          return;
        }
        expect([measures?.min, measures?.max]).toEqual([big(first, 6), big(last, 6)]);
        const size = Math.max(1, ...numbers.map((each) => Math.abs(Number(each))));
        const mean = Number(numbers.reduce((sum, each) => sum + each, 0n)) / numbers.length / 1e6;
        expect(Math.abs(Number(measures?.mean) - mean)).toBeLessThan(size / 1e6 / 1e9 + 1e-8);
        const [low = 0n, high = 0n] = [numbers[(numbers.length - 1) >> 1], numbers[numbers.length >> 1]];
        if (low === high) expect(Number(measures?.median)).toBe(Number(big(low, 6)));
        else expect(Number(measures?.median)).toBeCloseTo(Number(low + high) / 2e6, 1);
      }),
    );
  });

  it("are those of texts with units and other decimal signs", () => {
    const money = statisticsOf(['"$1,000"', '"$20"', '"NA"', '"$300.50"', '""']);
    expect(money).toMatchObject({ nulls: 3, distinct: 3, measures: { min: "$20", max: "$1,000", median: "300.5" } });
    const commas = statisticsOf(['"1,5"', '"2,25"', '"1.000,75"', '"3,5"']);
    expect(commas.measures).toMatchObject({ min: "1,5", max: "1.000,75" });
    for (const { filter, count } of commas.bars) expect(commas.shown(filter)).toBe(count);
    const narrow = statisticsOf(['"1,5"', '"1,501"', '"1,5035"']);
    expect(narrow.bars.length).toBeGreaterThan(5);
    for (const { filter, count } of narrow.bars) expect(narrow.shown(filter)).toBe(count);
  });

  it("have a bar for each of a few integers, and bars between round numbers", () => {
    expect(statisticsOf(["1", "3", "3", "4"]).bars).toEqual([
      { label: "1", count: 1, filter: "= 1" },
      { label: "2", count: 0, filter: "= 2" },
      { label: "3", count: 2, filter: "= 3" },
      { label: "4", count: 1, filter: "= 4" },
    ]);
    const tens = statisticsOf(Array.from({ length: 101 }, (_, at) => `${at}`)).bars;
    expect(tens[0]).toEqual({ label: "0 to 9", count: 10, filter: "0..9" });
    expect(tens.at(-1)).toEqual({ label: "90 to 100", count: 11, filter: "90..100" });
    expect(statisticsOf(["0.5", "1", "0.75"]).bars[0]?.filter).toBe("0.5..<0.55");
  });

  it("leave infinite numbers out of the bars, and take the widest range", () => {
    const infinite = statisticsOf(['"Infinity"', "1", "2", '"-inf"']);
    expect(infinite.bars.map(({ count }) => count)).toEqual([1, 1]);
    expect(infinite.measures).toMatchObject({ min: "-inf", max: "Infinity", mean: null, median: "1.5" });
    const wide = statisticsOf(["1.7e308", "-1.7e308", "0"]);
    expect(wide.bars.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(wide.measures?.mean).toBe("0");
    const near = statisticsOf(["1e17", "100000000000000016"]);
    expect(near.bars.map(({ count }) => count)).toEqual([2]);
    expect(near.shown(near.bars[0]?.filter ?? "")).toBe(2);
  });
});

describe("statistics of dates", () => {
  const dates = fc.date({
    min: new Date("0200-01-01"),
    max: new Date("9000-01-01"),
    noInvalidDate: true,
  });

  it("count every date in one bar of the calendar", () => {
    const span = fc.constantFrom(1, 1e3, 1e5, 1e7, 1e9, 1e11, 1e13);
    fc.assert(
      fc.property(dates, span, fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), (start, span, parts) => {
        const times = parts.map((part) => start.getTime() + Math.round((part / 1000) * span));
        const texts = times.map((time) => JSON.stringify(new Date(time).toISOString()));
        const { bars, distinct, shown, measures } = statisticsOf(texts);
        expect(distinct).toBe(new Set(times).size);
        expect(bars.length).toBeLessThanOrEqual(40);
        expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(times.length);
        for (const { filter, count } of bars) expect(shown(filter)).toBe(count);
        expect(measures?.min).toBe(new Date(Math.min(...times)).toISOString());
        expect(measures?.max).toBe(new Date(Math.max(...times)).toISOString());
      }),
    );
  });

  it.each([
    [["2026-01-31", "2026-02-01"], "2026-01-31"],
    [["2026-01-31", "2026-03-21"], "2026-01-26 to 2026-02-01"],
    [["2020-03-01", "2026-02-01"], "2020-01-01 to 2020-06-30"],
    [["2026-01-05", "2026-12-01"], "2026-01"],
    [["1990-01-05", "2001-12-01"], "1990"],
    [["1890-01-05", "2021-12-01"], "1890 to 1899"],
    [["2026-01-31T06:00", "2026-01-31T12:00"], "2026-01-31 06:00 to 2026-01-31 06:30"],
  ])("name the first bar of %j %j", (texts, label) => {
    const { bars } = statisticsOf(texts.map((text) => JSON.stringify(text)));
    expect(bars[0]?.label).toBe(label);
  });
});

describe("statistics of other columns", () => {
  it("are the most frequent values, whose filter leaves just these", () => {
    const { values, shown, ...rest } = statisticsOf(
      ["Oslo", "oslo", "Rome", "Oslo", " Rome ", "Rome", "Oslo", "", "Paris"].map((text) => JSON.stringify(text)),
    );
    expect(rest).toMatchObject({ rows: 10, nulls: 2, distinct: 5, measures: null, bars: [] });
    expect(values.map(({ text, count }) => [text, count])).toEqual([
      ["Oslo", 3],
      ["Rome", 2],
      ["oslo", 1],
    ]);
    for (const { filter, count } of values) expect(shown(filter ?? "")).toBe(count);
  });

  it("agree with a naive count, however texts are escaped", () => {
    const letters = fc.constantFrom("a", "A", "\n", '"', "\\", "é", "\u2028", "𝄞", " ");
    const text = fc.array(letters, { maxLength: 2 }).map((all) => all.join(""));
    const escaped = (each: string) =>
      `"${Array.from(each, (_, at) => `\\u${each.charCodeAt(at).toString(16).padStart(4, "0")}`).join("")}"`;
    const written = fc.tuple(text, fc.boolean());
    fc.assert(
      fc.property(fc.array(written, { maxLength: 40 }), (cells) => {
        const source = cells.map(([each, escapes]) =>
          escapes && each.length === 1 ? escaped(each) : JSON.stringify(each),
        );
        const { values, distinct, nulls, shown } = statisticsOf([...source, "true", "true", "true", "true"]);
        const counts = new Map<string, number>();
        for (const [each] of cells) if (each.trim() !== "") counts.set(each, (counts.get(each) ?? 0) + 1);
        expect(distinct).toBe(counts.size + 1);
        expect(nulls).toBe(1 + cells.filter(([each]) => each.trim() === "").length);
        const best = [...counts.values(), 4].sort((a, b) => b - a).slice(0, 3);
        expect(values.map(({ count }) => count)).toEqual(best);
        for (const { filter, count } of values) expect(shown(filter ?? "")).toBe(count);
      }),
    );
  });

  it("tell the kinds of mixed values apart, and numbers by their amount", () => {
    const { distinct, values } = statisticsOf(['"1"', "1", "1.0", "10e-1", "true", "[1]", "[1]", '{"a":1}']);
    expect(distinct).toBe(5);
    expect(values[0]).toMatchObject({ text: "1", count: 3 });
  });

  it("have no list of values where each occurs once", () => {
    expect(statisticsOf(["a", "b", "c", "d", "e"].map((text) => JSON.stringify(text)))).toMatchObject({
      distinct: 5,
      values: [],
    });
    expect(statisticsOf([null, null])).toMatchObject({ rows: 3, nulls: 3, distinct: 0, values: [], bars: [] });
  });
});
