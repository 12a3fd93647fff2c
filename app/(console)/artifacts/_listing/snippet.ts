import type { ServerInfo } from "#app/_data/server";

export const LANGUAGES = ["TypeScript", "curl", "Python"] as const;

/** Code that publishes a first artifact to this server, complete but for the API key where one is needed. */
export function snippet(
  language: (typeof LANGUAGES)[number],
  { url, needsApiKey }: Pick<ServerInfo, "url" | "needsApiKey">,
): string {
  const endpoint = `${url}/api/trpc/artifact.create`;
  switch (language) {
    case "TypeScript":
      return `const response = await fetch("${endpoint}", {
  method: "POST",
  headers: { "content-type": "application/json"${needsApiKey ? ', authorization: "Bearer YOUR-API-KEY"' : ""} },
  body: JSON.stringify({
    key: "first-report",
    type: "markdown",
    description: "Summary of the first run",
    data: "# It works\\n\\nPublished from TypeScript.",
  }),
});
console.log(response.status, await response.json());`;
    case "curl":
      return `curl ${endpoint} \\
  -H 'content-type: application/json' \\
${needsApiKey ? "  -H 'authorization: Bearer YOUR-API-KEY' \\\n" : ""}  -d '{
    "key": "first-report",
    "type": "markdown",
    "description": "Summary of the first run",
    "data": "# It works\\n\\nPublished from curl."
  }'`;
    case "Python":
      return `import json, urllib.request

body = {
    "key": "first-report",
    "type": "markdown",
    "description": "Summary of the first run",
    "data": "# It works\\n\\nPublished from Python.",
}
request = urllib.request.Request(
    "${endpoint}",
    data=json.dumps(body).encode(),
    headers={"content-type": "application/json"${needsApiKey ? ', "authorization": "Bearer YOUR-API-KEY"' : ""}},
)
print(json.load(urllib.request.urlopen(request)))`;
  }
}
