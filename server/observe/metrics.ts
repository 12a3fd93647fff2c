import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { slotUsage } from "#db/slots";
import type { Changes } from "../models/changes";
import type { FinishedRequest } from "./request-record";

/** Seconds; limits of time are 2 s for most work and 30 s for the longest statement. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What a process measures, for Prometheus. */
export interface Metrics {
  finished(request: FinishedRequest): void;
  /** @param purged how many versions a sweep deleted permanently */
  swept(purged: number): void;
  /** All metrics in Prometheus's text format. */
  text(): Promise<string>;
}

/** Counts of this process, with those that Prometheus recommends for every process and for Node.js. */
export function createMetrics(version: string, changes: Pick<Changes, "status">): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "vitrine_request_duration_seconds",
    help: "Time until the end of the response, by procedure, REST route or kind of page, and by status",
    labelNames: ["route", "code"],
    buckets: BUCKETS,
    registers,
  });
  for (const state of ["taken", "waiting", "limit"] as const) {
    new Gauge({
      name: `vitrine_slots_${state}`,
      help: { taken: "Connection slots in use", waiting: "Requests that wait for a slot", limit: "All slots" }[state],
      labelNames: ["kind"],
      registers,
      collect() {
        for (const usage of slotUsage()) this.set({ kind: usage.kind }, usage[state]);
      },
    });
  }
  new Gauge({
    name: "vitrine_watchers",
    help: "Open event streams",
    registers,
    collect() {
      this.set(changes.status().watchers);
    },
  });
  new Gauge({
    name: "vitrine_listener_up",
    help: "1 while changes of other processes are received",
    registers,
    collect() {
      this.set(changes.status().listening ? 1 : 0);
    },
  });
  const sweeps = new Counter({ name: "vitrine_sweeps_total", help: "Sweeps of the trash that ended", registers });
  const purged = new Counter({
    name: "vitrine_purged_versions_total",
    help: "Versions that sweeps deleted permanently",
    registers,
  });
  const build = { version, node: process.versions.node };
  new Gauge({ name: "vitrine_build_info", help: "Always 1", labelNames: ["version", "node"], registers }).set(build, 1);
  return {
    finished: ({ record, status, duration: ms }) =>
      duration.observe({ route: record.route, code: String(status) }, ms / 1000),
    swept(count) {
      sweeps.inc();
      purged.inc(count);
    },
    text: () => registry.metrics(),
  };
}
