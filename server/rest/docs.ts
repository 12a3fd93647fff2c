import { createHash } from "node:crypto";
import type { Answer } from "#server/door/asked";
import { openapi, type Part } from "./openapi";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; } summary { cursor: pointer; padding: .35rem 0; }
code, pre { font: 14px/1.45 ui-monospace, monospace; }
pre { overflow: auto; max-height: 30rem; padding: .75rem; border: 1px solid #8886; border-radius: .375rem; }
.method { display: inline-block; width: 4.5rem; font-weight: 600; }
.procedure { opacity: .7; margin-left: .75rem; }
`;

const digest = createHash("sha256").update(STYLE).digest("base64");

/** The page lets nothing run and loads nothing, from here or elsewhere. */
const POLICY = `default-src 'none'; style-src 'sha256-${digest}'; frame-ancestors 'none'; base-uri 'none'`;

/** The routes as a page to read: each with the procedure that answers it, its body and its answers. */
export function docs(): Answer {
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY };
  return { status: 200, headers, body: page(openapi()) };
}

function page({ info, paths, components }: Part): string {
  const { title, description } = Object(info);
  const { schemas } = Object(components);
  const operations = operationsOf(paths);
  const sections = [...new Set(operations.map(({ noun }) => noun))].map((noun) => {
    const own = operations.filter((each) => each.noun === noun);
    return `<section><h2 id="${escaped(noun)}">${escaped(noun)}</h2>${own.map(rendered).join("")}</section>`;
  });
  const rows = Object.entries(schemas).map(([name, schema]) => detail(`<code>${escaped(name)}</code>`, shown(schema)));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main><h1>${escaped(title)}</h1>
<p>${escaped(description)} The same as a document: <a href="/api/openapi.json">openapi.json</a>.</p>
${sections.join("\n")}<section><h2>Schemas</h2>${rows.join("")}</section></main></body></html>`;
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
  const { summary, requestBody, responses } = operation;
  const head = `<span class="method">${method}</span><code>/api${escaped(path)}</code><span class="procedure">${escaped(summary)}</span>`;
  const body = requestBody ? `<h4>Body</h4>${shown(requestBody)}` : "";
  return detail(head, `${body}<h4>Answers</h4>${shown(responses)}`);
}

function detail(head: string, inside: string): string {
  return `<details><summary>${head}</summary>${inside}</details>`;
}

function shown(value: unknown): string {
  return `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`;
}

function escaped(text: unknown): string {
  return String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
