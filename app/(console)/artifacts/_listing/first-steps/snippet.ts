import type { ServerInfo } from "#app/_data/server";

export const LANGUAGES = ["Shell", "TypeScript", "Prefect", "Python", "curl"] as const;

/** Code that publishes a first artifact to this server, complete but for the API key where one is needed. */
export function snippet(
  language: (typeof LANGUAGES)[number],
  { url, needsApiKey }: Pick<ServerInfo, "url" | "needsApiKey">,
): string {
  const endpoint = `${url}/api/trpc/artifact.create`;
  switch (language) {
    case "Shell":
      return `export VITRINE_URL=${url}
${needsApiKey ? "export VITRINE_API_KEY=YOUR-API-KEY\n" : ""}echo "# It works" > report.md
npx vitrine push report.md --key first-report --description "Summary of the first run"`;
    case "TypeScript":
      return `import { connect } from "vitrine-client/node";

const vitrine = connect({ url: "${url}"${needsApiKey ? ', apiKey: "YOUR-API-KEY"' : ""} });
await vitrine.markdown("first-report", "# It works", { description: "Summary of the first run" });`;
    case "Prefect":
      return `# Flows need no change: their runs and artifacts arrive here.
export PREFECT_API_URL=${url}/api
${needsApiKey ? "export PREFECT_API_AUTH_STRING=KEY-NAME:YOUR-API-KEY\n" : ""}python my_flow.py`;
    case "curl":
      return `curl ${endpoint} \\
  -H 'content-type: application/json' \\
${needsApiKey ? "  -H 'authorization: Bearer YOUR-API-KEY' \\\n" : ""}  -d '{
    "key": "first-report",
    "type": "markdown",
    "description": "Summary of the first run",
    "data": "# It works"
  }'`;
    case "Python":
      return `import json, urllib.request

body = {
    "key": "first-report",
    "type": "markdown",
    "description": "Summary of the first run",
    "data": "# It works",
}
request = urllib.request.Request(
    "${endpoint}",
    data=json.dumps(body).encode(),
    headers={"content-type": "application/json"${needsApiKey ? ', "authorization": "Bearer YOUR-API-KEY"' : ""}},
)
print(json.load(urllib.request.urlopen(request)))`;
  }
}
