import { z } from "zod";
import { parseJson } from "#contract/json";
import type { TaskRunReport } from "#contract/task-run";
import { Id } from "#contract/value";
import { StateType } from "#contract/where";
import { RestTimestamp } from "../value";

const MAX_NAME = 255;
const MAX_TAGS = 50;

/** Bytes of a state's message. */
const MAX_MESSAGE = 64 * 1024;

/** Prefect has no limits for these; they are cut to the contract's, since an event cannot be corrected by its sender. */
const Name = z.string().transform(toName).pipe(z.string().min(1));
const OptionalTime = RestTimestamp.nullish().transform((time) => time ?? null);

const Resource = z.looseObject({ "prefect.resource.id": z.string() });
const Related = Resource.extend({ "prefect.resource.role": z.string().optional() });

const TaskRunEvent = z.object({
  event: z.string().startsWith("prefect.task-run."),
  occurred: RestTimestamp,
  resource: Resource,
  related: z.array(Related).default([]),
  payload: z.object({
    validated_state: z.object({ type: StateType, name: Name.nullish(), message: z.string().nullish() }),
    task_run: z.object({
      name: Name,
      task_key: Name,
      dynamic_key: Name,
      tags: z.array(Name).default([]),
      expected_start_time: OptionalTime,
      start_time: OptionalTime,
      end_time: OptionalTime,
    }),
  }),
});

/** The task run and its state in an event of Prefect's client; null for any other text. */
export function parseTaskRunEvent(text: string): TaskRunReport | null {
  // Most other events are not parsed at all.
  if (!text.includes('"prefect.task-run.')) return null;
  const { data } = TaskRunEvent.safeParse(parseJson(text));
  const id = data && objectId(data.resource, "prefect.task-run.");
  if (!data || !id) return null;
  const { validated_state: state, task_run: run } = data.payload;
  const flowRun = data.related.find((each) => each["prefect.resource.role"] === "flow-run");
  return {
    id,
    flowRunId: flowRun ? objectId(flowRun, "prefect.flow-run.") : null,
    taskKey: run.task_key,
    dynamicKey: run.dynamic_key,
    name: run.name,
    tags: [...new Set(run.tags)].slice(0, MAX_TAGS),
    state: { type: state.type, name: state.name, message: state.message == null ? null : toMessage(state.message) },
    occurred: data.occurred,
    expectedStartTime: run.expected_start_time,
    startTime: run.start_time,
    endTime: run.end_time,
  };
}

function objectId(resource: z.infer<typeof Resource>, prefix: string): string | null {
  const name = resource["prefect.resource.id"];
  return name.startsWith(prefix) ? (Id.safeParse(name.slice(prefix.length)).data ?? null) : null;
}

function toName(text: string): string {
  return text
    .replace(/\p{Cc}/gu, " ")
    .slice(0, MAX_NAME)
    .toWellFormed();
}

function toMessage(text: string): string {
  const plain = text.replaceAll("\0", " ").toWellFormed();
  if (Buffer.byteLength(plain) <= MAX_MESSAGE) return plain;
  // A character that is cut becomes one of three bytes.
  return Buffer.from(plain)
    .subarray(0, MAX_MESSAGE - 3)
    .toString();
}
