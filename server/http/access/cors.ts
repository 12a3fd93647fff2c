import { KEY_HEADER } from "#contract/api-key";

/** How long a browser may remember the answer to a preflight request, in seconds. */
const MAX_AGE = "600";

/** Headers that pages of other origins may read. */
const EXPOSED = `content-disposition, retry-after, x-request-id, ${KEY_HEADER}`;

const HEADER_NAMES = /^[\w-]+(?: *, *[\w-]+)*$/;

/** What is read of a request. */
interface Request {
  method: string;
  path: string;
  headers: { get(name: string): string | null };
}

/** Answers browsers whose pages are of other origins. Cookies are never accepted from them, so no credentials header is sent. */
export interface Cors {
  /** Whether a request is one that a page of an allowed origin may make: of the API, but not to sign in or out. */
  allows(request: Omit<Request, "method">): boolean;
  /** The headers of a response; none unless the request is allowed. */
  headers(request: Request, methods: readonly string[]): Record<string, string>;
}

/** @param origins such as `https://app.example`, in the form that browsers send */
export function createCors(origins: readonly string[]): Cors {
  const allowed = new Set(origins);
  const allows: Cors["allows"] = ({ path, headers }) =>
    allowed.has(headers.get("origin") ?? "") && path.startsWith("/api/") && !/^\/api\/sign-(?:in|out)$/.test(path);
  return {
    allows,
    headers(request, methods) {
      if (allowed.size === 0 || !allows(request)) return {};
      const shared = { "access-control-allow-origin": request.headers.get("origin") ?? "", vary: "Origin" };
      if (request.method !== "OPTIONS") return { ...shared, "access-control-expose-headers": EXPOSED };
      return {
        ...shared,
        "access-control-allow-methods": methods.join(", "),
        "access-control-max-age": MAX_AGE,
        ...requestedHeaders(request.headers),
      };
    },
  };
}

/** Any header is allowed, as the API reads only those that it knows. */
function requestedHeaders(headers: Request["headers"]): Record<string, string> {
  const names = headers.get("access-control-request-headers");
  return names !== null && HEADER_NAMES.test(names) ? { "access-control-allow-headers": names } : {};
}
