import type { inferRouterOutputs } from "@trpc/server";
import { createChanges } from "#server/models/changes";
import { type AppRouter, createCaller } from "#server/routers/app-router";
import type { Context, Role } from "#server/routers/context";
import type { FreshDatabase } from "./database";

type Procedures = ReturnType<typeof createCaller>;
type Outputs = inferRouterOutputs<AppRouter>;
type Call<Procedure, Output> = Procedure extends (...input: infer Input) => unknown
  ? (...input: Input) => Promise<Output>
  : never;

/** Every procedure, with data as the value that `JSON.parse` makes of it. */
export type Caller = {
  [Noun in keyof Outputs]: { [Verb in keyof Outputs[Noun]]: Call<Procedures[Noun][Verb], Outputs[Noun][Verb]> };
};

/** Calls procedures in process on a test's own database. @param keys the keys that the role reaches */
export function callerOn(
  fresh: Pick<FreshDatabase, "pools">,
  role: Role | null = "admin",
  keys: string | null = null,
): Caller {
  return valueCaller({ pools: fresh.pools, role, keys, caller: "test", changes: createChanges(null) });
}

/** Calls procedures in process with a context; data comes as its value. */
export function valueCaller(context: Omit<Context, "encode">): Caller {
  // What is encoded has the types of JSON.
  return createCaller({ ...context, encode: (data) => data.toJSON() }) as unknown as Caller;
}
