import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface Package {
  name: string;
  version: string;
  description: string;
  license: string;
  homepage: string | null;
  folder: string;
}

/** The packages directly in `node_modules`, sorted by name. */
export function installedPackages(): Package[] {
  const modules = join(ROOT, "node_modules");
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  return names.sort().flatMap((name) => {
    const folder = join(modules, name);
    const manifest = join(folder, "package.json");
    if (!existsSync(manifest)) return [];
    const {
      version = "0.0.0",
      description = "",
      license,
      homepage = null,
    } = JSON.parse(readFileSync(manifest, "utf8"));
    return [
      { name, version, description, license: typeof license === "string" ? license : "unstated", homepage, folder },
    ];
  });
}

/** The markdown file of a package whose name starts with `prefix` in any case, such as `readme`; null if there is none. */
export function readDocument({ folder }: Package, prefix: string): string | null {
  const file = readdirSync(folder).find(
    (name) => name.toLowerCase().startsWith(prefix) && /\.(md|markdown)$/i.test(name),
  );
  return file ? readFileSync(join(folder, file), "utf8") : null;
}

/** The name of a package as part of a key. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
