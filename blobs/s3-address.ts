import { BlobStoreError } from "./store";

/** Where a bucket is, and the folder of the store in it. */
export interface S3Address {
  bucket: string;
  /** Without slashes at its ends; "": the whole bucket. */
  prefix: string;
  region: string;
  /** The origin of the service, such as `https://s3.eu-central-1.amazonaws.com`. */
  endpoint: URL;
  /** "virtual": the bucket is the first part of the host name; "path": of the path. */
  style: "path" | "virtual";
}

/** The environment variables that S3 needs, as the AWS tools read them. */
export type S3Env = Readonly<Record<string, string | undefined>>;

const PARAMETERS = ["endpoint", "region", "style"];

/** A DNS label: what a bucket needs for a host name of its own under one certificate. */
const LABEL = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * Reads `s3://bucket/prefix?endpoint=…&region=…&style=path`.
 * @throws {BlobStoreError} that names what is wrong
 */
export function parseS3Address(address: string, env: S3Env): S3Address {
  const match = /^s3:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?$/.exec(address);
  if (!match) throw invalid("write s3://bucket/prefix?endpoint=https://host&region=name&style=path");
  const [, bucket = "", path = "", query = ""] = match;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/.test(bucket)) throw invalid("its bucket has no valid name");
  const prefix = decode(path).replace(/^\/+|\/+$/g, "");
  if (!/^[\w!.*'()/-]*$/.test(prefix) || prefix.split("/").some((part) => /^\.{1,2}$/.test(part))) {
    throw invalid("its prefix has characters beside letters, digits and _-.!*'()/");
  }
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) throw invalid(`it has the parameter "${unknown}", but knows ${PARAMETERS.join(", ")}`);
  const region = parameters.get("region") || env.AWS_REGION || env.AWS_DEFAULT_REGION || "us-east-1";
  if (!/^[a-z0-9-]{2,40}$/.test(region)) throw invalid("its region has no valid name");
  const endpoint = parameters.get("endpoint") || env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  const style = parameters.get("style") ?? (endpoint || !LABEL.test(bucket) ? "path" : "virtual");
  if (style !== "path" && style !== "virtual") throw invalid("its style is neither path nor virtual");
  return { bucket, prefix, region, style, endpoint: endpoint ? parseEndpoint(endpoint) : endpointOf("s3", region) };
}

/** The public endpoint of a service of AWS. */
export function endpointOf(service: string, region: string): URL {
  return new URL(`https://${service}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`);
}

/** The URL of a key of the store, or of its bucket. */
export function urlOf(address: S3Address, path?: string, query: Record<string, string> = {}): URL {
  const { bucket, prefix, endpoint, style } = address;
  const url = new URL(endpoint);
  if (style === "virtual") url.hostname = `${bucket}.${url.hostname}`;
  const parts = [style === "path" ? bucket : "", path === undefined ? "" : prefix, path ?? ""];
  url.pathname = parts.filter(Boolean).join("/");
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

function parseEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash;
  if (!isOrigin || url.username || url.password) {
    throw invalid("its endpoint is not an address such as https://s3.example.com");
  }
  return url;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid("its prefix has an escape that is not UTF-8");
  }
}

function invalid(why: string): BlobStoreError {
  return new BlobStoreError("misconfigured", `VITRINE_BLOBS is not the address of a bucket: ${why}.`);
}
