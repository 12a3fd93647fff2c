import { type Installed, installed, paperOf, slugOf } from "./installed";
import type { Plan, Publication } from "./plan";

const HEADING =
  /^(?:#{1,3}\s*)?\[?v?(\d+\.\d+\.\d+(?:[-.\w]*)?)\]?(?:\([^)\n]*\))?\s*(?:[-/(]*\s*(\d{4}-\d{2}-\d{2})\)?)?.*$/gm;
const FEWEST = 5;

interface Release {
  version: string;
  date: string | null;
  text: string;
}

/** What changed in the packages we stand on: one version per release, oldest first, split from their changelogs. */
export function releases(): Plan {
  const histories = installed().flatMap((each) => {
    const found = releasesOf(paperOf(each, "changelog") ?? paperOf(each, "history") ?? "");
    return found.length >= FEWEST ? [{ each, found }] : [];
  });
  return {
    flow: { name: "release-notes", tags: ["engineering"], labels: { team: "platform", tier: "bronze" } },
    deployments: [
      {
        name: "watch",
        description: "Follows the changelogs of what we install.",
        workQueueName: "default",
        version: "1.0.0",
        tags: ["production"],
      },
    ],
    runs: histories.map(({ each, found }) => ({
      id: `${each.name}@${each.version}`,
      name: `notes-${slugOf(each.name)}`,
      deployment: "watch",
      start: "2026-11-02T06:00:00Z",
      minutes: 1,
      tags: ["changelog", each.name],
      parameters: { package: each.name, installed: each.version },
      steps: found.map((release) => ({ key: `release_${release.version}`, publishes: [note(each, release)] })),
    })),
  };
}

function note({ name, description }: Installed, { version, date, text }: Release): Publication {
  return {
    key: `changelog-${slugOf(name)}`,
    type: "markdown",
    description: `**${name}** — ${description || "release notes"}`,
    metadata: { package: name, release: version, ...(date ? { date } : {}) },
    data: text,
  };
}

/** The releases of a changelog with something in them, oldest first. */
function releasesOf(changelog: string): Release[] {
  const heads = [...changelog.matchAll(HEADING)];
  return heads
    .map((head, i) => {
      const body = changelog
        .slice(head.index + head[0].length, heads[i + 1]?.index)
        .replace(/^\s*=+\s*\n/, "")
        .trim();
      return { version: head[1] ?? "", date: head[2] ?? null, text: `# ${head[1]}\n\n${body}\n`, body };
    })
    .filter(({ body }) => body.length > 20 && !body.startsWith("No changes"))
    .reverse();
}
