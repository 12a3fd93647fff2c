import { VitrineError } from "#contract/error";
import { POOL_SIZE } from "./postgres";

/** How many statements may be on their way at once: each on a connection of its own, or queued on a few. */
const SIZES = { whole: POOL_SIZE, quick: 100 };

/** What kind of place work takes. */
export type Kind = keyof typeof SIZES;

interface Places {
  taken: number;
  waiting: Set<() => void>;
}

const PATIENCE = 2_000;

const NAME = Symbol.for("vitrine.places");

// On globalThis, for Next evaluates modules more than once and the pool is one.
function places(kind: Kind): Places {
  const holder = globalThis as { [NAME]?: Record<Kind, Places> }; // only this file knows the name
  holder[NAME] ??= { whole: { taken: 0, waiting: new Set() }, quick: { taken: 0, waiting: new Set() } };
  return holder[NAME][kind];
}

/**
 * Does work that holds a connection of the pool (or, where it is quick, shares one), when a place for it is free; first
 * come, first served. The driver itself would queue without an end.
 * @throws StoreError SERVICE_UNAVAILABLE when none became free within 2 s
 */
export async function withSlot<T>(work: () => Promise<T>, kind: Kind = "whole"): Promise<T> {
  const all = places(kind);
  if (all.taken < SIZES[kind]) all.taken += 1;
  else await handedOver(all);
  try {
    return await work();
  } finally {
    const [next] = all.waiting;
    // A place goes from hand to hand, so that a newcomer cannot slip in between.
    if (next) next();
    else all.taken -= 1;
  }
}

function handedOver({ waiting }: Places): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = () => {
      clearTimeout(timer);
      waiting.delete(give);
      resolve();
    };
    const timer = setTimeout(() => {
      waiting.delete(give);
      reject(new VitrineError("SERVICE_UNAVAILABLE", "The store is busy; try again in a second."));
    }, PATIENCE);
    waiting.add(give);
  });
}
