import type { MetadataCondition } from "../filter";
import { KEY } from "../key";
import { STATE_TYPES } from "../state";
import type { ArtifactFilter, FlowRunFilter, Where } from "../where";
import { type Condition, namesOf, parseBounds, parseNumber } from "./condition";
import { timeCondition } from "./time-range";

/** The API's filter of valid conditions at a time (milliseconds). */
export function toWhere(conditions: Condition[], now: number): Where {
  const where: Where = {};
  const artifacts: ArtifactFilter = {};
  const flowRuns: FlowRunFilter = {};
  for (const condition of conditions) {
    const { field, values } = condition;
    const [value = ""] = values;
    switch (field) {
      case "type":
        artifacts.type = { ...artifacts.type, ...listed(condition, values) };
        break;
      case "key":
        artifacts.key = {
          ...artifacts.key,
          ...listed(
            condition,
            values.filter((text) => text.length <= 255 && KEY.test(text)),
          ),
        };
        break;
      case "description":
        artifacts.description = { contains: value };
        break;
      case "created":
      case "updated":
        artifacts[field] = timeCondition(value, now);
        break;
      case "size":
      case "version":
      case "versions":
      case "rows":
      case "number":
        artifacts[field] = { ...artifacts[field], ...measured(condition) };
        break;
      case "label":
        artifacts.label = {
          ...artifacts.label,
          ...(condition.operator === "is" ? { any: values } : { exists: condition.operator === "exists" }),
        };
        break;
      case "owner":
        artifacts.owner = { ...artifacts.owner, ...chosen(condition) };
        break;
      case "metadata":
        artifacts.metadata = [...(artifacts.metadata ?? []), member(condition)];
        break;
      case "flow":
        where.flows = { name: { ...where.flows?.name, ...listed(condition, values) } };
        break;
      case "deployment":
        where.deployments = { name: { ...where.deployments?.name, ...listed(condition, values) } };
        break;
      case "task":
        where.taskRuns = { name: { ...where.taskRuns?.name, ...listed(condition, values) } };
        break;
      case "run":
        flowRuns.name = { ...flowRuns.name, ...listed(condition, values) };
        break;
      case "state":
        flowRuns.state = { type: { ...flowRuns.state?.type, ...listed(condition, statesAmong(values)) } };
        break;
      case "tag":
        artifacts.tags = { ...artifacts.tags, ...listed(condition, values) };
        break;
      case "runtag":
        flowRuns.tags = { ...flowRuns.tags, ...listed(condition, values) };
        break;
      case "started":
        flowRuns.startTime = timeCondition(value, now);
        break;
      case "ended":
        flowRuns.endTime = timeCondition(value, now);
    }
  }
  if (Object.keys(artifacts).length > 0) where.artifacts = artifacts;
  if (Object.keys(flowRuns).length > 0) where.flowRuns = flowRuns;
  return where;
}

function statesAmong(values: string[]) {
  return STATE_TYPES.filter((type) => values.includes(type));
}

interface Listed<T> {
  any?: T[];
  notAny?: T[];
  all?: T[];
  contains?: string;
}

function listed<T extends string>({ operator, values: [first] }: Condition, values: T[]): Listed<T> {
  if (operator === "is") return { any: values };
  if (operator === "not") return { notAny: values };
  return operator === "all" ? { all: values } : { contains: first };
}

function chosen(condition: Condition): Listed<string> & { exists?: boolean } {
  const { operator, values } = condition;
  if (operator === "exists" || operator === "missing") return { exists: operator === "exists" };
  return listed(condition, values);
}

interface Measured {
  any?: number[];
  notAny?: number[];
  min?: number | null;
  max?: number | null;
  isNull?: boolean;
}

function measured({ operator, values }: Condition): Measured {
  if (operator === "exists" || operator === "missing") return { isNull: operator === "missing" };
  if (operator === "in") return parseBounds(values[0] ?? "") ?? {};
  const numbers = values.flatMap((value) => parseNumber(value) ?? []);
  return operator === "is" ? { any: numbers } : { notAny: numbers };
}

function member({ path: text, operator, values }: Condition): MetadataCondition {
  const [name = "", ...path] = namesOf(text);
  const at = path.length > 0 ? { name, path } : { name };
  if (operator === "exists" || operator === "missing") return { ...at, exists: operator === "exists" };
  if (operator === "contains") return { ...at, contains: values[0] };
  if (operator === "in") return { ...at, ...parseBounds(values[0] ?? "") };
  const any = values.flatMap((value) => [value, ...otherJson(value)]);
  return operator === "is" ? { ...at, any } : { ...at, notAny: any };
}

/** The number, boolean or null that a text also spells. */
function otherJson(text: string): (number | boolean | null)[] {
  if (text === "null") return [null];
  if (text === "true" || text === "false") return [text === "true"];
  return [parseNumber(text) ?? []].flat();
}
