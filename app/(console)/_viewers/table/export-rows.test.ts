import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { tableIn } from "#formats/table";
import { exportRows } from "./export-rows";

function tableOf(text: string) {
  const table = tableIn(text);
  if (!table) throw new Error("Not a table.");
  return table;
}

const cities = tableOf('[{"city":"Oslo","people":1.0},{"city":"=1+1","more":{"wet":[ true ]}},{"city":null}]');

describe("exportRows", () => {
  it("writes CSV with values as they were written and without formulas", async () => {
    const file = exportRows(cities, null, "csv");
    expect(file.type).toBe("text/csv");
    expect(await file.text()).toBe('city,people,more\r\nOslo,1.0,\r\n\'=1+1,,"{""wet"":[ true ]}"\r\n,,\r\n');
  });

  it("writes cells that a spreadsheet pastes, without formulas", async () => {
    const table = tableOf('[["a,b","c"],["x\\ty",1.0],["=1+1",null],["two\\nlines","say \\"hi\\""]]');
    const file = exportRows(table, null, "cells");
    expect(file.type).toBe("text/tab-separated-values");
    expect(await file.text()).toBe('a,b\tc\r\n"x\ty"\t1.0\r\n\'=1+1\t\r\n"two\nlines"\t"say ""hi"""\r\n');
  });

  it("writes JSON with values as they were written and without missing cells", async () => {
    const file = exportRows(cities, null, "json");
    expect(file.type).toBe("application/json");
    expect(await file.text()).toBe(
      '[\n{"city":"Oslo","people":1.0},\n{"city":"=1+1","more":{"wet":[ true ]}},\n{"city":null}\n]\n',
    );
  });

  it("writes the given rows in their order", async () => {
    expect(await exportRows(cities, Uint32Array.of(2, 0), "json").text()).toBe(
      '[\n{"city":null},\n{"city":"Oslo","people":1.0}\n]\n',
    );
    expect(await exportRows(cities, new Uint32Array(), "json").text()).toBe("[\n]\n");
    expect(await exportRows(cities, new Uint32Array(), "csv").text()).toBe("city,people,more\r\n");
  });

  it("writes a repeated name as often as it is in the data", async () => {
    expect(await exportRows(tableOf('[{"a":1,"a":2}]'), null, "json").text()).toBe('[\n{"a":1,"a":2}\n]\n');
  });

  it("writes every row of a long table once", async () => {
    const rows = Array.from({ length: 2500 }, (_, row) => ({ row }));
    const text = await exportRows(tableOf(JSON.stringify(rows)), null, "json").text();
    expect(JSON.parse(text)).toEqual(rows);
  });

  it("writes JSON that parses to the same rows", async () => {
    const cell = fc.jsonValue({ maxDepth: 1 }).map((value): Json => JSON.parse(JSON.stringify(value)));
    const rows = fc.array(fc.dictionary(fc.constantFrom("a", "b c", '"', ""), cell), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, async (data) => {
        const text = await exportRows(tableOf(JSON.stringify(data)), null, "json").text();
        expect(JSON.parse(text)).toEqual(data.map((row) => ({ ...row })));
      }),
    );
  });
});
