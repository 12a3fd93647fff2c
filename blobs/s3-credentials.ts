import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { lossOf, send, textOf } from "./http";
import { endpointOf, type S3Address, type S3Env } from "./s3-address";
import { BlobStoreError } from "./store";
import { elementOf } from "./xml";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface CredentialSource {
  current(): Promise<Credentials>;
  /** Whether the next `current` has others than the one before, which the service rejected. */
  renew(): boolean;
}

/** How long before their end temporary credentials are renewed, in milliseconds. */
const MARGIN = 5 * 60 * 1000;

/** How long a failed renewal is not tried again while the credentials are still valid, in milliseconds. */
const PAUSE = 10_000;

/**
 * The credentials that the environment has: static ones, or those of a web identity, as Kubernetes gives to a pod.
 * @throws {BlobStoreError} where it has neither
 */
export function credentialsOf(env: S3Env, address: S3Address): CredentialSource {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (accessKeyId && secretAccessKey) {
    const session = env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {};
    return { current: async () => ({ accessKeyId, secretAccessKey, ...session }), renew: () => false };
  }
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role } = env;
  if (file && role) return webIdentity(env, address, file, role);
  const [missing, present] = accessKeyId
    ? ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"]
    : secretAccessKey
      ? ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
      : file
        ? ["AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"]
        : ["AWS_WEB_IDENTITY_TOKEN_FILE", role ? "AWS_ROLE_ARN" : undefined];
  const why = present
    ? `${present} is set without ${missing}`
    : "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN";
  throw new BlobStoreError("misconfigured", `The bucket ${address.bucket} needs credentials: ${why}.`);
}

interface Session {
  credentials: Credentials;
  /** In milliseconds since 1970. */
  expires: number;
}

/** Temporary credentials from the Security Token Service, for a token that the platform keeps current in a file. */
function webIdentity(env: S3Env, address: S3Address, file: string, role: string): CredentialSource {
  const service = env.AWS_ENDPOINT_URL_STS || env.AWS_ENDPOINT_URL;
  const url = service ? new URL(service) : endpointOf("sts", address.region);
  const name = env.AWS_ROLE_SESSION_NAME || `vitrine-${hostname()}`.replace(/[^\w+=,.@-]/g, "-").slice(0, 64);
  let session: Session | undefined;
  let renewing: Promise<Session> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  const renewed = () => {
    renewing ??= assumeRole(url, file, role, name).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  return {
    async current() {
      const now = Date.now();
      const margin = now - failedAt < PAUSE ? 0 : MARGIN;
      if (session && session.expires - margin > now) return session.credentials;
      try {
        session = await renewed();
      } catch (error) {
        if (!session || session.expires < now) throw error;
        failedAt = now;
      }
      return session.credentials;
    },
    renew() {
      session = undefined;
      return true;
    },
  };
}

async function assumeRole(url: URL, file: string, role: string, name: string): Promise<Session> {
  const fail = (reason: "unavailable" | "misconfigured", why: string) =>
    new BlobStoreError(reason, `The role ${role} of AWS_ROLE_ARN cannot be assumed: ${why}.`);
  const token = await readFile(file, "utf8").catch((error) => {
    throw fail("misconfigured", `the file of AWS_WEB_IDENTITY_TOKEN_FILE cannot be read (${error.code})`);
  });
  const body = Buffer.from(
    new URLSearchParams({
      Action: "AssumeRoleWithWebIdentity",
      Version: "2011-06-15",
      RoleArn: role,
      RoleSessionName: name,
      WebIdentityToken: token.trim(),
    }).toString(),
  );
  const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": String(body.length) };
  const response = await send({ method: "POST", url, headers, body }, 10_000).catch((error) => {
    throw fail("unavailable", `${url.host} does not respond (${lossOf(error) ?? error.message})`);
  });
  const text = await textOf(response);
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    const reason = status >= 500 || status === 429 ? "unavailable" : "misconfigured";
    throw fail(reason, `${url.host} responds ${status} ${elementOf(text, "Code") ?? ""}`.trim());
  }
  const [accessKeyId, secretAccessKey, sessionToken, expiration] = [
    "AccessKeyId",
    "SecretAccessKey",
    "SessionToken",
    "Expiration",
  ].map((element) => elementOf(text, element));
  const expires = Date.parse(expiration ?? "");
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expires)) {
    throw fail("misconfigured", `${url.host} does not respond as a Security Token Service`);
  }
  return { credentials: { accessKeyId, secretAccessKey, sessionToken }, expires };
}
