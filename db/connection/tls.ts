import { isIP, type Socket } from "node:net";
import { connect } from "node:tls";
import { lossError } from "./loss";

/** `ssl` and `sslnegotiation` as the driver read them from an address. */
export interface TlsOptions {
  /** The value of `sslmode`; false: none. */
  ssl: unknown;
  /** "direct": TLS begins without a request for it (PostgreSQL 17). */
  sslnegotiation: unknown;
}

/** The message SSLRequest, and the byte by which the server agrees. */
const REQUEST = new Uint8Array([0, 0, 0, 8, 4, 210, 22, 47]);
const AGREED = "S";

/** Modes that do not check the certificate, and those that go on without TLS where the server has none. */
const UNCHECKED = new Set<unknown>(["require", "allow", "prefer"]);
const OPTIONAL = new Set<unknown>(["allow", "prefer"]);

/** The code of an error where the server has no TLS, but the address requires it. */
export const NO_TLS = "CONNECT_WITHOUT_TLS";

/**
 * Begins TLS on a connection, so that the secured socket is known here: destroying the one below it would end the process.
 * Rejects with the error of the network or of the certificate.
 * @returns the socket itself where there is no TLS
 */
export async function secure(socket: Socket, host: string, { ssl, sslnegotiation }: TlsOptions): Promise<Socket> {
  if (!ssl) return socket;
  const isDirect = sslnegotiation === "direct";
  if (!isDirect) {
    socket.write(REQUEST);
    // More than one byte was not sent by the server.
    const agrees = String(await next(socket, "data")) === AGREED;
    if (!agrees && OPTIONAL.has(ssl)) return socket;
    if (!agrees) throw Object.assign(new Error("the server has no TLS"), { code: NO_TLS });
  }
  const secured = connect({
    socket,
    rejectUnauthorized: !UNCHECKED.has(ssl),
    ...(isIP(host) ? {} : { servername: host }),
    ...(isDirect ? { ALPNProtocols: ["postgresql"] } : {}),
  });
  secured.on("error", () => {});
  await next(secured, "secureConnect");
  return secured;
}

/** The next event of a socket. Rejects where it fails or closes before. */
function next(socket: Socket, event: "data" | "secureConnect"): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.once("error", reject);
    socket.once("close", () => reject(lossError("CONNECTION_CLOSED")));
  });
}
