import { Socket } from "node:net";
import { secure, type TlsOptions } from "./tls";

/** What the driver read from an address: several hosts with their ports, or the path of a Unix socket. */
export interface SocketOptions extends TlsOptions {
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
  dial(options: SocketOptions, attempts: Attempts): Dialed;
}

export interface Dialed {
  socket: Socket;
  /** The socket for the driver, once there is TLS where the address says so. */
  secured: Promise<Socket>;
}

/** Opens sockets as the driver would, which keeps its own to itself, and remembers the host that works. */
export function createDialer(): Dialer {
  let current = 0;
  return {
    next(attempts) {
      if (attempts.failed > 0 && attempts.host === current) current += 1;
    },
    dial({ host, port, path, ...tls }, attempts) {
      attempts.host = current;
      attempts.failed += 1;
      const socket = new Socket();
      // The driver may add its listeners after the first error.
      socket.on("error", () => {});
      if (path) return { socket: socket.connect(path), secured: Promise.resolve(socket) };
      const index = current % host.length;
      const target = { host: host[index] ?? "localhost", port: port[index] ?? 5432 };
      // The driver reads these for errors.
      const secured = secure(socket.connect(target), target.host, tls).then((each) => Object.assign(each, target));
      return { socket, secured };
    },
  };
}
