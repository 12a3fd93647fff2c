import { z } from "zod";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { expectSendable } from "./data";
import { walksOf } from "./pages";
import type { Procedures } from "./procedures";
import type { About, Publish } from "./publish";

/** An artifact whose data fits a schema. */
export type Typed<Row, Data> = Omit<Row, "data"> & { data: Data };

/** A key whose versions all have one shape. */
export interface TypedKey<Schema extends z.ZodType, Miss extends null> {
  readonly key: string;
  /** Publishes a value that fits, as JSON. BAD_REQUEST names the place and the rule of one that does not; it is not sent. */
  publish(value: z.input<Schema>, about?: About): Promise<Artifact | Miss>;
  /** The newest version. NOT_FOUND when there is none; CONFLICT names the place and the rule when it no longer fits. */
  latest(): Promise<Typed<ArtifactDetail, z.output<Schema>>>;
  /** Every version, the newest first. One that no longer fits is told to `misfit` and passed over; without it, it throws. */
  versions(options?: {
    misfit?: (error: VitrineError) => void;
  }): AsyncGenerator<Typed<Artifact, z.output<Schema>>, void>;
}

/** Ties a key to a schema. */
export function typedKey<Schema extends z.ZodType, Miss extends null>(
  procedures: Procedures,
  publish: Publish<Miss>,
  key: string,
  schema: Schema,
): TypedKey<Schema, Miss> {
  async function typed<Row extends Artifact>(row: Row): Promise<Typed<Row, z.output<Schema>>> {
    const { data, error } = await schema.safeParseAsync(row.data);
    if (!error) return { ...row, data };
    const { field, sentence } = placeOf(error);
    const { version } = row;
    throw new VitrineError("CONFLICT", `${key}@${version} does not fit its schema: ${sentence}`, {
      field,
      key,
      version,
    });
  }

  return {
    key,
    publish(value, about) {
      const checked = async () => {
        expectSendable(value);
        // What will be read is what is checked.
        const { error } = await schema.safeParseAsync(JSON.parse(JSON.stringify(value)));
        if (!error) return value;
        const { field, sentence } = placeOf(error);
        throw new VitrineError("BAD_REQUEST", `This does not fit the schema of ${key}: ${sentence}`, { field });
      };
      return publish(key, "json", checked, about);
    },
    latest: async () => typed(await procedures.collection.latest.query({ key })),
    async *versions({ misfit } = {}) {
      const where = { artifacts: { key: { any: [key] } } };
      for await (const row of walksOf(procedures).artifacts.page({ where, include: ["data"] })) {
        const version = await typed(row).catch((error: VitrineError) => {
          if (!misfit) throw error;
          misfit(error);
          return null;
        });
        if (version) yield version;
      }
    },
  };
}

/** The first place that broke a rule, as in `data.rows[3].price`, and the sentence for it. */
function placeOf({ issues: [issue] }: z.ZodError): { field: string; sentence: string } {
  const field = z.core.toDotPath(["data", ...(issue?.path ?? [])]);
  return { field, sentence: `${field}: ${issue?.message ?? "was refused"}.` };
}
