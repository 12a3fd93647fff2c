import { createHash } from "node:crypto";
import type { HttpResponse } from "#server/http/message";
import { openapi, type Part } from "#server/rest/openapi";
import { fieldsOf, typeOf } from "./docs-fields";
import { STYLE } from "./docs-style";
import { code, escaped } from "./html";

const digest = createHash("sha256").update(STYLE).digest("base64");

/** The page lets nothing run and loads nothing, from here or elsewhere. */
const POLICY = `default-src 'none'; style-src 'sha256-${digest}'; frame-ancestors 'none'; base-uri 'none'`;

/** The routes as a page to read: what each does, takes and answers. All of it stands open, so that a browser finds it. */
export function docs(): HttpResponse {
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY };
  return { status: 200, headers, body: page(openapi()) };
}

const EXAMPLE = `curl http://127.0.0.1:4400/api/artifacts/ \\
  -H 'content-type: application/json' \\
  -d '{"key": "daily-report", "type": "markdown", "data": "# All is well"}'`;

function page({ info, paths, components }: Part): string {
  const { title, description } = Object(info);
  const operations = operationsOf(paths);
  const nouns = [...new Set(operations.map(({ noun }) => noun))];
  const sections = nouns.map((noun) => {
    const own = operations.filter((each) => each.noun === noun);
    return section(noun, named(noun), own.map(rendered).join(""));
  });
  const schemas = Object.entries(Object(Object(components).schemas)).map(
    ([name, schema]) => `<article id="${escaped(name)}"><h3>${code(name)}</h3>${fieldsOf(schema, false)}</article>`,
  );
  const links = [...nouns, "refusals", "schemas"].map((noun) => `<li><a href="#${noun}">${named(noun)}</a></li>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>
<nav aria-label="Sections"><ul>${links.join("")}</ul></nav>
<main><h1>${escaped(title)}</h1><p>${escaped(description)}</p>
<p>Prefect comes here unchanged with ${code("PREFECT_API_URL=http://127.0.0.1:4400/api")}; anything else with a request:</p>
<pre tabindex="0">${escaped(EXAMPLE)}</pre>
<p>The same for programs: <a href="/api/openapi.json">openapi.json</a>.</p>
${sections.join("\n")}${section("refusals", named("refusals"), refusals(operations))}
${section("schemas", named("schemas"), schemas.join(""))}</main></body></html>`;
}

function section(id: string, name: string, inside: string): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>${inside}</section>`;
}

/** A noun of the paths as a heading: `flow_runs` is "Flow runs". */
function named(noun: string): string {
  const words = escaped(noun.replaceAll("_", " "));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface Operation {
  noun: string;
  method: string;
  path: string;
  operation: Part;
}

function operationsOf(paths: unknown): Operation[] {
  return Object.entries(Object(paths)).flatMap(([path, methods]) =>
    Object.entries(Object(methods)).map(([method, operation]) => ({
      noun: path.split("/")[1] ?? "",
      method: method.toUpperCase(),
      path,
      operation: Object(operation),
    })),
  );
}

function rendered({ method, path, operation }: Operation): string {
  const { operationId, summary, requestBody, responses } = operation;
  const id = escaped(operationId);
  const body = requestBody ? `<h4>Body${Object(requestBody).required ? "" : ", or none"}</h4>` : "";
  const fields = requestBody ? fieldsOf(schemaOf(requestBody), true) : "";
  return `<article id="${id}"><h3><span class="method ${method}">${method}</span><a href="#${id}">${code(`/api${path}`)}</a></h3>
<p>${escaped(summary)}</p>${body}${fields}<h4>Answers</h4>${answers(responses)}</article>`;
}

/** What of a route's answers is its own. */
const OWN = /^(?:2..|404|409|422)$/;

function answers(responses: unknown): string {
  const each = Object.entries(Object(responses)).flatMap(([status, response]) => {
    const given = Number(status) < 300 ? schemaOf(response) : undefined;
    const words = given ? typeOf(given) : escaped(Object(response).description);
    return OWN.test(status) ? [`<li><b>${status}</b> ${words}</li>`] : [];
  });
  return `<ul class="answers">${each.join("")}</ul>`;
}

const REFUSED = `{
  "exception_message": "Invalid request received.",
  "exception_detail": [
    { "type": "missing", "loc": ["body", "name"], "msg": "Field required", "input": null }
  ],
  "request_body": null
}`;

/** What any route may answer instead, told once. */
function refusals(operations: Operation[]): string {
  const all = operations.flatMap(({ operation }) => Object.entries(Object(operation.responses)));
  const rows = [...new Map(all.filter(([status]) => Number(status) >= 400))].sort().map(([status, response]) => {
    return `<tr><td>${code(status)}</td><td>${escaped(Object(response).description)}</td></tr>`;
  });
  return `<p>A refusal says why: in ${code("detail")}, in ${code("exception_message")} or, from before a route is found, in ${code("message")}.
A body that is refused is told place by place:</p><pre tabindex="0">${escaped(REFUSED)}</pre>
<article><table><tbody>${rows.join("")}</tbody></table></article>`;
}

function schemaOf(part: unknown): unknown {
  return Object(Object(Object(part).content)["application/json"]).schema;
}
