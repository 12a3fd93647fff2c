import type { Socket } from "node:net";
import postgres, { type Options, type PostgresType, type Sql } from "postgres";
import type { SocketOptions } from "./connection/socket";
import { StartupError } from "./startup-error";

/** A URL, or a host (a name, or the folder of a Unix socket) with user and database. */
export type Address = string | { host: string; port: number; user: string; database: string; password?: string };

/**
 * The name of connections in `pg_stat_activity`, with a schema that this program knows: by it, programs that know none of what came
 * since are told apart.
 */
export const APPLICATION_NAME = "vitrine 34";

const TARGET = /([?&])target_session_attrs=([^&#]*)&?/;
const NAME = /([?&])application_name=([^&#]*)&?/;

/**
 * An address as the driver accepts it: it does not read the Unix socket of `postgres:///database?host=/folder&user=name`
 * from a URL. Several hosts mean their primary, since this program writes; the driver's `read-write` may choose a standby. A name of
 * connections is left out, as the driver would use it in place of `APPLICATION_NAME`.
 * @throws StartupError for a `target_session_attrs` that leaves out the primary
 */
export function driverAddress(address: Address): Address {
  if (typeof address !== "string") return address;
  const url = withTarget(without(NAME, address));
  if (!URL.canParse(url)) return url;
  const { searchParams, pathname, port, username, password } = new URL(url);
  const host = searchParams.get("host");
  if (!host?.startsWith("/")) return url;
  return {
    host,
    port: Number(searchParams.get("port") ?? (port || 5432)),
    user: searchParams.get("user") ?? decodeURIComponent(username),
    database: pathname.slice(1),
    password: searchParams.get("password") ?? decodeURIComponent(password),
  };
}

type ClientOptions = Options<Record<string, PostgresType>>;

/**
 * A client of the driver for an address.
 * @param createSocket opens its sockets, with TLS where the options say so; absent: the driver does
 * @throws StartupError as `driverAddress`
 */
export function openClient(
  address: Address,
  options: ClientOptions,
  createSocket?: (options: SocketOptions) => Promise<Socket>,
): Sql {
  const target = driverAddress(address);
  const open = (all: ClientOptions) =>
    typeof target === "string" ? postgres(target, all) : postgres({ ...all, ...target });
  if (!createSocket) return open(options);
  // The driver begins TLS on any socket unless `ssl` is false, so it reads the address twice.
  const { ssl, sslnegotiation } = Object(open(options).options);
  const socket = (read: SocketOptions) => createSocket({ ...read, ssl, sslnegotiation });
  // `socket` is missing in the driver's types.
  const own = { ...options, ssl: false, socket };
  return open(own);
}

/** A short name for errors, never with a password. */
export function nameOf(address: Address): string {
  if (typeof address !== "string") return `${address.host}:${address.port}`;
  const hosts = hostsOf(address);
  const url = address.replace(hosts.join(","), hosts[0] ?? "");
  if (!URL.canParse(url)) return "DATABASE_URL";
  const { host, pathname, searchParams } = new URL(url);
  return `${hosts.length > 1 ? hosts.join(",") : host || searchParams.get("host") || "this machine"}${pathname}`;
}

/** Whether an address names connections: programs of 0034 and earlier have that name in place of `APPLICATION_NAME`. */
export function namesConnections(address: Address): boolean {
  return typeof address === "string" && NAME.test(address);
}

/** Whether the driver rejects hosts that are standbys. */
export function seeksPrimary(address: Address): boolean {
  const target = driverAddress(address);
  return typeof target === "string" && TARGET.exec(target) !== null;
}

function withTarget(url: string): string {
  const several = hostsOf(url).length > 1;
  const target = TARGET.exec(url)?.[2];
  if (target !== undefined && !["any", "primary", "read-write"].includes(target)) {
    throw new StartupError(
      `target_session_attrs=${target} in a database URL cannot be used: Vitrine writes, so set it to primary.`,
    );
  }
  if (target === undefined && !several) return url;
  const rest = without(TARGET, url);
  if (target === "any" && !several) return rest;
  return `${rest}${rest.includes("?") ? "&" : "?"}target_session_attrs=primary`;
}

/** A URL without a parameter. */
function without(parameter: RegExp, url: string): string {
  return parameter.test(url) ? url.replace(parameter, "$1").replace(/[?&]$/, "") : url;
}

/** The hosts of a URL, each with its port. */
function hostsOf(url: string): string[] {
  const [, hosts = ""] = /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(url) ?? [];
  return hosts.split(",");
}
