import { z } from "zod";
import { parseJson } from "#contract/json";
import { Id } from "#contract/value";
import { RestTimestamp } from "../value";
import { parseGlob } from "./glob";
import { FLOW_RUN, type Resource, type RunEvent, TASK_RUN } from "./run-event";

const EARLIEST = "1970-01-01T00:00:00Z";
const LATEST = "2200-12-31T23:59:59Z";

const MAX_PATTERNS = 100;
const MAX_PATTERN = 255;

/** Members that are not known here must be null: ignoring a condition would send what nobody wants. */
const texts = z.array(z.string()).nullish();

/** A pattern, which `!` negates. */
const Pattern = z
  .string()
  .max(MAX_PATTERN)
  .transform((text) => {
    const isNegated = text.startsWith("!");
    const isMatch = parseGlob(isNegated ? text.slice(1) : text);
    return (value: string) => isMatch(value) !== isNegated;
  });
const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([schema.transform((one) => [one]), z.array(schema)]);
/** Of each label, the patterns of which one must match. */
const Labels = z
  .record(z.string(), oneOrMore(Pattern))
  .refine((labels) => Object.values(labels).flat().length <= MAX_PATTERNS)
  .nullish();

const OfName = z.object({ prefix: texts, exclude_prefix: texts, name: texts, exclude_name: texts });
const OfResource = z
  .object({ id: texts, id_prefix: texts, labels: Labels, distinct: z.boolean().nullish() })
  .catchall(z.null());
const OfRelated = z
  .object({
    id: texts,
    role: texts,
    resources_in_roles: z.array(z.tuple([z.string(), z.string()])).nullish(),
    labels: Labels,
  })
  .catchall(z.null());
type OfName = z.infer<typeof OfName>;
type OfResource = Pick<z.infer<typeof OfResource>, "id" | "id_prefix" | "labels">;
type OfRelated = z.infer<typeof OfRelated>;

const Filter = z
  .object({
    occurred: z.object({ since: RestTimestamp, until: RestTimestamp.nullish() }).nullish(),
    event: OfName.nullish(),
    resource: OfResource.nullish(),
    related: oneOrMore(OfRelated).nullish(),
    any_resource: oneOrMore(OfResource).nullish(),
    id: z.object({ id: texts }).nullish(),
    order: z.string().nullish(),
  })
  .catchall(z.null());

const Message = z.object({ type: z.literal("filter"), filter: z.record(z.string(), z.unknown()) });

/** The filter in the message that opens a stream; null for another message. */
export function filterIn(text: string): object | null {
  return Message.safeParse(parseJson(text)).data?.filter ?? null;
}

/** Which events a client wants. */
export interface EventFilter {
  /** Those before it are not wanted. */
  since: string | null;
  /** Whether events of flow runs can match, and of task runs. */
  flowRuns: boolean;
  taskRuns: boolean;
  /** The only flow runs that matching events are about, or their task runs; null: any. */
  flowRunIds: string[] | null;
  matches(event: RunEvent): boolean;
}

/**
 * A filter of events by the rules of Prefect's `EventFilter`; a sentence for what is not one. Unlike there, conditions on
 * related resources hold for new events as they do for past ones.
 */
export function parseEventFilter(sent: object): EventFilter | string {
  const { data: filter, error } = Filter.safeParse(sent);
  if (!filter) return `Invalid filter: ${error.issues.map(({ path }) => path.join(".")).join(", ")}`.slice(0, 120);
  const { occurred: span, event: name, resource, id } = filter;
  const [related, any] = [filter.related ?? [], filter.any_resource ?? []];
  const matches = (event: RunEvent) =>
    Date.parse(event.occurred) >= Date.parse(span?.since ?? EARLIEST) &&
    Date.parse(event.occurred) <= Date.parse(span?.until ?? LATEST) &&
    isNamed(event.event, name) &&
    (!id?.id?.length || id.id.includes(event.id)) &&
    (!resource || isResource(event.resource, resource)) &&
    related.every((each) => event.related.some((other) => isRelated(other, each))) &&
    any.every((each) => [event.resource, ...event.related].some((other) => isResource(other, each)));
  return {
    since: span?.since ?? null,
    flowRuns: canMatch(FLOW_RUN, name, resource),
    taskRuns: canMatch(TASK_RUN, name, resource),
    flowRunIds: flowRunIds([resource, ...any, ...related]),
    matches,
  };
}

function isNamed(event: string, filter: OfName | null | undefined): boolean {
  const { prefix, exclude_prefix, name, exclude_name } = filter ?? {};
  const startsWith = (start: string) => event.startsWith(start);
  if (prefix?.length && !prefix.some(startsWith)) return false;
  if (exclude_prefix?.some(startsWith) || exclude_name?.includes(event)) return false;
  return !name?.length || name.includes(event);
}

function isResource(resource: Resource, { id, id_prefix, labels }: OfResource): boolean {
  const own = resource["prefect.resource.id"] ?? "";
  return (
    (!id?.length || id.includes(own)) &&
    (!id_prefix?.length || id_prefix.some((start) => own.startsWith(start))) &&
    Object.entries(labels ?? {}).every(([label, patterns]) => {
      const value = resource[label];
      return value !== undefined && patterns.some((isMatch) => isMatch(value));
    })
  );
}

function isRelated(resource: Resource, { id, role, resources_in_roles: pairs, labels }: OfRelated): boolean {
  const { "prefect.resource.id": own = "", "prefect.resource.role": ownRole = "" } = resource;
  return (
    isResource(resource, { id, labels }) &&
    (!role?.length || role.includes(ownRole)) &&
    (!pairs?.length || pairs.some(([each, of]) => each === own && of === ownRole))
  );
}

/** Whether events whose name and resource start with `kind` can match. */
function canMatch(kind: string, name: OfName | null | undefined, resource: OfResource | null | undefined): boolean {
  const overlaps = (start: string) => start.startsWith(kind) || kind.startsWith(start);
  const wants = (texts: string[] | null | undefined) => !texts?.length || texts.some(overlaps);
  const isExcluded = name?.exclude_prefix?.some((start) => kind.startsWith(start)) ?? false;
  return !isExcluded && [name?.name, name?.prefix, resource?.id, resource?.id_prefix].every(wants);
}

/** The flow runs named by the first condition that names resources, if they are nothing but flow runs. */
function flowRunIds(conditions: ({ id?: string[] | null | undefined } | null | undefined)[]): string[] | null {
  const ids = conditions.find((condition) => condition?.id?.length)?.id ?? [];
  if (ids.length === 0 || !ids.every((id) => id.startsWith(FLOW_RUN))) return null;
  return ids.flatMap((id) => Id.safeParse(id.slice(FLOW_RUN.length)).data ?? []);
}
