import fc from "fast-check";
import { expect, inject, it } from "vitest";
import { z } from "zod";
import { ArtifactList } from "#contract/artifact";
import { CollectionList } from "#contract/collection";
import { stringifyExact } from "#server/http/payload";
import * as artifacts from "#server/models/artifact";
import * as collections from "#server/models/collection";
import { type JsonFields, withIncluded } from "#server/models/query/json-rows";
import { reachable } from "#server/models/reach";
import { type WrittenList, writtenLists } from "#server/routers/written";
import { databaseOfFile } from "#test/database";
import { datasets } from "#test/generators/draw";
import { wheres } from "#test/generators/filters";
import { plant } from "#test/generators/plant";
import { Artifact, ArtifactCollection, toRestBody, toRestFields } from "./row";

const fresh = await databaseOfFile();

/** Data whose spelling a parser would lose, and texts with everything that JSON escapes. */
const DATA = ['{ "b":1.0, "a":12345678901234567890, "a":1 }', "1e400", '"\\u00e9é😀\\ud83d"', "[ ]", "null"];
const Text = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", '\u0001\b\n"\\\u007f\u2028😀'));
const Included = fc.subarray<"data" | "preview" | "labels">(["data", "preview", "labels"]);
const Sort = fc.constantFrom("CREATED_DESC", "KEY_ASC", "ID_DESC", "SIZE_DESC");

const Case = datasets.chain((dataset) =>
  fc.record({
    dataset: fc.constant(dataset),
    where: fc.oneof(wheres(dataset), fc.constant(undefined), fc.constant({ artifacts: { type: { any: ["table"] } } })),
    include: Included,
    sort: Sort,
    limit: fc.integer({ min: 0, max: 20 }),
    offset: fc.constantFrom(0, 0, 3),
    text: Text,
    keys: fc.constantFrom(null, "a*", "daily"),
  }),
);

/** A procedure that lists rows, as objects. */
interface ListedRows {
  path: string;
  schema: z.ZodObject;
  read(include: ArtifactList["include"]): Promise<object[]>;
}

it("writes the same as a list of rows makes", async () => {
  await fc.assert(
    fc.asyncProperty(Case, async ({ dataset, text, keys, ...list }) => {
      await plant(fresh.db, dataset);
      await fillColumns(text);
      const db = reachable(fresh.pools.searches, keys);
      const lists: ListedRows[] = [
        {
          path: "artifact.list",
          schema: Artifact,
          read: (include) => artifacts.list(db, ArtifactList.parse({ ...list, include })),
        },
        {
          path: "collection.list",
          schema: ArtifactCollection,
          read: (include) => collections.list(db, CollectionList.parse({ ...list, include })),
        },
      ];
      for (const { path, schema, read } of lists) {
        const { fields, resolve } = listOf(path);
        const write = (include: typeof list.include, fields: JsonFields) =>
          resolve({ ctx: { dbFor: () => db }, input: ArtifactList.parse({ ...list, include }) }, { fields });
        const written = await write(list.include, withIncluded(fields, list.include));
        expectSame(written, stringifyExact(await read(list.include)));
        const rest = await write(["data"], toRestFields(schema, fields));
        expectSame(rest, stringifyExact(toRestBody(z.array(schema), await read(["data"]))));
      }
    }),
    { numRuns: 15 * inject("runs") },
  );
}, 120_000);

function listOf(path: string): WrittenList {
  const list = writtenLists.get(path);
  if (!list) throw new Error(`${path} is not written`);
  return list;
}

/** Equal members in equal order, and exact data; only metadata may have other spaces and spellings of numbers. */
function expectSame(written: Uint8Array, expected: string): void {
  const text = Buffer.from(written).toString();
  expect(JSON.parse(text)).toEqual(JSON.parse(expected));
  const dataOf = (json: string) => DATA.map((data) => json.split(`"data":${data}`).length);
  expect(dataOf(text)).toEqual(dataOf(expected));
  const members = (json: string) => JSON.parse(json).map((row: object) => Object.keys(row));
  expect(members(text)).toEqual(members(expected));
}

/** Gives columns that the datasets leave empty a value in some rows. */
async function fillColumns(text: string): Promise<void> {
  const some = (divisor: number, id = "id") => `get_byte(uuid_send(${id}), 0) % ${divisor}`;
  const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const data = `(array[${DATA.map(quoted).join(", ")}])[1 + ${some(DATA.length, "artifact_id")}]`;
  for (const statement of [
    `update artifact set sha256 = sha256(uuid_send(id)) where ${some(2)} = 0`,
    `update artifact set description = ${quoted(text)}, restored_from = version where ${some(3)} = 0`,
    `update artifact_data set data = ${data}::json`,
    `insert into artifact_preview (artifact_id, preview) select id, '{"kind": "text", "text": "é"}' from artifact
      where ${some(2)} = 0 on conflict do nothing`,
  ])
    await fresh.db.execute(statement);
}
