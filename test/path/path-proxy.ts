import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Address } from "#db/address";

/**
 * What a network path does: `swallow` acknowledges bytes and drops them, and what was swallowed once stays so; `reset`
 * breaks connections at the next byte; `refuse` rejects new ones only; `delay` holds every byte back for a while.
 */
export type PathFault = "pass" | "swallow" | "reset" | "refuse" | "delay";

/** A proxy between a program and its PostgreSQL. */
export interface PathProxy extends AsyncDisposable {
  address: Exclude<Address, string>;
  fault: PathFault;
  /** Swallows everything on the connections that exist, for ever; new ones work. */
  swallowExisting(): void;
}

interface Pair {
  client: Socket;
  server: Socket;
  isSwallowed: boolean;
}

const DELAY = 250;

/** Opens a proxy to the PostgreSQL at an address. */
export async function openPathProxy({ host, port, ...rest }: Exclude<Address, string>): Promise<PathProxy> {
  const open = () => (host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host));
  const pairs = new Set<Pair>();
  const proxy = createServer((client) => {
    if (path.fault === "refuse" || path.fault === "reset") return client.resetAndDestroy();
    const pair = { client, server: open(), isSwallowed: false };
    pairs.add(pair);
    forward(pair, "client", "server");
    forward(pair, "server", "client");
  });

  function forward(pair: Pair, from: "client" | "server", to: "client" | "server"): void {
    let delayed = 0;
    const send = (bytes: Uint8Array) => {
      if (!pair.isSwallowed) pair[to].write(bytes);
    };
    pair[from].on("error", () => {});
    pair[from].on("data", (bytes) => {
      if (path.fault === "swallow") pair.isSwallowed = true;
      if (pair.isSwallowed) return;
      if (path.fault === "reset") return reset(pair);
      // Bytes stay in order when the delay ends.
      if (path.fault !== "delay" && delayed === 0) return send(bytes);
      delayed += 1;
      setTimeout(() => {
        delayed -= 1;
        send(bytes);
      }, DELAY);
    });
    pair[from].on("close", () => {
      // Nobody behind a broken path learns that the other end is gone.
      if (path.fault === "swallow" || pair.isSwallowed) return;
      pair[to].destroy();
      pairs.delete(pair);
    });
  }

  function reset({ client, server }: Pair): void {
    client.resetAndDestroy();
    server.destroy();
  }

  await once(proxy.listen(0, "127.0.0.1"), "listening");
  const { port: own } = proxy.address() as AddressInfo; // a server that listens on TCP has one
  const path: PathProxy = {
    address: { ...rest, host: "127.0.0.1", port: own },
    fault: "pass",
    swallowExisting() {
      for (const pair of pairs) pair.isSwallowed = true;
    },
    async [Symbol.asyncDispose]() {
      for (const pair of pairs) for (const socket of [pair.client, pair.server]) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
  return path;
}
