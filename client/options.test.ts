import { expect, test } from "vitest";
import { connect } from "./connect";

test.each(["not a url", "127.0.0.1:4400", "ftp://a.example", "/api"])("connect rejects the URL %j at once", (url) => {
  expect(() => connect({ url })).toThrow(`The url "${url}" must be absolute, such as http://127.0.0.1:4400.`);
});

test("connect takes a URL with a path, and removes slashes at its end", () => {
  expect(connect({ url: "https://a.example/vitrine//" }).url).toBe("https://a.example/vitrine");
});
