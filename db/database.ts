import type { Address } from "./address";
import type { Pools } from "./postgres";
import { processSingleton } from "./process-singleton";

/** The process's own database. */
export interface OpenDatabase {
  pools: Pools;
  address: Address;
  /** The names of the migrations that ran when it was opened. */
  migrations: string[];
  /** Closes the connections, then the embedded PostgreSQL. */
  close(): Promise<void>;
}

interface State {
  opening?: Promise<OpenDatabase> | undefined;
  open?: OpenDatabase | undefined;
}

const state = processSingleton("database", (): State => ({}));

/** Opens the process's database by `open`, unless it is open or opening. After an error it may be opened again. */
export function openOnce(open: () => Promise<OpenDatabase>): Promise<OpenDatabase> {
  state.opening ??= open().then(
    (opened) => {
      state.open = opened;
      return opened;
    },
    (error: unknown) => {
      markClosed();
      throw error;
    },
  );
  return state.opening;
}

/** After this the next `openOnce` opens again. */
export function markClosed(): void {
  state.opening = undefined;
  state.open = undefined;
}

/** The process's database. @throws Error before it is open */
export function pools(): Pools {
  if (state.open) return state.open.pools;
  throw new Error("The database is not open: the process opens it before it takes requests.");
}
