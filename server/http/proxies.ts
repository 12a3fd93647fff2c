import { BlockList, isIP } from "node:net";
import type { HeaderReader } from "./message";

export interface Proxies {
  /**
   * The address of the client: that of the connection, or, through trusted proxies, the rightmost address of
   * X-Forwarded-For that is not one of them. An IPv6 address is given as its /64, which one machine can have all of.
   */
  addressOf(headers: HeaderReader, remoteAddress: string): string;
  /** Whether a trusted proxy received the request by HTTPS. */
  isHttps(headers: HeaderReader, remoteAddress: string): boolean;
}

/**
 * Reads X-Forwarded-For and X-Forwarded-Proto of trusted proxies; what others send is ignored.
 * @param trusted addresses and networks in CIDR notation, valid
 */
export function createProxies(trusted: readonly string[]): Proxies {
  const list = new BlockList();
  for (const each of trusted) {
    const [address = "", prefix] = each.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = (address: string) =>
    trusted.length > 0 && address !== "" && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

  return {
    addressOf(headers, remoteAddress) {
      let address = plain(remoteAddress);
      if (!isTrusted(address)) return network(address);
      const forwarded = (headers.get("x-forwarded-for") ?? "").split(",");
      while (isTrusted(address)) {
        const next = parseForwarded(forwarded.pop() ?? "");
        if (next === "") break;
        address = next;
      }
      return network(address);
    },

    isHttps(headers, remoteAddress) {
      if (!isTrusted(plain(remoteAddress))) return false;
      // The first of several is that of the proxy that the browser reached.
      return headers.get("x-forwarded-proto")?.split(",")[0]?.trim().toLowerCase() === "https";
    },
  };
}

/** An address without port and brackets; empty for anything else. */
function parseForwarded(text: string): string {
  const [, bracketed, v4] = /^(?:\[([^\]]+)\](?::[0-9]+)?|([0-9.]+):[0-9]+)$/.exec(text.trim()) ?? [];
  const address = plain(bracketed ?? v4 ?? text.trim());
  return isIP(address) === 0 ? "" : address;
}

/** Without its zone; and the IPv4 address of `::ffff:192.0.2.1`, as sockets of both families name it. */
function plain(address: string): string {
  if (!address.includes(":")) return address;
  return /^::ffff:[0-9.]+$/i.test(address) ? address.slice(7) : (address.split("%")[0] ?? "");
}

/** IPv4 addresses stay; of IPv6 addresses the first four groups. */
function network(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const last = tail === "" ? [] : tail.split(":");
    while (groups.length + last.length < 8) groups.push("0");
    groups.push(...last);
  }
  return `${groups.slice(0, 4).map(withoutZeros).join(":")}::/64`;
}

function withoutZeros(group: string): string {
  return group.replace(/^0+(?=.)/, "");
}
