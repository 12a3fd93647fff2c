import type { ArtifactList } from "#contract/artifact";
import type { CollectionList } from "#contract/collection";
import type { Where } from "#contract/where";
import type { Database } from "#db/postgres";
import * as artifacts from "../models/artifact";
import * as collections from "../models/collection";
import type { JsonFields, ListFormat } from "../models/query/json-rows";
import { versionJson } from "../models/version";

/** What decides which rows a read sees. */
export interface Read {
  asOf?: string | undefined;
  where?: Where | undefined;
}

/** What the middlewares of a query give its resolver. */
export interface ReadContext {
  /** The database as a read sees it: at a timestamp, and with the caller where its filter names them. */
  dbFor(input: Read): Database;
}

/** A list whose rows are written as JSON from the bytes of the database. */
export interface WrittenList {
  /** The fields that its procedure returns, without those that are included. */
  fields: JsonFields;
  /** What its resolver does, with an input that was checked. @returns JSON in UTF-8 */
  resolve(options: { ctx: ReadContext; input: unknown }, format: ListFormat): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * By procedure: its response is the same, without an object for each row, which takes most of the time of a list. It has the
 * place of the resolver behind the middlewares of the procedure.
 */
export const writtenLists: ReadonlyMap<string, WrittenList> = new Map([
  ["artifact.list", written<ArtifactList>(versionJson, artifacts.writeList)],
  ["collection.list", written<CollectionList>(collections.collectionJson, collections.writeList)],
]);

function written<Input extends Read>(
  fields: JsonFields,
  write: (db: Database, input: Input, format: ListFormat) => Promise<Uint8Array<ArrayBuffer>>,
): WrittenList {
  return {
    fields,
    resolve: ({ ctx, input }, format) => {
      const list: Input = Object(input);
      return write(ctx.dbFor(list), list, format);
    },
  };
}
