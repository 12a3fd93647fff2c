"use client";

import { createContext, type ReactNode, use, useMemo } from "react";
import type { Account } from "./server";

type Rights = Pick<Account, "role" | "keys">;

// As without API keys, where everybody may do everything.
const EVERYTHING: Rights = { role: "admin", keys: null };
const RightsContext = createContext<Rights & { isSignedIn: boolean }>({ ...EVERYTHING, isSignedIn: false });

/**
 * Tells the pages in it what their reader may do; without an account that is everything. The server checks every call in any
 * case.
 */
export function RoleProvider({ account, children }: { account: Rights | null; children: ReactNode }) {
  const { role, keys } = account ?? EVERYTHING;
  const isSignedIn = account !== null;
  const rights = useMemo(() => ({ role, keys, isSignedIn }), [role, keys, isSignedIn]);
  return <RightsContext value={rights}>{children}</RightsContext>;
}

/**
 * What the reader of the page may do: offer nothing else. Settings need a role that is not limited to keys, as does what is
 * shared with everyone. Where nobody signs in, everything is shared.
 */
export function useRole() {
  const { role, keys, isSignedIn } = use(RightsContext);
  const [mayWrite, mayAdmin] = [role !== "read", role === "admin"];
  return {
    role,
    isSignedIn,
    mayWrite,
    mayAdmin,
    mayShare: mayWrite && keys === null,
    mayConfigure: mayAdmin && keys === null,
  };
}
