import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { formatNumber, groupBy, type Row, round, sum } from "./dataset";
import { installedPackages, ROOT } from "./packages";
import type { Plan, Publication } from "./plan";

/** Reports about this project: its dependencies with their licences, and its browser scripts. */
export function reports(): Plan {
  const publishes = [...dependencies(), ...bundle()];
  return {
    flow: { name: "dependency-audit", tags: ["engineering", "security"], labels: { team: "platform", tier: "gold" } },
    deployments: [
      {
        name: "on-merge",
        description: "Reads the lock file and the build.",
        workQueueName: "default",
        version: "0.3.0",
        tags: ["production"],
      },
    ],
    runs: [
      {
        id: "head",
        name: "audit-head",
        deployment: "on-merge",
        start: "2026-11-20T17:30:00Z",
        minutes: 1,
        tags: ["audit"],
        steps: [{ key: "read_lock_file", publishes }],
      },
    ],
  };
}

function dependencies(): Publication[] {
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  const direct: Record<string, string> = { ...lock.packages[""].dependencies, ...lock.packages[""].devDependencies };
  const rows: Row[] = installedPackages().map(({ name, version, license, description }) => {
    const entry = lock.packages[`node_modules/${name}`] ?? {};
    const role = name in direct ? "direct" : "transitive";
    return { package: name, version, licence: license, role, development: Boolean(entry.dev), description };
  });
  const licences = groupBy(rows, (row) => String(row.licence))
    .map(([licence, group]) => ({ licence, packages: group.length }))
    .sort((a, b) => b.packages - a.packages);
  const named = rows.filter(({ role }) => role === "direct");
  return [
    {
      key: "dependencies",
      type: "table",
      description: "All top-level packages with their licences.",
      metadata: { packages: rows.length, direct: named.length },
      data: rows,
    },
    {
      key: "licences",
      type: "table",
      description: "Number of packages by licence.",
      metadata: { licences: licences.length },
      data: licences,
    },
    {
      key: "dependency-report",
      type: "markdown",
      description: "Dependencies and their licences.",
      metadata: { packages: rows.length },
      data: `# Dependencies\n\n${named.length} direct dependencies, and ${rows.length - named.length} transitive ones.\n\n## Licences\n\n${licences.map(({ licence, packages }) => `- **${licence}**: ${packages}`).join("\n")}\n\n## Direct dependencies\n\n${named.map((row) => `- \`${row.package}\` ${row.version} — ${row.description}`).join("\n")}\n`,
    },
  ];
}

function bundle(): Publication[] {
  const folder = join(ROOT, ".next", "static", "chunks");
  if (!existsSync(folder)) return [];
  const rows = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(js|css)$/.test(file))
    .map((file) => {
      const path = join(folder, file);
      return { file, bytes: statSync(path).size, compressed: gzipSync(readFileSync(path, "utf8")).length };
    })
    .sort((a, b) => b.bytes - a.bytes);
  const total = sum(rows.map(({ compressed }) => compressed));
  return [
    {
      key: "bundle-report",
      type: "table",
      description: `Scripts and styles of the interface: ${round(total / 1024)} kB compressed in ${rows.length} files.`,
      metadata: { files: rows.length, "compressed bytes": formatNumber(total) },
      data: rows,
    },
  ];
}
