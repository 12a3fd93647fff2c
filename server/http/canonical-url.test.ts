import { expect, test } from "vitest";
import type { HttpRequest } from "./message";
import { createRequestGuard, isPage } from "./request-guard";

const guard = createRequestGuard({ host: "127.0.0.1", allowedHosts: [], allowedOrigins: [], apiKeys: [] });

/** The status and message with which a GET of this URL is rejected, or null. */
function rejection(path: string, search = "", headers: Record<string, string> = {}, method = "GET") {
  const all = new Headers({ host: "localhost", ...headers });
  const request = { method, path, search, headers: Object.assign(all, { all: () => all }) };
  const error = guard(request as Partial<HttpRequest> as HttpRequest); // what a guard reads
  return error && `${error.status} ${error.error.code} ${error.error.message}`;
}

const NOT_CANONICAL =
  "400 BAD_REQUEST The URL is not in canonical form; send it without dot segments, double slashes and invalid escapes.";

test.each(["/", "/artifacts", "/a/b/", "/...", "/a.b/..c/d..", "/.a", "/é", "/%C3%A9", "/a%20b", "/%25"])(
  "the path %s is canonical",
  (path) => {
    expect(rejection(path)).toBe(null);
  },
);

test.each(["", "artifacts", "//", "/a//b", "/.", "/..", "/a/./b", "/a/..", "/a\\b", "/%", "/%C3", "/%zz", "/%2", "*"])(
  "the path %j is not canonical",
  (path) => {
    expect(rejection(path)).toBe(NOT_CANONICAL);
  },
);

test("an escape is canonical unless its character needs none, ends a text, or separates", () => {
  const never = /[A-Za-z0-9._~/\\\0-]/;
  for (let code = 0; code < 128; code++) {
    const escaped = `%${code.toString(16).padStart(2, "0")}`;
    const expected = never.test(String.fromCharCode(code)) ? NOT_CANONICAL : null;
    for (const spelling of [escaped, escaped.toUpperCase()])
      expect(rejection(`/a${spelling}b`), spelling).toBe(expected);
  }
});

test("a key in the path of an artifact may have escaped slashes, and no other needless escape", () => {
  for (const slash of ["%2F", "%2f"]) {
    expect(rejection(`/api/artifacts/key/a${slash}b/1/data`)).toBe(null);
    expect(rejection(`/api/artifacts/a${slash}b/latest`)).toBe(null);
    for (const path of ["/artifacts/key/a", "/api/flows/a", "/api/artifactsx/a", "/api/artifacts/%2e%2e"]) {
      expect(rejection(`${path}${slash}b`), path).toBe(NOT_CANONICAL);
    }
  }
});

test("a query may have any escape that decodes", () => {
  expect(rejection("/a", "?x=%2e%2f%00")).toBe(null);
  expect(rejection("/a", "?x=%C3")).toBe(NOT_CANONICAL);
});

test("a URL has at most 16 kB", () => {
  const length = 16 * 1024;
  expect(rejection("/a", `?${"x".repeat(length - 3)}`)).toBe(null);
  expect(rejection("/a", `?${"x".repeat(length - 2)}`)).toBe(
    "414 BAD_REQUEST The URL is longer than 16 kB; send the input of a query in the body of a POST.",
  );
});

test("each rejection says what to do", () => {
  expect(rejection("/a", "", { host: "a b" })).toBe("400 BAD_REQUEST Send one Host header that names this server.");
  expect(rejection("/a", "", { host: "evil.example" })).toBe(
    "421 BAD_REQUEST Unknown host; if it is this server, add it to VITRINE_ALLOWED_HOSTS.",
  );
  expect(rejection("/api/a", "", { origin: "http://evil.example" })).toBe(
    "403 FORBIDDEN Cross-site request rejected; to let pages of that origin call the API, add it to VITRINE_ALLOWED_ORIGINS.",
  );
});

test("an address that a person typed may read, and nothing else", () => {
  const typed = { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  for (const method of ["GET", "HEAD"]) expect(rejection("/api/health", "", typed, method)).toBe(null);
  expect(rejection("/api/trpc/artifact.create", "", typed, "POST")).toMatch(/^403/);
});

test("a link from another site opens a page by GET only", () => {
  const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  expect(rejection("/artifacts", "", link)).toBe(null);
  expect(rejection("/artifacts", "", link, "POST")).toMatch(/^403/);
  expect(rejection("/api", "", link)).toMatch(/^403/);
});

test("pages are all paths outside of /api", () => {
  for (const path of ["/", "/artifacts", "/apix", "/x/api/"]) expect(isPage(path)).toBe(true);
  for (const path of ["/api", "/api/", "/api/health"]) expect(isPage(path)).toBe(false);
});
