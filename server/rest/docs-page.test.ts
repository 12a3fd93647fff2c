import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { fieldTable, typeText } from "./docs-fields";
import { docsPage } from "./docs-page";
import { STYLE } from "./docs-style";

const page = String(docsPage().body);

/** Elements without an end tag. */
const VOID = new Set(["meta"]);

test("is well-formed: every element is closed in order, and every id is unique", () => {
  const open: string[] = [];
  for (const [, end, name = ""] of page.replace(STYLE, "").matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (end) expect(open.pop()).toBe(name);
    else if (!VOID.has(name)) open.push(name);
  }
  expect(open).toEqual([]);
  expect(page).toMatch(/^<!doctype html><html lang="en"><head><meta charset="utf-8">/);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids).not.toContain("");
  expect(new Set(ids).size).toBe(ids.length);
  expect(page).not.toMatch(/undefined|\[object|Stryker/);
});

test("its policy permits exactly its own style", () => {
  const [, style = ""] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
  const digest = createHash("sha256").update(style).digest("base64");
  expect(style).toContain("color-scheme: light dark");
  expect(docsPage().headers["content-security-policy"]).toBe(
    `default-src 'none'; style-src 'sha256-${digest}'; frame-ancestors 'none'; base-uri 'none'`,
  );
});

test("has a section per resource, the errors and the schemas, each linked from the navigation", () => {
  const sections = [...page.matchAll(/<h2 id="(\w+)">([^<]+)<\/h2>/g)].map(([, id, name]) => [id, name]);
  expect(sections).toEqual([
    ["artifacts", "Artifacts"],
    ["flows", "Flows"],
    ["deployments", "Deployments"],
    ["flow_runs", "Flow runs"],
    ["task_runs", "Task runs"],
    ["refusals", "Refusals"],
    ["schemas", "Schemas"],
  ]);
  const navigation = /<nav aria-label="Sections">(.*?)<\/nav>/s.exec(page)?.[1] ?? "";
  for (const [id, name] of sections) {
    expect(navigation).toContain(`<li><a href="#${id}">${name}</a></li>`);
    expect(page).toContain(`<section aria-labelledby="${id}">`);
  }
});

test("begins with how to call the API", () => {
  expect(page).toContain("<title>Vitrine REST API (Prefect-compatible)</title>");
  expect(page).toContain("<h1>Vitrine REST API (Prefect-compatible)</h1>");
  expect(page).toContain("<code>PREFECT_API_URL=http://127.0.0.1:4400/api</code>");
  expect(page).toContain("curl http://127.0.0.1:4400/api/artifacts/ \\\n");
  expect(page).toContain("-d '{&#34;key&#34;: &#34;daily-report&#34;");
});

/** The part of the page about one operation. */
const operation = (id: string) => new RegExp(`<article id="${id}">.*?</article>`, "s").exec(page)?.[0] ?? "";

test("describes an operation with its method, path, body and specific responses", () => {
  const create = operation("post_flows");
  expect(create).toContain(`<span class="method POST">POST</span><a href="#post_flows"><code>/api/flows</code></a>`);
  expect(create).toContain("<p>Create a flow, or return the existing one.</p><h4>Body</h4>");
  expect(create).toContain(`<li><b>201</b> <a href="#Flow">Flow</a></li>`);
  expect(create).toContain("<li><b>409</b> The row it belongs to does not exist.</li>");
  expect(create).toContain("<li><b>422</b> The body is invalid.</li>");
  expect(create).not.toMatch(/<b>(?:401|503)/);
  expect(operation("post_flows_filter")).toContain("<h4>Body (optional)</h4>");
  expect(operation("post_flows_filter")).toContain(`<b>200</b> list of <a href="#Flow">Flow</a>`);
  expect(operation("post_artifacts_filter")).toContain(`<td><code>artifacts</code></td><td><a href="#ArtifactFilter">`);
  const remove = operation("delete_flows_id_");
  expect(remove).not.toContain("<h4>Body");
  expect(remove).toContain("<li><b>204</b> Done, without a body.</li><li><b>404</b> Not found.</li>");
});

test("lists each error status once, in order", () => {
  const errors = /<section aria-labelledby="refusals">(.*?)<\/section>/s.exec(page)?.[1] ?? "";
  const statuses = [...errors.matchAll(/<tr><td><code>(\d+)<\/code><\/td><td>([^<]+)<\/td><\/tr>/g)];
  expect(statuses.map(([, status]) => Number(status))).toEqual([400, 401, 403, 404, 409, 413, 415, 422, 503, 504]);
  expect(errors).toContain("&#34;exception_message&#34;: &#34;Invalid request received.&#34;");
  expect(errors).toContain("<code>detail</code>");
});

test.each([
  [{ type: "string" }, "text"],
  [{ type: "string", format: "uuid" }, "id"],
  [{ type: "string", format: "date-time" }, "time"],
  [{ type: "integer" }, "whole number"],
  [{ type: "boolean" }, "true or false"],
  [{ type: "object" }, "object"],
  [{ type: "object", additionalProperties: {} }, "object"],
  [{ type: "object", additionalProperties: { type: ["string", "number"] } }, "object of text or number"],
  [{ type: "array", items: { type: "string" }, maxItems: 1000 }, "list of text, at most 1000"],
  [{ $ref: "#/components/schemas/Flow" }, '<a href="#Flow">Flow</a>'],
  [{ const: "a<b" }, "<code>a&#60;b</code>"],
  [{ enum: ["a", "b"] }, "<code>a</code>, <code>b</code>"],
  [{}, "any JSON"],
  [undefined, "any JSON"],
  [{ type: "null" }, "null"],
  [{ type: "null", description: "Not <supported>." }, "Not &#60;supported&#62;."],
  [{ anyOf: [{ type: "string" }, { type: "null" }] }, "text or null"],
  [{ anyOf: [{ type: "string" }, { anyOf: [{ type: "string" }, { type: "null" }] }] }, "text or null"],
  [{ type: "string", maxLength: 255 }, "text, 0 to 255 characters"],
  [{ type: "string", minLength: 1, maxLength: 255 }, "text, 1 to 255 characters"],
  [{ type: "integer", minimum: 0, maximum: 200 }, "whole number, 0 to 200"],
  [{ type: "integer", maximum: 200 }, "whole number, 0 to 200"],
  [{ type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, "whole number"],
  [{ type: "integer", minimum: 0 }, "whole number"],
  [{ type: "string", pattern: "^[a-z]+$" }, "text, <code>^[a-z]+$</code>"],
  // The characters that no text may have are not worth showing.
  [{ type: "string", pattern: "^[^\\u0000]*$" }, "text"],
  [{ type: "string", maxLength: 9, pattern: "^a" }, "text, 0 to 9 characters, <code>^a</code>"],
])("the type %j is shown as %j", (schema, text) => {
  expect(typeText(schema)).toBe(text);
});

test("the fields of a schema are a table; nested ones have dotted names, required ones of a body are marked", () => {
  const inner = { type: "object", properties: { id: { type: "integer" } }, required: ["id"] };
  const schema = {
    type: "object",
    properties: {
      name: { type: "string" },
      of: { anyOf: [inner, { type: "null" }] },
      empty: { type: "object", properties: {} },
    },
    required: ["name"],
  };
  expect(fieldTable(schema, true)).toBe(
    "<table><tbody><tr><td><code>name</code> <small>required</small></td><td>text</td></tr>" +
      "<tr><td><code>of.id</code></td><td>whole number</td></tr><tr><td><code>empty</code></td><td>object</td></tr></tbody></table>",
  );
  expect(fieldTable(schema, false)).not.toContain("required");
  expect(fieldTable({ type: "string" }, true)).toBe("<p>text</p>");
  expect(fieldTable({ description: "Any <row>." }, true)).toBe("<p>Any &#60;row&#62;.</p>");
  expect(fieldTable({ anyOf: [{ type: "null" }, schema] }, true)).toBe(fieldTable(schema, true));
});
