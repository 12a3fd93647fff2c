import { isIP } from "node:net";
import { hostname } from "node:os";
import { type Env, requiresKeys } from "#server/process/env";

const HOST = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]{1,5})?$/;

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.[0-9]{1,3}){3}$/.test(host);
}

/**
 * Checks Host headers against DNS rebinding: a web page whose name resolves to this machine must not reach the server.
 * Where credentials are required on an address for other machines, any name is accepted unless names are configured.
 */
export function createHostCheck(
  env: Pick<Env, "host" | "allowedHosts" | "apiKeys"> & Partial<Pick<Env, "auth" | "openId">>,
) {
  const allowed = new Set(env.allowedHosts.map((name) => name.toLowerCase()));
  const local = isLoopback(env.host);
  const acceptsAny = !local && requiresKeys(env) && allowed.size === 0;
  const ownName = hostname().toLowerCase();

  return {
    isHost: (header: string) => HOST.test(header.toLowerCase()),

    isAllowed(header: string): boolean {
      const host = header.toLowerCase();
      const [, v6, named] = HOST.exec(host) ?? [];
      const name = v6 ?? named ?? "";
      if (allowed.has(host) || allowed.has(name) || isLoopback(name)) return true;
      // An address cannot be rebound, only a name can.
      return acceptsAny || (!local && (isIP(name) !== 0 || name === ownName));
    },

    isSameOrigin: (origin: string, header: string) => isHostOf(origin, header) || allowed.has(hostOf(origin)),
  };
}

/** Whether a Host header is that of an origin. */
function isHostOf(origin: string, header: string): boolean {
  const host = hostOf(origin);
  return host !== "" && host === withoutDefaultPort(header.toLowerCase(), origin);
}

/**
 * Whether a Host header names where an origin is served, as DNS takes names: also with a dot at the end. Behind a proxy it
 * may have any port, unless the origin has one.
 */
export function isServedAt(origin: string, header: string): boolean {
  const { hostname, port } = new URL(origin);
  const [, name = "", itsPort = ""] = /^(.*?)\.?(?::(\d+))?$/.exec(header.toLowerCase()) ?? [];
  return name === hostname.replace(/\.$/, "") && (port === "" || port === itsPort);
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : "";
}

function withoutDefaultPort(host: string, origin: string): string {
  return host.replace(origin.startsWith("https:") ? /:443$/ : /:80$/, "");
}
