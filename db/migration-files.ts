import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Migration {
  number: number;
  /** The file name without `.sql`: `0003_its_flow`. */
  name: string;
  /** The oldest program that may run on the schema after it, by the number of that program's newest migration. */
  requires: number;
  statements: string[];
}

// The source and the bundle are both one folder below the root.
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "..", "db", "migrations");

const FILE = /^(\d{4})_[a-z0-9_]+\.sql$/;
const HEADER = /^-- requires: (\d{4})\n/;
const BREAKPOINT = "--> statement-breakpoint";

/**
 * Reads `NNNN_name.sql` files, in order. Each begins with `-- requires: NNNN`; drizzle-kit's breakpoints separate its
 * statements.
 * @throws Error for a name, number or header that breaks these rules
 */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return files.sort().map((file, index) => {
    const number = Number(FILE.exec(file)?.[1] ?? Number.NaN);
    if (number !== index) {
      throw new Error(`Migration ${file}: name it ${pad(index)}_name.sql; numbers are consecutive and start at 0000.`);
    }
    const text = readFileSync(join(folder, file), "utf8");
    const requires = Number(HEADER.exec(text)?.[1] ?? Number.NaN);
    if (!(requires <= number)) {
      throw new Error(`Migration ${file}: its first line must be "-- requires: NNNN", with ${pad(number)} or less.`);
    }
    return { number, name: file.slice(0, -4), requires, statements: text.split(BREAKPOINT) };
  });
}

let cached: Migration[] | undefined;

/** This program's own migrations. */
export function ownMigrations(): Migration[] {
  cached ??= readMigrations(FOLDER);
  return cached;
}

/** `7` as `0007`. */
function pad(number: number): string {
  return String(number).padStart(4, "0");
}
