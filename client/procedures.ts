import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "#server/routers/app-router";
import type { Call } from "./call";

/** What is asked; `changes` is listened to instead. */
type Noun = Exclude<keyof AppRouter["_def"]["record"], "changes">;

/** Every query and mutation of the server, typed: `artifact.create.mutate({ key: "report", data: "# Hi" })`. */
export type Procedures = Pick<TRPCClient<AppRouter>, Noun>;

/** The procedures, each of which leads to `call`. */
export function proceduresOf(call: Call): Procedures {
  // Every path that the type knows is answered as its last name says, see `pathOf`.
  return pathOf([], call) as Procedures;
}

/** Grows by a name with each access; called, it asks for what stands before `query` or `mutate`. */
function pathOf(names: string[], call: Call): unknown {
  return new Proxy(() => {}, {
    get: (_, name) => (typeof name === "string" && name !== "then" ? pathOf([...names, name], call) : undefined),
    apply: (_, __, [input, options]) => {
      const path = names.slice(0, -1).join(".");
      return call(names.at(-1) === "mutate" ? "mutation" : "query", path, input, options);
    },
  });
}
