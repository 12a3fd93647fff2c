import type { AnyTRPCProcedure } from "@trpc/server";
import { appRouter } from "./app-router";
import type { Role } from "./context";
import { hasRole, type Meta } from "./trpc";

type Procedure = AnyTRPCProcedure & { _def: { meta: Meta } };

// tRPC stores procedures by their whole path, which its types do not declare.
const byPath = appRouter._def.procedures as unknown as Record<string, Procedure>;

/** Every procedure by its path: `artifact.create`. */
export const procedures: ReadonlyMap<string, Procedure> = new Map(Object.entries(byPath));

/** Whether a role may call a procedure; false for one that does not exist. */
export function permits(role: Role | null, name: string): boolean {
  const procedure = procedures.get(name);
  return procedure !== undefined && hasRole(role, procedure._def.meta.role);
}
