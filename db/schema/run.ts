import { sql } from "drizzle-orm";
import { type AnyPgColumn, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { FlowRun } from "#contract/flow-run";
import type { Json } from "#contract/json";
import type { StateType } from "#contract/where";
import {
  caseInsensitiveIndex,
  generatedId,
  jsonb,
  limitedIndex,
  limitedTo,
  plainText,
  timestamp,
  timestamps,
} from "./column";
import { flow } from "./flow";

const run = () => ({
  tags: text("tags").array().notNull().default([]),
  stateType: text("state_type").$type<StateType>(),
  stateName: text("state_name"),
  stateMessage: text("state_message"),
  stateTimestamp: timestamp("state_timestamp"),
  expectedStartTime: timestamp("expected_start_time"),
  startTime: timestamp("start_time"),
  endTime: timestamp("end_time"),
  ...timestamps(),
  ...limitedTo(),
});

/**
 * One run of a flow. The deployment carries no foreign key: a run outlives it, as in Prefect. The parent's is deferrable
 * (written by hand in the migration), as runs and tasks name each other.
 */
export const flowRun = pgTable(
  "flow_run",
  {
    id: generatedId(),
    flowId: uuid("flow_id")
      .notNull()
      .references(() => flow.id, { onDelete: "cascade" }),
    name: plainText("name").notNull(),
    deploymentId: uuid("deployment_id"),
    parentTaskRunId: uuid("parent_task_run_id").references((): AnyPgColumn => taskRun.id, { onDelete: "set null" }),
    idempotencyKey: text("idempotency_key"),
    flowVersion: text("flow_version"),
    workQueueName: text("work_queue_name"),
    parameters: jsonb("parameters").$type<{ [key: string]: Json }>().notNull().default({}),
    createdBy: jsonb("created_by").$type<FlowRun["createdBy"]>(),
    nextScheduledStartTime: timestamp("next_scheduled_start_time"),
    runCount: integer("run_count").notNull().default(0),
    retries: integer("retries"),
    retryDelay: integer("retry_delay"),
    ...run(),
  },
  (table) => [
    unique("flow_run_flow_idempotency").on(table.flowId, table.idempotencyKey),
    index("flow_run_flow").on(table.flowId),
    index("flow_run_deployment").on(table.deploymentId),
    index("flow_run_parent").on(table.parentTaskRunId),
    index("flow_run_start").on(
      sql`coalesce(${table.startTime}, ${table.expectedStartTime}, ${table.created})`,
      table.id,
    ),
    index("flow_run_state").on(table.stateType),
    index("flow_run_state_timestamp").on(table.stateTimestamp),
    index("flow_run_name").on(table.name, table.id),
    index("flow_run_tags").using("gin", table.tags),
    index("flow_run_name_words").using("gin", caseInsensitiveIndex(table.name)),
    limitedIndex("flow_run_limited", table),
  ],
);

/** One run of a task inside a flow run, or on its own. */
export const taskRun = pgTable(
  "task_run",
  {
    id: generatedId(),
    flowRunId: uuid("flow_run_id").references((): AnyPgColumn => flowRun.id, { onDelete: "cascade" }),
    taskKey: plainText("task_key").notNull(),
    dynamicKey: plainText("dynamic_key").notNull(),
    name: plainText("name").notNull(),
    ...run(),
  },
  (table) => [
    unique("task_run_natural").on(table.flowRunId, table.taskKey, table.dynamicKey).nullsNotDistinct(),
    index("task_run_start").on(
      sql`coalesce(${table.startTime}, ${table.expectedStartTime}, ${table.created})`,
      table.id,
    ),
    index("task_run_state").on(table.stateType),
    index("task_run_updated").on(table.updated),
    index("task_run_name").on(table.name, table.id),
    index("task_run_tags").using("gin", table.tags),
    index("task_run_name_words").using("gin", caseInsensitiveIndex(table.name)),
    limitedIndex("task_run_limited", table),
  ],
);
