import type { Mishaps } from "./error-policy";
import type { Procedures } from "./procedures";
import type { Scopes } from "./scope";

/** What everything that is published goes through. */
export interface Connection<Miss extends null> {
  procedures: Procedures;
  mishaps: Mishaps<Miss>;
  scopes: Scopes;
}
