import { isIP } from "node:net";
import { hostname } from "node:os";
import type { Env } from "#server/process/env";

const HOST = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]{1,5})?$/;

/** Whether an address is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.[0-9]{1,3}){3}$/.test(host);
}

/**
 * Whether a `Host` header names this server. A web page on another name that was made to resolve to this machine
 * is the one that is kept out; so where a key is needed and the server is for other machines, any name will do.
 * `allowed` are further names, with or without port.
 */
export function createHostCheck(env: Pick<Env, "host" | "allowedHosts" | "apiKeys">) {
  const allowed = new Set(env.allowedHosts.map((name) => name.toLowerCase()));
  const local = isLoopback(env.host);
  const open = !local && env.apiKeys.length > 0 && allowed.size === 0;
  const own = hostname().toLowerCase();

  return {
    /** Whether the header is a host at all. */
    isHost: (header: string) => HOST.test(header.toLowerCase()),

    isOurs(header: string): boolean {
      const host = header.toLowerCase();
      const [, v6, named] = HOST.exec(host) ?? [];
      const name = v6 ?? named ?? "";
      if (allowed.has(host) || allowed.has(name) || isLoopback(name)) return true;
      // An address cannot be made to resolve elsewhere, only a name can.
      return open || (!local && (isIP(name) !== 0 || name === own));
    },

    /** Whether an Origin is this server's: the Host of the same request, or a name that is allowed with that port. */
    isOrigin(origin: string, header: string): boolean {
      const host = URL.canParse(origin) ? new URL(origin).host : "";
      return host !== "" && (host === withoutDefaultPort(header.toLowerCase(), origin) || allowed.has(host));
    },
  };
}

function withoutDefaultPort(host: string, origin: string): string {
  return host.replace(origin.startsWith("https:") ? /:443$/ : /:80$/, "");
}
