import type { z } from "zod";
import type { Connection } from "./connection";
import { type TypedKey, typedKey } from "./key";
import { type Publisher, publisherIn, publishIn } from "./publish";
import { type RunOptions, runIn, type TaskOptions, taskIn } from "./run";
import type { Scope } from "./scope";

/** What a connection, a run and a task all offer; what is published through a run or task belongs to it. */
export interface Hand<Miss extends null> extends Publisher<Miss> {
  /** A key whose versions have the shape of a schema: `vitrine.key("daily-report", z.object({ … }))`. */
  key<Schema extends z.ZodType>(key: string, schema: Schema): TypedKey<Schema, Miss>;
  /** Does work as a run of a flow: its states follow from whether the work succeeds, and its error goes on. */
  run<T>(options: RunOptions, work: (run: Run<Miss>) => T | Promise<T>): Promise<T>;
  /** Does work as a task of the run around it, as `run` does. */
  task<T>(task: string | TaskOptions, work: (task: Run<Miss>) => T | Promise<T>): Promise<T>;
}

/** A flow run or task run, as long as its work goes on. */
export interface Run<Miss extends null> extends Hand<Miss> {
  readonly id: string | Miss;
}

/** The hand in a scope; without one, in whatever scope the platform knows. */
export function handIn<Miss extends null>(connection: Connection<Miss>, scope?: Scope): Hand<Miss> {
  const parent = () => scope ?? connection.scopes.current();
  const publish = publishIn(connection, scope);
  return {
    ...publisherIn(connection, scope),
    key: (key, schema) => typedKey(connection.procedures, publish, key, schema),
    run: (options, work) =>
      runIn(connection, parent(), options, (made, id) => work({ ...handIn(connection, made), id })),
    task: (task, work) =>
      taskIn(connection, parent(), typeof task === "string" ? { task } : task, (made, id) =>
        work({ ...handIn(connection, made), id }),
      ),
  };
}
