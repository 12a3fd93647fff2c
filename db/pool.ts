import type { Sql, TransactionSql } from "postgres";
import { AD_HOC } from "./ad-hoc";

/** After one of these a connection is gone. 57Pxx is the server taking it away, 25P0x a limit of time that ended it. */
const LOST = /^(?:CONNECTION_(?:CLOSED|DESTROYED|ENDED)|CONNECT_TIMEOUT|ECONNRESET|EPIPE|57P0[0-9]|25P0[34])$/;

/** How long statements of a pool that is left behind may still run, in seconds. */
const PATIENCE = 5;

type Work = (tx: TransactionSql) => Promise<unknown>;

/**
 * A client of postgres.js that outlives its connections, as far as Drizzle uses one. The driver (3.4.9) does not: it
 * writes the rollback of a lost transaction to a socket that is gone, which ends the process; a connection it wrote to
 * while it closed never opens again; and work of a lost transaction can run on inside another one. So a lost
 * transaction is let go of without another word to it, and the pool of a lost connection is left behind for a new one.
 * @param open makes a pool; called again after each loss
 */
export function lasting(open: () => Sql): Sql {
  let current = open();
  const { parsers, serializers } = current.options;

  /** Replaces a pool where its error says that a connection is gone. */
  function seen(pool: Sql, error: unknown): void {
    if (!isLoss(error) || pool !== current) return;
    current = open();
    // Drizzle sets these on the client it is given, once.
    Object.assign(current.options.parsers, parsers);
    Object.assign(current.options.serializers, serializers);
    pool.end({ timeout: PATIENCE }).catch(() => {});
  }

  const facade = {
    unsafe(text: string, parameters: Parameters<Sql["unsafe"]>[1] = []) {
      const pool = current;
      const pending = pool.unsafe(text, parameters, { prepare: isFixed(text) });
      pending.catch((error: unknown) => seen(pool, error));
      return pending;
    },
    async begin(work: Work) {
      const pool = current;
      let gone = false;
      try {
        return await pool.begin(attended(work, () => gone));
      } catch (error) {
        gone = isLoss(error);
        seen(pool, error);
        throw error;
      }
    },
    end: (options?: { timeout?: number }) => current.end(options),
  };
  return new Proxy(current, {
    get: (_, name) => Reflect.get(name in facade ? facade : current, name),
  });
}

/** Work after which the driver writes nothing more, neither commit nor rollback, where the connection is gone. */
function attended(work: Work, gone: () => boolean): Work {
  const never = new Promise<never>(() => {});
  return async (tx) => {
    try {
      const result = await work(guarded(tx, gone));
      return gone() ? never : result;
    } catch (error) {
      // `begin` itself ends by the close of the connection.
      if (gone() || isLoss(error)) return never;
      throw error;
    }
  };
}

/** A transaction that takes no statement after its connection is gone. */
function guarded(tx: TransactionSql, gone: () => boolean): TransactionSql {
  return new Proxy(tx, {
    get(target, name) {
      if (name === "savepoint") return (work: Work) => target.savepoint(attended(work, gone));
      if (name !== "unsafe") return Reflect.get(target, name);
      return (text: string, parameters: Parameters<Sql["unsafe"]>[1] = []) =>
        gone() ? refused() : target.unsafe(text, parameters, { prepare: isFixed(text) });
    },
  });
}

function refused() {
  const ended = Promise.reject(Object.assign(new Error("the connection closed"), { code: "CONNECTION_CLOSED" }));
  return Object.assign(ended, { values: () => ended });
}

function isFixed(text: string): boolean {
  return !text.includes(AD_HOC);
}

function isLoss(error: unknown): boolean {
  return error instanceof Error && "code" in error && LOST.test(String(error.code));
}
