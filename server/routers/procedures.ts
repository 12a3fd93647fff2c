import type { AnyTRPCProcedure } from "@trpc/server";
import { z } from "zod";
import { appRouter } from "./app-router";
import type { Context } from "./context";
import { isLimited } from "./reach";
import { hasRole, type Meta } from "./trpc";

type Procedure = AnyTRPCProcedure & { _def: { meta: Meta } };

// tRPC stores procedures by their whole path, which its types do not declare.
const byPath = appRouter._def.procedures as unknown as Record<string, Procedure>;

/** Every procedure by its path: `artifact.create`. */
export const procedures: ReadonlyMap<string, Procedure> = new Map(Object.entries(byPath));

/** What the input of a procedure must match; none where it takes no input. */
export function inputSchemas({ _def }: Procedure): z.ZodType[] {
  return _def.inputs.filter((input) => input instanceof z.ZodType);
}

/** Whether a role that reaches some keys, or null for all, may call a procedure; false for one that does not exist. */
export function permits({ role, keys }: Pick<Context, "role" | "keys">, name: string): boolean {
  const procedure = procedures.get(name);
  if (!procedure || !hasRole(role, procedure._def.meta.role)) return false;
  return keys === null || isLimited(name);
}
