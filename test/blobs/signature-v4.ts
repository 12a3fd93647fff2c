import { createHash, createHmac } from "node:crypto";

/** A request as it arrived. */
export interface ReceivedRequest {
  method: string;
  /** Path and query, as they were sent. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
}

/** What a signature says that it signs. */
export interface SignatureScope {
  /** Like `20130524T000000Z`. */
  datetime: string;
  region: string;
  service: string;
  signedHeaders: string[];
  /** The hash of the body in hexadecimal digits, or `UNSIGNED-PAYLOAD`. */
  payload: string;
}

/** The AWS signature, version 4, of a request to S3: written from its documentation, and not with what signs. */
export function signatureV4(request: ReceivedRequest, scope: SignatureScope, secret: string): string {
  const day = scope.datetime.slice(0, 8);
  const key = [day, scope.region, scope.service, "aws4_request"].reduce<Buffer | string>(
    (previous, part) => hmac(previous, part),
    `AWS4${secret}`,
  );
  const text = [
    "AWS4-HMAC-SHA256",
    scope.datetime,
    [day, scope.region, scope.service, "aws4_request"].join("/"),
    createHash("sha256").update(canonicalRequest(request, scope)).digest("hex"),
  ].join("\n");
  return hmac(key, text).toString("hex");
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function canonicalRequest({ method, url, headers }: ReceivedRequest, scope: SignatureScope): string {
  const [path = "", query = ""] = url.split("?");
  const lines = scope.signedHeaders.map((name) => {
    const value = [headers[name] ?? ""].flat().join(",");
    return `${name}:${value.trim().replace(/ +/g, " ")}\n`;
  });
  return [
    method,
    encode(decodeURIComponent(path), "/"),
    canonicalQuery(query),
    lines.join(""),
    scope.signedHeaders.join(";"),
    scope.payload,
  ].join("\n");
}

function canonicalQuery(query: string): string {
  const pairs = query.split("&").filter(Boolean);
  return pairs
    .map((pair) => {
      const [name = "", value = ""] = pair.split("=").map((part) => decodeURIComponent(part.replaceAll("+", " ")));
      return [encode(name), encode(value)];
    })
    .filter(([name]) => name !== "X-Amz-Signature")
    .map((pair) => pair.join("="))
    .sort()
    .join("&");
}

/** Percent-encodes all but unreserved characters. */
function encode(text: string, more = ""): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      const isPlain = /[A-Za-z0-9._~-]/.test(char) || more.includes(char);
      return isPlain ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}
