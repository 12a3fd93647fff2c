import type { Sql, TransactionSql } from "postgres";
import { AD_HOC } from "./ad-hoc";

/** Errors after which a connection is lost: of the driver and the network, 57Pxx (the server closed it), 25P0x (idle limits). */
const LOST = /^(?:CONNECTION_(?:CLOSED|DESTROYED|ENDED)|CONNECT_TIMEOUT|ECONNRESET|EPIPE|57P0[0-9]|25P0[34])$/;

/** How long statements of a replaced pool may still run, in seconds. */
const END_TIMEOUT = 5;

type Work = (tx: TransactionSql) => Promise<unknown>;

/**
 * A client of postgres.js that survives the loss of connections, with the methods that Drizzle calls. The driver (3.4.9)
 * does not: it writes the rollback of a lost transaction to a closed socket, which ends the process; a connection it wrote
 * to while it closed never opens again; and work of a lost transaction can continue inside another one. So nothing more
 * is written to a lost transaction, and after the loss of a connection the whole pool is replaced.
 * @param open opens a pool; called again after each loss
 */
export function resilientPool(open: () => Sql): Sql {
  let current = open();
  const { parsers, serializers } = current.options;

  function replaceIfLost(pool: Sql, error: unknown): void {
    if (!isLoss(error) || pool !== current) return;
    current = open();
    // Drizzle sets these once, on the first client.
    Object.assign(current.options.parsers, parsers);
    Object.assign(current.options.serializers, serializers);
    pool.end({ timeout: END_TIMEOUT }).catch(() => {});
  }

  const overrides = {
    unsafe(text: string, parameters: Parameters<Sql["unsafe"]>[1] = []) {
      const pool = current;
      const pending = pool.unsafe(text, parameters, { prepare: isFixed(text) });
      pending.catch((error: unknown) => replaceIfLost(pool, error));
      return pending;
    },
    async begin(work: Work) {
      const pool = current;
      let lost = false;
      try {
        return await pool.begin(silentAfterLoss(work, () => lost));
      } catch (error) {
        lost = isLoss(error);
        replaceIfLost(pool, error);
        throw error;
      }
    },
    end: (options?: { timeout?: number }) => current.end(options),
  };
  return new Proxy(current, {
    get: (_, name) => Reflect.get(name in overrides ? overrides : current, name),
  });
}

/** After a loss the result never settles, so that the driver writes neither commit nor rollback. */
function silentAfterLoss(work: Work, lost: () => boolean): Work {
  const never = new Promise<never>(() => {});
  return async (tx) => {
    try {
      const result = await work(guarded(tx, lost));
      return lost() ? never : result;
    } catch (error) {
      // `begin` itself rejects when the connection closes.
      if (lost() || isLoss(error)) return never;
      throw error;
    }
  };
}

/** A transaction that rejects statements after its connection is lost. */
function guarded(tx: TransactionSql, lost: () => boolean): TransactionSql {
  return new Proxy(tx, {
    get(target, name) {
      if (name === "savepoint") return (work: Work) => target.savepoint(silentAfterLoss(work, lost));
      if (name !== "unsafe") return Reflect.get(target, name);
      return (text: string, parameters: Parameters<Sql["unsafe"]>[1] = []) =>
        lost() ? rejected() : target.unsafe(text, parameters, { prepare: isFixed(text) });
    },
  });
}

function rejected() {
  const pending = Promise.reject(Object.assign(new Error("the connection closed"), { code: "CONNECTION_CLOSED" }));
  return Object.assign(pending, { values: () => pending });
}

function isFixed(text: string): boolean {
  return !text.includes(AD_HOC);
}

function isLoss(error: unknown): boolean {
  return error instanceof Error && "code" in error && LOST.test(String(error.code));
}
