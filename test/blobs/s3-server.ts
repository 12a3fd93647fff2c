import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signatureV4 } from "./signature-v4";

/** How the next request is spoiled: an error response, a connection that is cut, before or in the body, or silence. */
export type S3Fault = { status: number; code: string } | "reset" | "cut" | "silent";

/**
 * A stand-in for S3 with one bucket, which verifies what it receives as S3 does: signatures of headers and URLs, their
 * age, hashes and lengths of bodies, and conditions.
 */
export interface S3Server extends AsyncDisposable {
  /** Its origin, `http://127.0.0.1:PORT`. */
  url: string;
  bucket: string;
  objects: Map<string, Buffer>;
  /** The valid credentials; temporary ones have a token and may have expired. */
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string; expired?: boolean }[];
  /** Faults of the next requests, one each. */
  faults: (S3Fault | undefined)[];
  /** All requests, like `PUT /bucket/key`. */
  requests: string[];
  /** Rights that nobody has, like `s3:DeleteObject`. */
  denied: Set<string>;
  /** Whether it has conditions and checksums of a PUT, and ranges of a GET; else 501, and the whole object. */
  has: { conditions: boolean; ranges: boolean };
  /** How far its clock is ahead, in milliseconds. */
  clockAhead: number;
  /** The largest page of a list. */
  pageSize: number;
  /** Bytes of bodies that were sent, and received. */
  sent: number;
  received: number;
  /** How `AssumeRoleWithWebIdentity` at `/sts` responds: the valid token, and for how many seconds credentials last. */
  sts: { token: string; seconds: number; calls: number; fails: boolean };
}

class S3Error extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly more = "",
  ) {
    super(code);
  }
}

interface Request extends IncomingMessage {
  method: string;
  url: string;
}

export async function openS3Server(region = "eu-test-1"): Promise<S3Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has one
  const state: S3Server = {
    url: `http://127.0.0.1:${port}`,
    bucket: `bucket-${randomBytes(4).toString("hex")}`,
    objects: new Map(),
    credentials: [{ accessKeyId: "AKIDEXAMPLE", secretAccessKey: randomBytes(20).toString("base64") }],
    faults: [],
    requests: [],
    denied: new Set(),
    has: { conditions: true, ranges: true },
    clockAhead: 0,
    pageSize: 1_000,
    sent: 0,
    received: 0,
    sts: { token: "web-identity-token", seconds: 3_600, calls: 0, fails: false },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const handle = async (request: Request, response: ServerResponse) => {
    state.requests.push(`${request.method} ${request.url}`);
    const { socket } = request;
    const before = socket.bytesRead;
    response.once("close", () => {
      state.received += socket.bytesRead - before;
    });
    response.setHeader("date", new Date(Date.now() + state.clockAhead).toUTCString());
    const fault = state.faults.shift();
    if (fault === "silent") return;
    if (fault === "reset") return request.socket.destroy();
    try {
      if (typeof fault === "object") throw new S3Error(fault.status, fault.code);
      if (request.url === "/sts") return await assumeRole(state, request, response);
      await respond(state, region, request, response, fault === "cut");
    } catch (error) {
      if (!(error instanceof S3Error)) return request.socket.destroy();
      // A client that waits for the body to be wanted sends none.
      if (request.headers.expect) response.setHeader("connection", "close");
      else request.resume();
      response.writeHead(error.status, { "content-type": "application/xml" });
      response.end(request.method === "HEAD" ? "" : `<Error><Code>${error.code}</Code>${error.more}</Error>`);
    }
  };
  // Requests with `Expect: 100-continue` are judged by their headers before their body is wanted.
  for (const event of ["request", "checkContinue"]) server.on(event, handle);
  return state;
}

async function respond(state: S3Server, region: string, request: Request, response: ServerResponse, cut: boolean) {
  const query = new URLSearchParams(request.url.split("?")[1] ?? "");
  const payload = authenticate(state, region, request, query);
  const key = keyOf(state, request);
  const demand = (right: string) => {
    if (state.denied.has(right)) throw new S3Error(403, "AccessDenied");
  };
  const { method } = request;
  if (key === "" && method === "GET" && query.get("list-type") === "2") {
    demand("s3:ListBucket");
    return response.end(list(state, query));
  }
  if (key === "" && method === "POST" && query.has("delete")) {
    const body = await readBody(request, response, payload);
    const md5 = createHash("md5").update(body).digest("base64");
    if (request.headers["content-md5"] !== md5) throw new S3Error(400, "InvalidDigest");
    return response.end(remove(state, body.toString()));
  }
  if (key !== "" && method === "PUT") {
    demand("s3:PutObject");
    await put(state, key, request, response, payload, cut);
    return response.end();
  }
  if (key !== "" && (method === "GET" || method === "HEAD")) {
    demand("s3:GetObject");
    return get(state, key, request, response, query, cut);
  }
  throw new S3Error(405, "MethodNotAllowed");
}

/** @returns the hash that the body must have */
function authenticate(state: S3Server, region: string, request: Request, query: URLSearchParams): string {
  const { headers, url, method } = request;
  const isQuery = query.has("X-Amz-Signature");
  if (isQuery && headers.authorization !== undefined) throw new S3Error(400, "InvalidArgument");
  const header = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const parts = isQuery
    ? ["X-Amz-Credential", "X-Amz-SignedHeaders", "X-Amz-Signature"].map((name) => query.get(name) ?? "")
    : (header.exec(headers.authorization ?? "")?.slice(1) ?? []);
  const [credential = "", signed = "", signature = ""] = parts;
  const [accessKeyId, day, credentialRegion = "", service = "", end] = credential.split("/");
  const field = (name: string) => String((isQuery ? query.get(name) : headers[name.toLowerCase()]) ?? "");
  if (!signature || service !== "s3" || end !== "aws4_request") throw new S3Error(403, "AccessDenied");
  const keys = state.credentials.find((each) => each.accessKeyId === accessKeyId);
  if (!keys) throw new S3Error(403, "InvalidAccessKeyId");
  if (field("X-Amz-Security-Token") !== (keys.sessionToken ?? "")) throw new S3Error(400, "InvalidToken");
  if (credentialRegion !== region) {
    throw new S3Error(400, "AuthorizationHeaderMalformed", `<Region>${region}</Region>`);
  }
  const datetime = field("X-Amz-Date");
  const time = Date.parse(datetime.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
  const age = (Date.now() + state.clockAhead - time) / 1000;
  const validity = isQuery ? Number(field("X-Amz-Expires")) : 15 * 60;
  if (Number.isNaN(age) || age < -15 * 60 || !datetime.startsWith(String(day)))
    throw new S3Error(403, "RequestTimeTooSkewed");
  if (age > validity) throw new S3Error(403, isQuery ? "AccessDenied" : "RequestTimeTooSkewed");
  if (keys.expired) throw new S3Error(400, "ExpiredToken");
  const signedHeaders = signed.split(";");
  const mustSign = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-"))];
  if (!mustSign.every((name) => signedHeaders.includes(name))) throw new S3Error(403, "AccessDenied");
  const payload = isQuery ? "UNSIGNED-PAYLOAD" : field("X-Amz-Content-Sha256");
  const scope = { datetime, region, service, signedHeaders, payload };
  if (signatureV4({ method, url, headers }, scope, keys.secretAccessKey) !== signature) {
    throw new S3Error(403, "SignatureDoesNotMatch");
  }
  return payload;
}

/** The key of an object, in a path or after a host name with the bucket; "": the bucket itself. */
function keyOf({ bucket }: S3Server, { url, headers }: Request): string {
  const path = decodeURIComponent(url.split("?")[0] ?? "").slice(1);
  if (headers.host?.startsWith(`${bucket}.`)) return path;
  const [name, ...key] = path.split("/");
  if (name !== bucket) throw new S3Error(404, "NoSuchBucket");
  return key.join("/");
}

async function readBody(request: Request, response: ServerResponse, payload: string): Promise<Buffer> {
  if (request.headers["content-length"] === undefined) throw new S3Error(411, "MissingContentLength");
  if (request.headers.expect) response.writeContinue();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const sha256 = createHash("sha256").update(body).digest();
  if (payload !== sha256.toString("hex")) throw new S3Error(400, "XAmzContentSHA256Mismatch");
  const checksum = request.headers["x-amz-checksum-sha256"];
  if (checksum !== undefined && checksum !== sha256.toString("base64")) throw new S3Error(400, "BadDigest");
  return body;
}

async function put(
  state: S3Server,
  key: string,
  request: Request,
  response: ServerResponse,
  payload: string,
  cut: boolean,
): Promise<void> {
  const { "if-none-match": condition, "x-amz-checksum-sha256": checksum } = request.headers;
  if (!state.has.conditions && (condition ?? checksum) !== undefined) throw new S3Error(501, "NotImplemented");
  const check = () => {
    if (condition === "*" && state.objects.has(key)) throw new S3Error(412, "PreconditionFailed");
  };
  check();
  const body = await readBody(request, response, payload);
  check();
  state.objects.set(key, body);
  // The object is stored, but the client does not learn it.
  if (cut) request.socket.destroy();
}

async function get(
  state: S3Server,
  key: string,
  { method, headers, socket }: Request,
  response: ServerResponse,
  query: URLSearchParams,
  cut: boolean,
): Promise<void> {
  const object = state.objects.get(key);
  if (!object) throw new S3Error(404, "NoSuchKey");
  const range = state.has.ranges ? /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") : null;
  const [from, to] = range ? [Number(range[1]), Math.min(Number(range[2]), object.length - 1)] : [0, object.length - 1];
  if (range && from >= object.length) throw new S3Error(416, "InvalidRange");
  for (const name of ["content-disposition", "content-type"]) {
    const value = query.get(`response-${name}`);
    if (value !== null) response.setHeader(name, value);
  }
  if (range) response.setHeader("content-range", `bytes ${from}-${to}/${object.length}`);
  response.writeHead(range ? 206 : 200, { "content-length": to - from + 1 });
  if (method === "HEAD") return void response.end();
  const end = cut ? from + Math.ceil((to - from) / 2) : to + 1;
  for (let offset = from; offset < end; offset += 65_536) {
    const chunk = object.subarray(offset, Math.min(end, offset + 65_536));
    state.sent += chunk.length;
    if (!response.write(chunk)) await drained(response);
    if (response.destroyed) return;
  }
  if (cut) socket.destroySoon();
  else response.end();
}

/** Resolves once it can be written to again, or is closed. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      response.off("drain", end).off("close", end);
      resolve();
    };
    response.on("drain", end).on("close", end);
  });
}

function list(state: S3Server, query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const after = query.get("continuation-token")?.replace(/^after&/, "") ?? query.get("start-after") ?? "";
  const size = Math.min(state.pageSize, Number(query.get("max-keys") ?? 1_000));
  const keys = [...state.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, size);
  const contents = page.map(
    (key) => `<Contents><Key>${escapeXml(key)}</Key><Size>${state.objects.get(key)?.length}</Size></Contents>`,
  );
  const token = `<NextContinuationToken>${escapeXml(`after&${page.at(-1)}`)}</NextContinuationToken>`;
  const isTruncated = keys.length > page.length;
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Prefix>${escapeXml(prefix)}</Prefix><IsTruncated>${isTruncated}</IsTruncated>${contents.join("")}${isTruncated ? token : ""}</ListBucketResult>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("'", "&#39;").replaceAll("<", "&lt;");
}

function remove(state: S3Server, xml: string): string {
  const keys = [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => key);
  if (keys.length === 0 || keys.length > 1_000) throw new S3Error(400, "MalformedXML");
  if (state.denied.has("s3:DeleteObject")) {
    const errors = keys.map((key) => `<Error><Key>${key}</Key><Code>AccessDenied</Code></Error>`);
    return `<DeleteResult>${errors.join("")}</DeleteResult>`;
  }
  for (const key of keys) state.objects.delete(key);
  return "<DeleteResult></DeleteResult>";
}

async function assumeRole(state: S3Server, request: Request, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  state.sts.calls += 1;
  if (state.sts.fails) throw new S3Error(503, "ServiceUnavailable");
  if (form.get("Action") !== "AssumeRoleWithWebIdentity" || form.get("Version") !== "2011-06-15") {
    throw new S3Error(400, "InvalidAction");
  }
  if (form.get("WebIdentityToken") !== state.sts.token) throw new S3Error(400, "InvalidIdentityToken");
  if (!form.get("RoleArn")?.startsWith("arn:aws:iam::")) throw new S3Error(400, "ValidationError");
  const keys = {
    accessKeyId: `ASIA${randomBytes(6).toString("hex").toUpperCase()}`,
    secretAccessKey: randomBytes(20).toString("base64"),
    sessionToken: randomBytes(60).toString("base64"),
  };
  state.credentials.push(keys);
  const expiration = new Date(Date.now() + state.sts.seconds * 1000).toISOString();
  response.end(
    `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>${keys.accessKeyId}</AccessKeyId><SecretAccessKey>${keys.secretAccessKey}</SecretAccessKey><SessionToken>${keys.sessionToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
  );
}
