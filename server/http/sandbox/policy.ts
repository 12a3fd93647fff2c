import { REPORTER_FILE } from "./reporter";

/** Features that a document could use without asking; those that ask are never given to a frame of another origin. */
const FEATURES = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "keyboard-map",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "sync-xhr",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];

/**
 * Headers of every response below `/sandbox/`: a document runs its scripts in an origin of its own, loads nothing but what
 * it contains and its own files, and connects to nothing. Also those of errors, which may be shown in its place.
 * @param own where its files are, as a source of a policy; undefined: it has none
 * @param page the host of the page that may show it, beside this one
 * @param code "viewer" is that of the operator, which may request its own files; "none" may not run: without the guard of
 *   the reporter a script could open connections that a policy does not cover
 * @param isNested whether a document of a sandbox shows it, which has no origin that a policy could name
 */
export function sandboxHeaders(
  own?: string,
  page?: string,
  code: "report" | "viewer" | "none" = "report",
  isNested = false,
): Record<string, string> {
  const files = own === undefined ? "" : ` ${own}`;
  const reporter = own === undefined ? "" : ` ${own.replace(/[^/]+\/$/, `-/${REPORTER_FILE}`)}`;
  const policy = [
    "default-src 'none'",
    // Code of a text can do no more than a script, which may come from anywhere in the document.
    `script-src ${code === "none" ? "'none'" : `'unsafe-inline' 'unsafe-eval' data: blob:${files}${reporter}`}`,
    `style-src 'unsafe-inline' data: blob:${files}`,
    `img-src data: blob:${files}`,
    `font-src data: blob:${files}`,
    `media-src data: blob:${files}`,
    "worker-src data: blob:",
    `frame-src${own === undefined ? " 'none'" : files}`,
    `connect-src ${code === "viewer" ? `data: blob:${files}` : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    ...(isNested ? [] : [`frame-ancestors 'self'${page === undefined ? "" : ` ${page}`}`]),
    "sandbox allow-scripts",
  ].join("; ");
  return {
    "content-security-policy": policy,
    // Also for what a policy of contents does not cover: WebRTC and connections that are made in advance.
    "connection-allowlist": "(response-origin)",
    "permissions-policy": FEATURES.map((feature) => `${feature}=()`).join(", "),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-dns-prefetch-control": "off",
    // The origin of such a document is no origin at all: its own files are those of another site.
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "accept-ranges, content-length, content-range, etag",
  };
}
