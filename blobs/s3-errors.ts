import type { S3Address } from "./s3-address";
import { BlobStoreError } from "./store";

/** A response that is an error, with what its body says. */
export interface S3Failure {
  status: number;
  /** The code in the body; "" where it has none, as for a HEAD request. */
  code: string;
  /** The region that the bucket is in, where the service says so. */
  region: string | undefined;
  /** What the service's clock shows, in milliseconds since 1970; NaN where it does not say. */
  date: number;
}

/** For these the same request may succeed a little later. */
const TEMPORARY_STATUS = [408, 429, 500, 502, 503, 504];
const TEMPORARY_CODE = ["RequestTimeout", "ConditionalRequestConflict", "OperationAborted", "SlowDown"];

const EXPIRED = ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"];

const FULL = ["XMinioStorageFull", "QuotaExceeded", "ServiceQuotaExceeded", "XMinioAdminBucketQuotaExceeded"];

const CREDENTIALS: Record<string, string> = {
  InvalidAccessKeyId: "does not know the access key: correct AWS_ACCESS_KEY_ID",
  SignatureDoesNotMatch: "rejects the signature: correct AWS_SECRET_ACCESS_KEY",
  InvalidToken: "rejects the session token: correct AWS_SESSION_TOKEN",
};
for (const code of EXPIRED) CREDENTIALS[code] = "says that the credentials have expired: renew AWS_SESSION_TOKEN";

export function isTemporary({ status, code }: S3Failure): boolean {
  return !FULL.includes(code) && (TEMPORARY_STATUS.includes(status) || TEMPORARY_CODE.includes(code));
}

export function isExpired({ code }: S3Failure): boolean {
  return EXPIRED.includes(code);
}

/** An error response as an error of the store. @param right the right that the request needs, such as `s3:GetObject` */
export function storeErrorOf(failure: S3Failure, address: S3Address, right: string): BlobStoreError {
  const { status, code, region } = failure;
  const name = `The bucket ${address.bucket} at ${address.endpoint.host}`;
  const said = code ? `${status} ${code}` : String(status);
  const misconfigured = (what: string) => new BlobStoreError("misconfigured", `${name} ${what} (${said}).`);
  if (FULL.includes(code) || status === 507) {
    return new BlobStoreError("full", `${name} is full (${said}): raise its quota, or free space.`);
  }
  if (isTemporary(failure)) {
    return new BlobStoreError("unavailable", `${name} does not respond properly (${said}).`);
  }
  if (code === "RequestTimeTooSkewed") return misconfigured(clockSentence(failure.date));
  const credentials = CREDENTIALS[code];
  if (credentials) return misconfigured(credentials);
  if (code === "NoSuchBucket") return misconfigured("does not exist: create it, or correct VITRINE_BLOBS");
  const isElsewhere = region !== undefined && region !== address.region;
  if (isElsewhere || [301, 307].includes(status) || code === "AuthorizationHeaderMalformed") {
    const where = region ? `region=${region}` : "its region and endpoint";
    return misconfigured(`is in another region than ${address.region}: name ${where} in VITRINE_BLOBS`);
  }
  if (status === 403 || status === 401) {
    return misconfigured(`does not allow ${right}: grant it to the credentials, and s3:ListBucket`);
  }
  return misconfigured(`rejects a request that needs ${right}`);
}

function clockSentence(date: number): string {
  const minutes = Math.round((Date.now() - date) / 60_000);
  if (Number.isNaN(minutes) || minutes === 0)
    return "has a clock that differs from this machine's: set this one's clock";
  const difference = `${Math.abs(minutes)} min ${minutes > 0 ? "ahead of" : "behind"}`;
  return `rejects the time of this machine, whose clock is ${difference} the service's: set the clock`;
}
