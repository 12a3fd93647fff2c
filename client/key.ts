import { z } from "zod";
import type { Artifact, ArtifactCreated, ArtifactDetail } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { parseReference } from "#contract/reference";
import { brokenRule } from "#contract/rules/broken-rule";
import { ruleMessage } from "#contract/rules/rule";
import { expectJsonCompatible, expectText } from "./data";
import { pagedLists } from "./pages";
import type { Procedures } from "./procedures";
import type { Publish, PublishOptions } from "./publish";

/** An artifact with typed data. */
export type Typed<Row, Data> = Omit<Row, "data"> & { data: Data };

/** A key whose versions match one schema. */
export interface TypedKey<Schema extends z.ZodType, Failed extends null> {
  readonly key: string;
  /** Publishes a value as JSON. A value that does not match is not sent: BAD_REQUEST names the path and the rule. */
  publish(value: z.input<Schema>, options?: PublishOptions): Promise<ArtifactCreated | Failed>;
  /**
   * The latest version, or the one with a label. NOT_FOUND if there is none; CONFLICT names the path and the rule if it does
   * not match.
   */
  latest(options?: { label?: string | undefined }): Promise<Typed<ArtifactDetail, z.output<Schema>>>;
  /** All versions, newest first. Ends with CONFLICT at one that does not match, unless `onMismatch` takes the error. */
  versions(options?: {
    onMismatch?: (error: VitrineError) => void;
  }): AsyncGenerator<Typed<Artifact, z.output<Schema>>, void>;
}

export function createTypedKey<Schema extends z.ZodType>(
  procedures: Procedures,
  publish: Publish,
  key: string,
  schema: Schema,
): TypedKey<Schema, null> {
  async function parse<Row extends Artifact>(row: Row): Promise<Typed<Row, z.output<Schema>>> {
    const { data, error } = await schema.safeParseAsync(row.data, PLAIN);
    if (!error) return { ...row, data };
    const { field, message } = firstIssue(error);
    const { version } = row;
    throw new VitrineError("CONFLICT", `${key}@${version} does not match its schema: ${message}`, {
      field,
      key,
      version,
    });
  }

  async function check(value: unknown): Promise<unknown> {
    expectJsonCompatible(value);
    // Check what a reader will parse: a Date, for one, is text by then.
    const { error } = await schema.safeParseAsync(JSON.parse(JSON.stringify(value)), PLAIN);
    if (!error) return value;
    const { field, message } = firstIssue(error);
    throw new VitrineError("BAD_REQUEST", `The value does not match the schema of ${key}: ${message}`, { field });
  }

  return {
    key,
    publish: (value, options) => publish(key, "json", () => check(value), options),
    latest: async ({ label } = {}) => parse(await procedures.collection.latest.query({ key, label })),
    async *versions({ onMismatch } = {}) {
      const where = { artifacts: { key: { any: [key] } } };
      for await (const row of pagedLists(procedures).artifacts.page({ where, include: ["data"] })) {
        const version = await parse(row).catch((error: VitrineError) => {
          if (!onMismatch) throw error;
          onMismatch(error);
          return null;
        });
        if (version) yield version;
      }
    },
  };
}

/** The caller's own messages come first. */
const PLAIN = { error: ruleMessage };

/** The path of the first issue, such as `data.rows[3].price`, and its rule. */
function firstIssue({ issues }: z.ZodError): { field: string; message: string } {
  const { path, rule } = brokenRule(issues);
  const field = z.core.toDotPath(["data", ...path]);
  return { field, message: `${field}: ${rule}.` };
}

/** The version that `KEY`, `KEY@3`, `KEY@label` or an id refers to. @throws VitrineError NOT_FOUND; BAD_REQUEST for anything else */
export async function readReference({ artifact, collection }: Procedures, reference: string): Promise<ArtifactDetail> {
  const parsed = parseReference(expectText(reference, "reference"));
  if (!parsed) {
    const message = `The field "reference" must be KEY, KEY@3, KEY@label or an id, not "${reference.slice(0, 100)}".`;
    throw new VitrineError("BAD_REQUEST", message, { field: "reference" });
  }
  return "id" in parsed || "version" in parsed ? artifact.read.query(parsed) : collection.latest.query(parsed);
}
