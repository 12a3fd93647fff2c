import { setTimeout as after } from "node:timers/promises";
import type { ChangeMessage } from "#contract/changes";
import type { FlowRun } from "#contract/flow-run";
import * as flowRuns from "#server/models/flow-run";
import { logUnexpected } from "#server/process/log";
import type { Context } from "#server/routers/context";
import { type EventFilter, type FlowRunEvent, flowRunEvent } from "./flow-run-event";

/** The time between two reads, in milliseconds. */
const INTERVAL = 200;

/** How far back states are read after a change, and after changes may have been missed, in seconds. */
const RECENT = 10;
const MISSED = 60;

type Listener = (event: FlowRunEvent) => void;

/** The events of flow runs, read from the database while anyone listens. Clients drop an event that comes twice. */
export interface StateFeed {
  /**
   * Sends the events since the filter's timestamp, then new ones.
   * @returns ends the subscription
   */
  subscribe(filter: EventFilter, listener: Listener): () => void;
}

/** Reads what other processes change too: changes name no rows, so that the last seconds of states are read again. */
export function createStateFeed({ pools, changes }: Pick<Context, "pools" | "changes">): StateFeed {
  const listeners = new Set<Listener>();
  let stop = new AbortController();

  async function follow({ signal }: AbortController): Promise<void> {
    let sent = new Set<string>();
    for await (const message of changes.watch(undefined, signal)) {
      if (!isOfFlowRuns(message)) continue;
      const runs = await flowRuns.enteredSince(pools.reads(), { seconds: message.type === "resync" ? MISSED : RECENT });
      const events = eventsOf(runs);
      for (const event of events) if (!sent.has(event.id)) for (const listener of listeners) listener(event);
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

  return {
    subscribe(filter, listener) {
      const { since: timestamp, flowRunIds: ids } = filter;
      const send: Listener = (event) => {
        if (filter.matches(event)) listener(event);
      };
      if (listeners.size === 0) {
        stop = new AbortController();
        followAgain(stop);
      }
      listeners.add(send);
      if (timestamp !== null) {
        const past = flowRuns.enteredSince(pools.reads(), { timestamp, ids });
        past.then((runs) => eventsOf(runs).forEach(send), logUnexpected);
      }
      return () => {
        listeners.delete(send);
        if (listeners.size === 0) stop.abort();
      };
    },
  };
}

function isOfFlowRuns(message: ChangeMessage): boolean {
  return message.type === "resync" || message.kinds.includes("flowRun");
}

function eventsOf(runs: FlowRun[]): FlowRunEvent[] {
  return runs.map(flowRunEvent).filter((event) => event !== null);
}
