/** The most keys that an actor can pin. */
export const MAX_PINS = 100;

/** A pinned key, which comes first in lists. */
export interface Pin {
  key: string;
  created: string;
  /** Whether everyone has it: what was pinned without a credential is the instance's. */
  shared: boolean;
}

/** A key that is not pinned any more. */
export interface Unpinned {
  key: string;
}
