import { installedPackages, type Package, readDocument, slugOf } from "./packages";
import type { Plan, Publication } from "./plan";

const HEADING =
  /^(?:#{1,3}\s*)?\[?v?(\d+\.\d+\.\d+(?:[-.\w]*)?)\]?(?:\([^)\n]*\))?\s*(?:[-/(]*\s*(\d{4}-\d{2}-\d{2})\)?)?.*$/gm;
/** Changelogs with fewer releases are left out. */
const MIN_RELEASES = 5;

interface Release {
  version: string;
  date: string | null;
  text: string;
}

/** The changelogs of installed packages: a version for each release, oldest first. */
export function releases(): Plan {
  const histories = installedPackages().flatMap((each) => {
    const found = releasesOf(readDocument(each, "changelog") ?? readDocument(each, "history") ?? "");
    return found.length >= MIN_RELEASES ? [{ each, found }] : [];
  });
  return {
    flow: { name: "release-notes", tags: ["engineering"], labels: { team: "platform", tier: "bronze" } },
    deployments: [
      {
        name: "watch",
        description: "Reads the changelogs of installed packages.",
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

function note({ name, description }: Package, { version, date, text }: Release): Publication {
  return {
    key: `changelog/${slugOf(name)}`,
    type: "markdown",
    description: `**${name}** — ${description || "release notes"}`,
    metadata: { package: name, release: version, ...(date ? { date } : {}) },
    data: text,
  };
}

/** The releases of a changelog that have a text, oldest first. */
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
