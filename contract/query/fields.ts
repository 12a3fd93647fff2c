import type { Filters } from "../where";
import { ARTIFACT_FIELDS } from "./artifact-fields";
import type { QueryField } from "./field";
import { FLOW_FIELDS } from "./flow-fields";
import { RUN_FIELDS } from "./run-fields";

/** Every operator of the query language but `has`. */
export const FIELDS: readonly QueryField[] = [...ARTIFACT_FIELDS, ...FLOW_FIELDS, ...RUN_FIELDS];

const BY_NAME = new Map(FIELDS.flatMap((field) => [field.name, ...(field.aliases ?? [])].map((name) => [name, field])));

/** The names of operators, the short ones first where there are two. */
export const FIELD_NAMES: readonly string[] = [
  "has",
  ...FIELDS.flatMap(({ name, aliases = [] }) => [...aliases, name]),
];

/** The operator of a name, in either case; undefined for one that is unknown, and for `has`. */
export function fieldOf(name: string): QueryField | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** What `has:name` means, by name; beside them there is `has:metadata.PATH`. */
export const PRESENCES: ReadonlyMap<string, Filters> = new Map<string, Filters>([
  ...FIELDS.flatMap(({ name, aliases = [], has }) =>
    has ? [name, ...aliases].map((each): [string, Filters] => [each, has]) : [],
  ),
  // Any of the two, whether it exists or not.
  ["run", { artifacts: { hasRun: true } }],
]);
