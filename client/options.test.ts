import { expect, test } from "vitest";
import { connect } from "./connect";

test.each(["not a url", "127.0.0.1:4400", "ftp://a.example", "/api"])("connect rejects the URL %j at once", (url) => {
  expect(() => connect({ url })).toThrow(`The url "${url}" must be absolute, such as http://127.0.0.1:4400.`);
});

test("connect takes a URL with a path, and removes slashes at its end", () => {
  expect(connect({ url: "https://a.example/vitrine//" }).url).toBe("https://a.example/vitrine");
});

test("sends the service with each call, and rejects one that no header can have", async () => {
  const services: (string | null)[] = [];
  const send: typeof fetch = async (_, init) => {
    services.push(new Headers(init?.headers).get("vitrine-service"));
    return Response.json([{ result: { data: 1 } }]);
  };
  for (const service of ["nightly etl", undefined]) await connect({ fetch: send, service }).artifact.count.query();
  expect(services).toEqual(["nightly etl", null]);
  for (const service of ["", "x".repeat(65), "é", "a\nb"]) {
    expect(() => connect({ service })).toThrow("must have 1 to 64 printable characters");
  }
});

test.each([
  ["http://127.0.0.1:4400", "identity"],
  ["http://localhost:4400", "identity"],
  ["http://[::1]:4400", "identity"],
  ["https://localhost.example", null],
])("asks for a response of %s that is %s", async (url, encoding) => {
  const accepted: (string | null)[] = [];
  const send: typeof fetch = async (_, init) => {
    accepted.push(new Headers(init?.headers).get("accept-encoding"));
    return Response.json([{ result: { data: 1 } }]);
  };
  await connect({ url, fetch: send }).artifact.count.query();
  expect(accepted).toEqual([encoding]);
});
