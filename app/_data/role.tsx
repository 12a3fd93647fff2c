"use client";

import { createContext, type ReactNode, use, useMemo } from "react";
import type { Account } from "./server";

type Rights = Pick<Account, "role" | "keys">;

// As without API keys, where everybody may do everything.
const EVERYTHING: Rights = { role: "admin", keys: null };
const RightsContext = createContext(EVERYTHING);

/**
 * Tells the pages in it what their reader may do; without an account that is everything. The server checks every call in any
 * case.
 */
export function RoleProvider({ account, children }: { account: Rights | null; children: ReactNode }) {
  const { role, keys } = account ?? EVERYTHING;
  const rights = useMemo(() => ({ role, keys }), [role, keys]);
  return <RightsContext value={rights}>{children}</RightsContext>;
}

/** What the reader of the page may do: offer nothing else. Settings need a role that is not limited to keys. */
export function useRole(): { role: Account["role"]; mayWrite: boolean; mayAdmin: boolean; mayConfigure: boolean } {
  const { role, keys } = use(RightsContext);
  const mayAdmin = role === "admin";
  return { role, mayWrite: role !== "read", mayAdmin, mayConfigure: mayAdmin && keys === null };
}
