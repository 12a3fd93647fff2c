import type {
  ChoiceCondition,
  KeyCondition,
  MetadataCondition,
  OptionalTimestampCondition,
  TagsCondition,
  ValueCondition,
} from "../filter";
import type {
  ArtifactFilter,
  DeploymentFilter,
  Filters,
  FlowFilter,
  FlowRunFilter,
  StateCondition,
  TaskRunFilter,
} from "../where";
import { printQuery, toValue } from "./print";
import type { Comparison, QueryNode, Test, Value } from "./tree";

type Optional<T> = T | null | undefined;
type Part = QueryNode | null;

const PLACE = { offset: 0, length: 0 };
const ME: Value = { pieces: ["me"], quoted: false, ...PLACE };

/**
 * A query that matches the same artifacts as a filter; empty where all do. Its text may be longer than a query can be, as
 * lists of a filter have up to 1,000 values.
 */
export function queryOf(where: Filters): string {
  const { artifacts, flowRuns, taskRuns, deployments, flows } = where;
  const node = joined("and", [
    artifacts ? ofArtifacts(artifacts) : null,
    flowRuns ? existing("run", ofFlowRuns(flowRuns)) : null,
    taskRuns ? existing("task", ofTaskRuns(taskRuns)) : null,
    deployments ? existing("deployment", ofDeployments(deployments)) : null,
    flows ? existing("flow", ofFlows(flows)) : null,
  ]);
  return node ? printQuery(node) : "";
}

/** A filter without criteria requires that the row exists. */
function existing(field: string, part: Part): QueryNode {
  return part ?? any(field, [toValue("", "")]);
}

function joined(operator: Optional<"and" | "or">, parts: Part[]): Part {
  const [first, ...more] = parts.filter((part) => part !== null);
  if (!first || more.length === 0) return first ?? null;
  return { kind: operator ?? "and", parts: [first, ...more], ...PLACE };
}

function condition(field: string, test: Test, path: string[] = []): QueryNode {
  return { kind: "condition", field, path, test, ...PLACE };
}

function any(field: string, values: Value[], path?: string[]): QueryNode {
  return condition(field, { kind: "any", values }, path);
}

function not(part: QueryNode): QueryNode {
  return { kind: "not", part, ...PLACE };
}

function has(name: string): QueryNode {
  return any("has", [toValue(name)]);
}

/** Whether something is set; `within`: what exists in both cases. */
function present(name: string, flag: Optional<boolean>, within?: QueryNode): Part {
  if (flag == null) return null;
  return flag ? has(name) : joined("and", [within ?? null, not(has(name))]);
}

const NOTHING: QueryNode = { kind: "and", parts: [has("key"), not(has("key"))], ...PLACE };

type Text = string | number;

function textValue(text: Text): Value {
  return toValue(String(text));
}

function oneOf(field: string, values: Optional<Text[]>, valueFor: (text: Text) => Value = textValue): Part {
  if (!values) return null;
  return values.length === 0 ? NOTHING : any(field, values.map(valueFor));
}

function noneOf(field: string, values: Optional<Text[]>): Part {
  return values?.length ? condition(field, { kind: "none", values: values.map(textValue) }) : null;
}

function choice(field: string, { any, notAny }: ChoiceCondition): Part {
  return joined("and", [oneOf(field, any), noneOf(field, notAny)]);
}

function names(field: string, { any: listed, notAny, like, contains, startsWith, matches }: KeyCondition): Part {
  return joined("and", [
    choice(field, { any: listed, notAny }),
    like ? condition(field, { kind: "like", value: toValue(like) }) : null,
    contains ? any(field, [toValue("", contains, "")]) : null,
    startsWith ? any(field, [toValue(startsWith, "")]) : null,
    matches ? any(field, [toValue(...piecesOf(matches))]) : null,
  ]);
}

function caller(me: Optional<boolean>): Part {
  return me == null ? null : condition("by", { kind: me ? "any" : "none", values: [ME] });
}

function piecesOf(matches: string): string[] {
  const pieces = [""];
  for (const [, escaped, character] of matches.matchAll(/\\(.?)|(.)/gsu)) {
    if (character === "*") pieces.push("");
    // A backslash at the end stands for itself.
    else pieces.push((pieces.pop() ?? "") + (character ?? (escaped || "\\")));
  }
  return pieces;
}

function tags(field: string, condition: TagsCondition, within?: QueryNode): Part {
  const { operator, all, any: some, notAny, isNull } = condition;
  return joined(operator, [
    joined(
      "and",
      (all ?? []).map((tag) => any(field, [toValue(tag)])),
    ),
    oneOf(field, some),
    noneOf(field, notAny),
    present(field, isNull == null ? isNull : !isNull, within),
  ]);
}

function bounds(field: string, min: Optional<Text>, max: Optional<Text>, path?: string[]): Part {
  const bound = (comparison: Comparison, value: Optional<Text>) =>
    value == null
      ? null
      : condition(field, { kind: "compare", comparison, value: { ...textValue(value), quoted: false } }, path);
  return joined("and", [bound(">=", min), bound("<=", max)]);
}

function times(field: string, { after, before, isNull }: OptionalTimestampCondition, within?: QueryNode): Part {
  const set = present(field, isNull == null ? isNull : !isNull, within);
  return joined("and", [bounds(field, after, before), set]);
}

function numbers(field: string, { any, notAny, min, max, isNull }: ValueCondition): Part {
  const set = present(field, isNull == null ? isNull : !isNull);
  return joined("and", [oneOf(field, any), noneOf(field, notAny), bounds(field, min, max), set]);
}

function ofArtifacts(filter: ArtifactFilter): Part {
  const { key, type, label, author, owner, tags: tagged, description, hasRun } = filter;
  return joined(filter.operator, [
    oneOf("id", filter.id?.any),
    key ? keyOf(key) : null,
    type ? joined("and", [choice("type", type), present("type", type.exists)]) : null,
    oneOf("flowrun", filter.flowRunId?.any),
    oneOf("taskrun", filter.taskRunId?.any),
    present("run", hasRun),
    numbers("version", filter.version ?? {}),
    numbers("versions", filter.versions ?? {}),
    label ? joined("and", [oneOf("label", label.any), present("label", label.exists)]) : null,
    author ? joined("and", [names("by", author), caller(author.me), present("by", author.exists)]) : null,
    owner ? joined("and", [choice("owner", owner), present("owner", owner.exists)]) : null,
    tagged ? tags("tag", tagged) : null,
    numbers("size", filter.size ?? {}),
    numbers("rows", filter.rows ?? {}),
    numbers("number", filter.number ?? {}),
    description ? joined("and", [partOf(description.contains), present("description", description.exists)]) : null,
    joined("and", (filter.metadata ?? []).map(member)),
    times("created", filter.created ?? {}),
    times("updated", filter.updated ?? {}),
  ]);
}

function partOf(description: string | null | undefined): Part {
  return description ? any("description", [toValue(description)]) : null;
}

function keyOf(key: KeyCondition): Part {
  return joined("and", [
    names("key", key),
    present("key", key.exists),
    key.folder == null ? null : any("folder", [toValue(key.folder)]),
  ]);
}

function member({ name, path, exists, equals, any: some, notAny, contains, min, max }: MetadataCondition): Part {
  const names = [name, ...(path ?? [])];
  const json = (values: unknown[]) =>
    condition("metadata", { kind: "json", values: values.map((each) => textValue(JSON.stringify(each))) }, names);
  const there = any("metadata", [toValue("", "")], names);
  return joined("and", [
    exists == null ? null : exists ? there : not(there),
    equals === undefined ? null : json([equals]),
    some ? (some.length > 0 ? json(some) : NOTHING) : null,
    notAny?.length ? joined("and", [there, not(json(notAny))]) : null,
    contains ? condition("metadata", { kind: "like", value: toValue(contains) }, names) : null,
    bounds("metadata", min, max, names),
  ]);
}

function ofState(noun: "run" | "task", { operator, type, name }: StateCondition): Part {
  const lower = (types: Optional<string[]>) => types?.map((each) => each.toLowerCase());
  return joined(operator, [
    type ? choice(`${noun}.state`, { any: lower(type.any), notAny: lower(type.notAny) }) : null,
    name ? choice(`${noun}.state.name`, name) : null,
  ]);
}

function ofFlowRuns(filter: FlowRunFilter): Part {
  const run = has("flowrun");
  const { deploymentId, workQueueName, parentTaskRunId, createdBy } = filter;
  const isSet = (name: string, isNull: Optional<boolean>) => present(name, isNull == null ? isNull : !isNull, run);
  return joined(filter.operator, [
    filter.id ? choice("run.id", filter.id) : null,
    filter.name ? names("run", filter.name) : null,
    filter.tags ? tags("run.tag", filter.tags, run) : null,
    oneOf("run.flow.id", filter.flowId?.any),
    joined(deploymentId?.operator, [
      oneOf("run.deployment.id", deploymentId?.any),
      isSet("run.deployment.id", deploymentId?.isNull),
    ]),
    joined(workQueueName?.operator, [
      oneOf("run.queue", workQueueName?.any),
      isSet("run.queue", workQueueName?.isNull),
    ]),
    filter.state ? ofState("run", filter.state) : null,
    oneOf("run.version", filter.flowVersion?.any),
    times("run.started", filter.startTime ?? {}, run),
    times("run.ended", filter.endTime ?? {}, run),
    times("run.expected", filter.expectedStartTime ?? {}, run),
    times("run.scheduled", filter.nextScheduledStartTime ?? {}, run),
    oneOf("run.parent", filter.parentFlowRunId?.any),
    joined(parentTaskRunId?.operator, [
      oneOf("run.parent.task", parentTaskRunId?.any),
      isSet("run.parent.task", parentTaskRunId?.isNull),
    ]),
    filter.idempotencyKey ? choice("run.idempotency", filter.idempotencyKey) : null,
    joined(createdBy?.operator, [
      oneOf("run.by.id", createdBy?.id),
      oneOf("run.by", createdBy?.type),
      isSet("run.by", createdBy?.isNull),
    ]),
  ]);
}

function ofTaskRuns(filter: TaskRunFilter): Part {
  const task = has("taskrun");
  const { flowRunId, subflowRuns } = filter;
  return joined(filter.operator, [
    oneOf("task.id", filter.id?.any),
    filter.name ? names("task", filter.name) : null,
    filter.tags ? tags("task.tag", filter.tags, task) : null,
    filter.state ? ofState("task", filter.state) : null,
    times("task.started", filter.startTime ?? {}, task),
    times("task.ended", filter.endTime ?? {}, task),
    times("task.expected", filter.expectedStartTime ?? {}, task),
    subflowRuns?.exists == null ? null : any("task.subflow", [toValue(String(subflowRuns.exists))]),
    joined(flowRunId?.operator, [
      oneOf("task.run", flowRunId?.any),
      present("task.run", flowRunId?.isNull == null ? null : !flowRunId.isNull, task),
    ]),
  ]);
}

function ofDeployments(filter: DeploymentFilter): Part {
  const deployment = has("deployment");
  const { concurrencyLimit: limit, paused } = filter;
  return joined(filter.operator, [
    filter.id ? choice("deployment.id", filter.id) : null,
    filter.name ? names("deployment", filter.name) : null,
    oneOf("deployment.flow.id", filter.flowId?.any),
    filter.flowOrDeploymentName ? names("deployment.search", filter.flowOrDeploymentName) : null,
    paused?.eq == null ? null : any("deployment.paused", [toValue(String(paused.eq))]),
    filter.tags ? tags("deployment.tag", filter.tags, deployment) : null,
    oneOf("deployment.queue", filter.workQueueName?.any),
    joined("and", [
      bounds("deployment.limit", limit?.min, limit?.max),
      present("deployment.limit", limit?.isNull == null ? null : !limit.isNull, deployment),
    ]),
  ]);
}

function ofFlows(filter: FlowFilter): Part {
  const isNull = filter.deployment?.isNull;
  return joined(filter.operator, [
    filter.id ? choice("flow.id", filter.id) : null,
    filter.name ? names("flow", filter.name) : null,
    filter.tags ? tags("flow.tag", filter.tags, has("flow")) : null,
    isNull == null ? null : any("flow.deployed", [toValue(String(!isNull))]),
  ]);
}
