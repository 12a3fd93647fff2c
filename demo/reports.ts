import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { grouped, type Row, readable, round, sum } from "./dataset";
import { installed, root } from "./installed";
import type { Plan, Publication } from "./plan";

/** What this project itself is made of: its dependencies and their licences, and the scripts a browser gets. */
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
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const direct: Record<string, string> = { ...lock.packages[""].dependencies, ...lock.packages[""].devDependencies };
  const rows: Row[] = installed().map(({ name, version, license, description }) => {
    const entry = lock.packages[`node_modules/${name}`] ?? {};
    const role = name in direct ? "direct" : "transitive";
    return { package: name, version, licence: license, role, development: Boolean(entry.dev), description };
  });
  const licences = grouped(rows, (row) => String(row.licence))
    .map(([licence, group]) => ({ licence, packages: group.length }))
    .sort((a, b) => b.packages - a.packages);
  const named = rows.filter(({ role }) => role === "direct");
  return [
    {
      key: "dependencies",
      type: "table",
      description: "Every package at the top of the tree, with its licence.",
      metadata: { packages: rows.length, direct: named.length },
      data: rows,
    },
    {
      key: "licences",
      type: "table",
      description: "How many packages carry which licence.",
      metadata: { licences: licences.length },
      data: licences,
    },
    {
      key: "dependency-report",
      type: "markdown",
      description: "What we depend on, and under which terms.",
      metadata: { packages: rows.length },
      data: `# Dependencies\n\n${named.length} packages are named by us; they bring ${rows.length - named.length} more.\n\n## Licences\n\n${licences.map(({ licence, packages }) => `- **${licence}**: ${packages}`).join("\n")}\n\n## Named by us\n\n${named.map((row) => `- \`${row.package}\` ${row.version} — ${row.description}`).join("\n")}\n`,
    },
  ];
}

function bundle(): Publication[] {
  const folder = join(root, ".next", "static", "chunks");
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
      metadata: { files: rows.length, "compressed bytes": readable(total) },
      data: rows,
    },
  ];
}
