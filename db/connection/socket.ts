import { Socket } from "node:net";

/** What the driver read from an address: several hosts with their ports, or the path of a Unix socket. */
export interface SocketOptions {
  host: string[];
  port: number[];
  path: string | false;
}

/** The attempts of one connection to connect. */
export interface Attempts {
  /** The host that it tried last, as a number of the dialer's. */
  host?: number;
  /** How many in a row have not led to a statement that succeeded. */
  failed: number;
}

/** Which of several hosts connections go to. */
export interface Dialer {
  /** Chooses the next host after an attempt that failed. */
  next(attempts: Attempts): void;
  /** Starts to connect to the chosen host. */
  dial(options: SocketOptions, attempts: Attempts): Socket;
}

/** Opens sockets as the driver would, which keeps its own to itself, and remembers the host that works. */
export function createDialer(): Dialer {
  let current = 0;
  return {
    next(attempts) {
      if (attempts.failed > 0 && attempts.host === current) current += 1;
    },
    dial({ host, port, path }, attempts) {
      attempts.host = current;
      attempts.failed += 1;
      const socket = new Socket();
      // The driver may add its listeners after the first error.
      socket.on("error", () => {});
      if (path) return socket.connect(path);
      const index = current % host.length;
      const target = { host: host[index] ?? "localhost", port: port[index] ?? 5432 };
      // The driver reads these for TLS and for errors.
      return Object.assign(socket.connect(target), target);
    },
  };
}
