import { z } from "zod";
import type { FlowRun } from "#contract/flow-run";
import { parseJson } from "#contract/json";
import { Id } from "#contract/value";
import { FlowRun as FlowRunRow, toRestBody } from "../row";
import { RestTimestamp } from "../value";

type Resource = Record<string, string>;

/** The event that Prefect's server sends when a flow run enters a state. */
export interface FlowRunEvent {
  id: string;
  occurred: string;
  event: string;
  resource: Resource;
  related: Resource[];
  payload: object;
}

const FLOW_RUN = "prefect.flow-run.";

const StateRow = z.looseObject({ id: z.string(), type: z.string(), name: z.string(), message: z.string().nullable() });

/** The event of a flow run's state; null for a run without one. Its id is that of the state, as in Prefect. */
export function flowRunEvent(run: FlowRun): FlowRunEvent | null {
  if (!run.state) return null;
  const { timestamp } = run.state;
  const { id, ...validated } = StateRow.parse(Object(toRestBody(FlowRunRow, run)).state);
  const related = [resource("flow", run.flowId)];
  if (run.deploymentId) related.push(resource("deployment", run.deploymentId));
  for (const tag of run.tags) related.push(resource("tag", tag));
  return {
    id,
    occurred: timestamp,
    event: FLOW_RUN + validated.name,
    resource: {
      "prefect.resource.id": FLOW_RUN + run.id,
      "prefect.resource.name": run.name,
      "prefect.run-count": String(run.runCount),
      "prefect.state-message": validated.message ?? "",
      "prefect.state-name": validated.name,
      "prefect.state-timestamp": timestamp,
      "prefect.state-type": validated.type,
    },
    related,
    payload: { intended: { from: null, to: validated.type }, initial_state: null, validated_state: validated },
  };
}

function resource(kind: string, id: string): Resource {
  return { "prefect.resource.id": `prefect.${kind}.${id}`, "prefect.resource.role": kind };
}

const EARLIEST = "1970-01-01T00:00:00Z";
const LATEST = "2200-12-31T23:59:59Z";

const texts = z.array(z.string()).nullish();
const nothing = z.null().optional();
const OfName = z.object({ prefix: texts, exclude_prefix: texts, name: texts, exclude_name: texts });
const OfResource = z.object({ id: texts, id_prefix: texts, labels: nothing });
const OfRelated = OfResource.extend({ role: texts });
const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([schema.transform((one) => [one]), z.array(schema)]).nullish();

const Filter = z.object({
  occurred: z.object({ since: RestTimestamp, until: RestTimestamp.nullish() }).nullish(),
  event: OfName.nullish(),
  resource: OfResource.nullish(),
  related: oneOrMore(OfRelated),
  any_resource: oneOrMore(OfResource),
  text: nothing,
});

const Message = z.object({ type: z.literal("filter"), filter: z.record(z.string(), z.unknown()) });

/** Which events a client wants. */
export interface EventFilter {
  /** Those before it are not wanted. */
  since: string | null;
  /** The only flow runs whose events can match; null: any. */
  flowRunIds: string[] | null;
  matches(event: FlowRunEvent): boolean;
}

/** The filter that opens a stream; null for another message. One by labels or text matches no event. */
export function parseEventFilter(text: string): EventFilter | null {
  const message = Message.safeParse(parseJson(text));
  if (!message.success) return null;
  const { data: filter } = Filter.safeParse(message.data.filter);
  if (!filter) return { since: null, flowRunIds: [], matches: () => false };
  const { occurred: span, event: name, resource, related, any_resource: any } = filter;
  const matches = ({ occurred, event, resource: own, related: others }: FlowRunEvent) =>
    Date.parse(occurred) >= Date.parse(span?.since ?? EARLIEST) &&
    Date.parse(occurred) <= Date.parse(span?.until ?? LATEST) &&
    isNamed(event, name) &&
    (!resource || isResource(own, resource)) &&
    (related ?? []).every((each) => others.some((other) => isRelated(other, each))) &&
    (any ?? []).every((each) => [own, ...others].some((other) => isResource(other, each)));
  return { since: span?.since ?? null, flowRunIds: flowRunIds([resource, ...(any ?? [])]), matches };
}

function isNamed(event: string, filter: z.infer<typeof OfName> | null | undefined): boolean {
  const { prefix, exclude_prefix, name, exclude_name } = filter ?? {};
  const startsWith = (start: string) => event.startsWith(start);
  if (prefix?.length && !prefix.some(startsWith)) return false;
  if (exclude_prefix?.some(startsWith) || exclude_name?.includes(event)) return false;
  return !name?.length || name.includes(event);
}

function isResource(resource: Resource, { id, id_prefix }: z.infer<typeof OfResource>): boolean {
  const own = resource["prefect.resource.id"] ?? "";
  return (!id?.length || id.includes(own)) && (!id_prefix?.length || id_prefix.some((start) => own.startsWith(start)));
}

function isRelated(resource: Resource, filter: z.infer<typeof OfRelated>): boolean {
  const { role } = filter;
  return isResource(resource, filter) && (!role?.length || role.includes(resource["prefect.resource.role"] ?? ""));
}

/** The flow runs named by the first filter that names resources, if they are nothing but flow runs. */
function flowRunIds(filters: (z.infer<typeof OfResource> | null | undefined)[]): string[] | null {
  const ids = filters.find((filter) => filter?.id?.length)?.id ?? [];
  if (ids.length === 0 || !ids.every((id) => id.startsWith(FLOW_RUN))) return null;
  return ids.flatMap((id) => Id.safeParse(id.slice(FLOW_RUN.length)).data ?? []);
}
