import type { Address, Pools } from "./postgres";

/** The process's own database. */
export interface Opened {
  pools: Pools;
  address: Address;
  engine: "embedded" | "external";
  /** Closes the connections, then the embedded PostgreSQL. */
  close(): Promise<void>;
}

const NAME = Symbol.for("vitrine.database");

// On globalThis, for Next evaluates modules more than once and the database is one.
const holder = globalThis as { [NAME]?: { opening: Promise<Opened>; opened?: Opened } }; // only this file knows the name

/**
 * Opens the process's database, unless that was done or begun: then that one is given. One that fails may be begun again.
 * @param begin opens it; see `open` for what it does
 */
export function once(begin: () => Promise<Opened>): Promise<Opened> {
  if (holder[NAME]) return holder[NAME].opening;
  const opening = begin();
  const held: { opening: Promise<Opened>; opened?: Opened } = { opening };
  holder[NAME] = held;
  opening.then(
    (opened) => {
      held.opened = opened;
    },
    () => forget(),
  );
  return opening;
}

/** What was opened is closed: the next one who opens does it anew. */
export function forget(): void {
  delete holder[NAME];
}

/** The process's database. @throws Error before it is open */
export function pools(): Pools {
  const opened = holder[NAME]?.opened;
  if (!opened) throw new Error("The database is not open: the process opens it before it takes requests.");
  return opened.pools;
}
