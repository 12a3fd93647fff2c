import { createHash } from "node:crypto";
import type { HttpResponse } from "#server/http/message";
import { type JsonObject, openapi } from "#server/rest/openapi";
import { code, escapeHtml, fieldTable, typeText } from "./docs-fields";
import { STYLE } from "./docs-style";

const digest = createHash("sha256").update(STYLE).digest("base64");

/** The page runs no script and loads nothing. */
const POLICY = `default-src 'none'; style-src 'sha256-${digest}'; frame-ancestors 'none'; base-uri 'none'`;

/** The API reference as one HTML page, fully expanded so that the browser's search finds everything. */
export function docsPage(): HttpResponse {
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY };
  return { status: 200, headers, body: renderPage(openapi()) };
}

const EXAMPLE = `curl http://127.0.0.1:4400/api/artifacts/ \\
  -H 'content-type: application/json' \\
  -d '{"key": "daily-report", "type": "markdown", "data": "# All checks passed"}'`;

function renderPage({ info, paths, components }: JsonObject): string {
  const { title, description } = Object(info);
  const operations = operationsOf(paths);
  const nouns = [...new Set(operations.map(({ noun }) => noun))];
  const sections = nouns.map((noun) => {
    const own = operations.filter((each) => each.noun === noun);
    return section(noun, heading(noun), own.map(renderOperation).join(""));
  });
  const schemas = Object.entries(Object(Object(components).schemas)).map(
    ([name, schema]) =>
      `<article id="${escapeHtml(name)}"><h3>${code(name)}</h3>${fieldTable(schema, false)}</article>`,
  );
  const links = [...nouns, "refusals", "schemas"].map((noun) => `<li><a href="#${noun}">${heading(noun)}</a></li>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<nav aria-label="Sections"><ul>${links.join("")}</ul></nav>
<main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(description)}</p>
<p>Point an unmodified Prefect client here with ${code("PREFECT_API_URL=http://127.0.0.1:4400/api")}, or call it from anything that speaks HTTP:</p>
<pre tabindex="0">${escapeHtml(EXAMPLE)}</pre>
<p>Machine-readable: <a href="/api/openapi.json">openapi.json</a>.</p>
${sections.join("\n")}${section("refusals", heading("refusals"), renderErrors(operations))}
${section("schemas", heading("schemas"), schemas.join(""))}</main></body></html>`;
}

function section(id: string, name: string, inside: string): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>${inside}</section>`;
}

/** A resource name as a heading: `flow_runs` → "Flow runs". */
function heading(noun: string): string {
  const words = escapeHtml(noun.replaceAll("_", " "));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface Operation {
  noun: string;
  method: string;
  path: string;
  operation: JsonObject;
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

function renderOperation({ method, path, operation }: Operation): string {
  const { operationId, summary, requestBody, responses } = operation;
  const id = escapeHtml(operationId);
  const body = requestBody ? `<h4>Body${Object(requestBody).required ? "" : " (optional)"}</h4>` : "";
  const fields = requestBody ? fieldTable(schemaOf(requestBody), true) : "";
  return `<article id="${id}"><h3><span class="method ${method}">${method}</span><a href="#${id}">${code(`/api${path}`)}</a></h3>
<p>${escapeHtml(summary)}</p>${body}${fields}<h4>Responses</h4>${renderResponses(responses)}</article>`;
}

/** Statuses that are shown with each route; the others are listed once. */
const SPECIFIC_STATUS = /^(?:2..|404|409|422)$/;

function renderResponses(responses: unknown): string {
  const each = Object.entries(Object(responses)).flatMap(([status, response]) => {
    const success = Number(status) < 300 ? schemaOf(response) : undefined;
    const description = success ? typeText(success) : escapeHtml(Object(response).description);
    return SPECIFIC_STATUS.test(status) ? [`<li><b>${status}</b> ${description}</li>`] : [];
  });
  return `<ul class="responses">${each.join("")}</ul>`;
}

const ERROR_EXAMPLE = `{
  "exception_message": "Invalid request received.",
  "exception_detail": [
    { "type": "missing", "loc": ["body", "name"], "msg": "Field required", "input": null }
  ],
  "request_body": null
}`;

/** The errors that any route may return. */
function renderErrors(operations: Operation[]): string {
  const all = operations.flatMap(({ operation }) => Object.entries(Object(operation.responses)));
  const rows = [...new Map(all.filter(([status]) => Number(status) >= 400))].sort().map(([status, response]) => {
    return `<tr><td>${code(status)}</td><td>${escapeHtml(Object(response).description)}</td></tr>`;
  });
  return `<p>An error carries its reason in ${code("detail")}, in ${code("exception_message")} or, before a route is matched, in ${code("message")}.
An invalid body is described field by field:</p><pre tabindex="0">${escapeHtml(ERROR_EXAMPLE)}</pre>
<article><table><tbody>${rows.join("")}</tbody></table></article>`;
}

function schemaOf(part: unknown): unknown {
  return Object(Object(Object(part).content)["application/json"]).schema;
}
