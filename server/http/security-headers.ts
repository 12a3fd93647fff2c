import { randomBytes } from "node:crypto";

/** Headers of every API response: not sniffed, cached or framed. */
export const API_HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "private, no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** Strict-Transport-Security for a year: sent to browsers that use HTTPS. */
export const HSTS = "max-age=31536000";

/**
 * A Content-Security-Policy that runs only scripts with its nonce. A frame cannot leave this server either.
 * @param sandboxOrigin what frames may show beside this origin
 */
export function createPagePolicy(sandboxOrigin?: string): { nonce: string; policy: string } {
  const nonce = randomBytes(18).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob: https: http:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    `frame-src 'self'${sandboxOrigin === undefined ? "" : ` ${sandboxOrigin}`}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return { nonce, policy };
}

/** Headers of every page. Under `no-referrer` a form would send `Origin: null`; `same-origin` tells other sites nothing either. */
export function pageHeaders(policy: string): Record<string, string> {
  return {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}
