import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { Json } from "#contract/json";
import { caseInsensitiveIndex, generatedId, jsonb, limitedIndex, limitedTo, plainText, timestamps } from "./column";

type JsonObject = { [key: string]: Json };

const tagged = () => ({
  tags: text("tags").array().notNull().default([]),
  labels: jsonb("labels").$type<JsonObject>().notNull().default({}),
});

/** A workflow, by its name. */
export const flow = pgTable(
  "flow",
  { id: generatedId(), name: plainText("name").notNull(), ...tagged(), ...timestamps(), ...limitedTo() },
  (table) => [
    unique("flow_name").on(table.name),
    index("flow_created").on(table.created, table.id),
    index("flow_updated").on(table.updated, table.id),
    index("flow_tags").using("gin", table.tags),
    index("flow_name_words").using("gin", caseInsensitiveIndex(table.name)),
    limitedIndex("flow_limited", table),
  ],
);

/** A flow as deployed: by flow and name. */
export const deployment = pgTable(
  "deployment",
  {
    id: generatedId(),
    flowId: uuid("flow_id")
      .notNull()
      .references(() => flow.id, { onDelete: "cascade" }),
    name: plainText("name").notNull(),
    description: text("description"),
    version: text("version"),
    paused: boolean("paused").notNull().default(false),
    parameters: jsonb("parameters").$type<JsonObject>().notNull().default({}),
    parameterOpenapiSchema: jsonb("parameter_openapi_schema").$type<JsonObject>(),
    enforceParameterSchema: boolean("enforce_parameter_schema").notNull().default(true),
    path: text("path"),
    entrypoint: text("entrypoint"),
    pullSteps: jsonb("pull_steps").$type<JsonObject[]>(),
    jobVariables: jsonb("job_variables").$type<JsonObject>().notNull().default({}),
    workQueueName: text("work_queue_name"),
    concurrencyLimit: integer("concurrency_limit"),
    ...tagged(),
    ...timestamps(),
    ...limitedTo(),
  },
  (table) => [
    unique("deployment_flow_name").on(table.flowId, table.name),
    index("deployment_name").on(table.name, table.id),
    index("deployment_created").on(table.created, table.id),
    index("deployment_tags").using("gin", table.tags),
    index("deployment_name_words").using("gin", caseInsensitiveIndex(table.name)),
    limitedIndex("deployment_limited", table),
  ],
);
