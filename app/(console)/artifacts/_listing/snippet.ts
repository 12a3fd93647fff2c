import type { Reached } from "#app/_data/server-address";

/** The languages in which the first steps are told. */
export const LANGUAGES = ["TypeScript", "curl", "Python"] as const;

/** Code that publishes a first artifact to this server, ready to run as it stands; only an API key is left to fill in. */
export function snippet(language: (typeof LANGUAGES)[number], { address, keyed }: Reached): string {
  const url = `${address}/api/trpc/artifact.create`;
  switch (language) {
    case "TypeScript":
      return `const answer = await fetch("${url}", {
  method: "POST",
  headers: { "content-type": "application/json"${keyed ? ', authorization: "Bearer YOUR-API-KEY"' : ""} },
  body: JSON.stringify({
    key: "first-report",
    type: "markdown",
    description: "What the first run found",
    data: "# It works\\n\\nPublished from TypeScript.",
  }),
});
console.log(answer.status, await answer.json());`;
    case "curl":
      return `curl ${url} \\
  -H 'content-type: application/json' \\
${keyed ? "  -H 'authorization: Bearer YOUR-API-KEY' \\\n" : ""}  -d '{
    "key": "first-report",
    "type": "markdown",
    "description": "What the first run found",
    "data": "# It works\\n\\nPublished from curl."
  }'`;
    case "Python":
      return `import json, urllib.request

body = {
    "key": "first-report",
    "type": "markdown",
    "description": "What the first run found",
    "data": "# It works\\n\\nPublished from Python.",
}
request = urllib.request.Request(
    "${url}",
    data=json.dumps(body).encode(),
    headers={"content-type": "application/json"${keyed ? ', "authorization": "Bearer YOUR-API-KEY"' : ""}},
)
print(json.load(urllib.request.urlopen(request)))`;
  }
}
