import { setTimeout as after } from "node:timers/promises";
import type { ChangeMessage } from "#contract/changes";
import type { TaskRunReport } from "#contract/task-run";
import { enteredFlowRuns, enteredTaskRuns, type Origin, originsOf, type Since } from "#server/models/entered";
import { titleCase } from "#server/models/run-state";
import { logUnexpected } from "#server/process/log";
import type { Context } from "#server/routers/context";
import type { EventFilter } from "./event-filter";
import { flowRunEvent, type RunEvent, taskRunEvent } from "./run-event";

/** The time between two reads, in milliseconds. */
const INTERVAL = 200;

/** How far back states are read after a change, and after changes may have been missed, in seconds. */
const RECENT = 10;
const MISSED = 60;

type Listener = (event: RunEvent) => void;
type Kinds = Pick<EventFilter, "flowRuns" | "taskRuns">;

const NO_ORIGIN: Origin = { flowRun: null, flow: null, deployment: null };

/** The events of runs, read from the database while anyone listens. Clients drop an event that comes twice. */
export interface StateFeed {
  /**
   * Sends the events since the filter's timestamp, then new ones.
   * @returns ends the subscription
   */
  subscribe(filter: EventFilter, listener: Listener): () => void;
  /** Sends states of task runs that were just recorded, of which the database keeps the last alone. */
  publish(reports: TaskRunReport[]): void;
}

/** Reads what other processes change too: changes name no rows, so that the last seconds of states are read again. */
export function createStateFeed({ pools, changes }: Pick<Context, "pools" | "changes">): StateFeed {
  const listeners = new Map<Listener, EventFilter>();
  let stop = new AbortController();
  let sent = new Set<string>();

  const requested = (): Kinds => {
    const filters = [...listeners.values()];
    return { flowRuns: filters.some((each) => each.flowRuns), taskRuns: filters.some((each) => each.taskRuns) };
  };

  async function read(since: Since, { flowRuns, taskRuns }: Kinds): Promise<RunEvent[]> {
    const db = pools.reads();
    const [ofFlows, ofTasks] = await Promise.all([
      flowRuns ? enteredFlowRuns(db, since) : [],
      taskRuns ? enteredTaskRuns(db, since) : [],
    ]);
    const events = [...ofFlows.map(flowRunEvent), ...ofTasks.map(taskRunEvent)].filter((event) => event !== null);
    return events.sort((a, b) => (a.occurred < b.occurred ? -1 : 1));
  }

  function send(event: RunEvent): void {
    if (sent.has(event.id)) return;
    for (const listener of listeners.keys()) listener(event);
  }

  async function follow({ signal }: AbortController): Promise<void> {
    sent = new Set();
    for await (const message of changes.watch(undefined, signal)) {
      if (!isOf(message, requested())) continue;
      const events = await read({ seconds: message.type === "resync" ? MISSED : RECENT }, requested());
      events.forEach(send);
      sent = new Set(events.map(({ id }) => id));
      await after(INTERVAL);
    }
  }

  /** Follows again after an error, such as a restart of the database, until nobody listens or the server stops. */
  async function followAgain(controller: AbortController): Promise<void> {
    for (let failures = 0; !controller.signal.aborted; failures++) {
      const error: unknown = await follow(controller).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error === null || (error instanceof DOMException && error.name === "AbortError")) return;
      if (failures === 0) logUnexpected(error);
      await after(1_000);
    }
  }

  async function publishAll(reports: TaskRunReport[]): Promise<void> {
    const origins = await originsOf(pools.reads(), [...new Set(reports.flatMap(({ flowRunId }) => flowRunId ?? []))]);
    for (const report of reports) {
      const event = reportedEvent(report, report.flowRunId ? origins.get(report.flowRunId) : NO_ORIGIN);
      if (!event) continue;
      send(event);
      sent.add(event.id);
    }
  }

  return {
    subscribe(filter, listener) {
      const { since: timestamp, flowRunIds } = filter;
      const sendMatching: Listener = (event) => {
        if (filter.matches(event)) listener(event);
      };
      if (listeners.size === 0) {
        stop = new AbortController();
        followAgain(stop);
      }
      listeners.set(sendMatching, filter);
      if (timestamp !== null) {
        const past = read({ timestamp, flowRunIds }, filter);
        past.then((events) => events.forEach(sendMatching), logUnexpected);
      }
      return () => {
        listeners.delete(sendMatching);
        if (listeners.size === 0) stop.abort();
      };
    },
    publish(reports) {
      if (requested().taskRuns) publishAll(reports).catch(logUnexpected);
    },
  };
}

function isOf(message: ChangeMessage, { flowRuns, taskRuns }: Kinds): boolean {
  if (message.type === "resync") return flowRuns || taskRuns;
  return (flowRuns && message.kinds.includes("flowRun")) || (taskRuns && message.kinds.includes("taskRun"));
}

/** The event of a reported state; null where the task run's flow run does not exist, which is not recorded. */
function reportedEvent({ state, occurred, ...report }: TaskRunReport, origin: Origin | undefined): RunEvent | null {
  if (!origin) return null;
  const { expectedStartTime = null, startTime = null, endTime = null } = report;
  const { type, name, message = null } = state;
  const entered = { type, name: name ?? titleCase(type), message, timestamp: toDatabaseText(occurred) };
  return taskRunEvent({ run: { ...report, state: entered, expectedStartTime, startTime, endTime }, origin });
}

/** A timestamp as the database returns it, from which the id of the state is derived. */
function toDatabaseText(timestamp: string): string {
  const fraction = /\.(\d+)/.exec(timestamp)?.[1] ?? "";
  return `${new Date(timestamp).toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, "0")}Z`;
}
