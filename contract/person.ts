import { z } from "zod";
import { byOffset } from "./paging";

/** People by name, then id. */
export const PersonList = z.strictObject({ ...byOffset }).prefault({});
export type PersonList = z.infer<typeof PersonList>;

/** Who signed in by OpenID Connect. */
export interface Person {
  /** That of their actor too. */
  id: string;
  /** As the provider said at the last sign-in, like `email` and `role`. */
  name: string;
  email: string | null;
  role: "read" | "write" | "admin";
  /** The first sign-in. */
  created: string;
  /** The last sign-in. */
  signedIn: string;
}

/** A person whose sessions were ended, and how many those were. */
export interface PersonSignedOut {
  id: string;
  sessions: number;
}
