"use client";

import { createContext, type ReactNode, use } from "react";
import type { Account } from "./server";

type Role = Account["role"];

// As without API keys, where everybody may do everything.
const RoleContext = createContext<Role>("admin");

/** Tells the pages in it what the role of their reader is. The server checks every call in any case. */
export function RoleProvider({ role, children }: { role: Role; children: ReactNode }) {
  return <RoleContext value={role}>{children}</RoleContext>;
}

/** What the reader of the page may do: offer nothing else. */
export function useRole(): { role: Role; mayWrite: boolean; mayAdmin: boolean } {
  const role = use(RoleContext);
  return { role, mayWrite: role !== "read", mayAdmin: role === "admin" };
}
