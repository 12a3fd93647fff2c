import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** A package as it lies in `node_modules`. */
export interface Installed {
  name: string;
  version: string;
  description: string;
  license: string;
  homepage: string | null;
  folder: string;
}

/** The packages at the top of `node_modules`, by name. */
export function installed(): Installed[] {
  const modules = join(root, "node_modules");
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

/** The text of a package's file whose name starts so (`readme`, `changelog`), whatever its case; null without one. */
export function paperOf({ folder }: Installed, start: string): string | null {
  const file = readdirSync(folder).find(
    (name) => name.toLowerCase().startsWith(start) && /\.(md|markdown)$/i.test(name),
  );
  return file ? readFileSync(join(folder, file), "utf8") : null;
}

/** A package's name as a part of a key: lowercase letters, digits and dashes. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
