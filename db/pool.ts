import type { Sql } from "postgres";
import { Link, type LinkOptions, type Values, type Work } from "./connection/link";
import { lossError, SILENT } from "./connection/loss";

export interface PoolOptions extends Omit<LinkOptions, "onFree" | "onLost"> {
  /** The number of connections. A single one is shared: its statements are pipelined. */
  size: number;
  /** Called when a connection was silent for too long. */
  onSilence?(link: Link): void;
}

/** Connections that are replaced when they are lost or fall silent. */
export interface Pool {
  /** With the methods that Drizzle calls. */
  sql: Sql;
  /** The number of statements that were sent and have no result yet. */
  readonly pending: number;
  /** Resolves once a connection responded, or at once while all have work; rejects with the error of a statement. */
  probe(): Promise<void>;
  /** Closes connections that nothing waits for: they may be silent too. */
  closeIdle(): void;
  /** Closes all, after at most `timeout` seconds for running statements. */
  end(timeout: number): Promise<void>;
}

/** Opens a pool; the first statement on each connection connects it. */
export function openPool({ size, onSilence = () => {}, ...options }: PoolOptions): Pool {
  const links = new Set<Link>();
  const free: Link[] = [];
  const waiting: ((link: Link) => void)[] = [];
  let isEnded = false;
  const first = add();
  const { parsers, serializers } = first.client.options;
  free.push(first);

  function add(): Link {
    const link = new Link({ ...options, onFree, onLost });
    links.add(link);
    return link;
  }

  function another(): Link {
    if (isEnded) throw lossError("CONNECTION_CLOSED");
    const link = add();
    // Drizzle sets these once, on the first client.
    Object.assign(link.client.options.parsers, parsers);
    Object.assign(link.client.options.serializers, serializers);
    return link;
  }

  function take(): Link | undefined {
    if (size > 1) return free.pop() ?? (links.size < size ? another() : undefined);
    const [only = another()] = links;
    return only.isInTransaction ? undefined : only;
  }

  function onFree(link: Link): void {
    const next = waiting.shift();
    if (next) next(link);
    else if (size > 1) free.push(link);
  }

  function onLost(link: Link, error: Error): void {
    links.delete(link);
    const index = free.indexOf(link);
    if (index >= 0) free.splice(index, 1);
    // Whatever closed it probably closed those that are not used, too.
    closeIdle();
    if (waiting.length > 0 && !isEnded) onFree(another());
    if ("code" in error && error.code === SILENT) onSilence(link);
  }

  function closeIdle(): void {
    for (const link of [...links]) {
      if (!link.isWaiting && !link.isInTransaction) link.lose(lossError("CONNECTION_CLOSED"));
    }
  }

  const overrides = {
    unsafe(text: string, values: Values = []) {
      const link = take();
      if (link) return link.send(text, values);
      let areArrays = false;
      const later = new Promise((resolve) => {
        waiting.push((freed) => {
          const query = freed.send(text, values);
          resolve(areArrays ? query.values() : query);
        });
      });
      const asArrays = () => {
        areArrays = true;
        return later;
      };
      return Object.assign(later, { values: asArrays });
    },
    async begin(work: Work) {
      const link = take();
      if (link) return link.transaction(work);
      return new Promise((resolve) => waiting.push((freed) => resolve(freed.transaction(work))));
    },
    end: ({ timeout = 5 } = {}) => end(timeout),
  };

  async function end(timeout: number): Promise<void> {
    isEnded = true;
    await Promise.all([...links].map((link) => link.end(timeout)));
  }

  return {
    sql: new Proxy(first.client, {
      get: (target, name) => Reflect.get(name in overrides ? overrides : target, name),
    }),
    get pending() {
      let sum = 0;
      for (const { pending } of links) sum += pending;
      return sum;
    },
    async probe() {
      const link = take();
      if (link) await link.send("select 1", []);
    },
    closeIdle,
    end,
  };
}
