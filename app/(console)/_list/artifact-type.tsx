import { TYPE_ICONS } from "./icons/type-icons";

export const KNOWN_TYPES = ["markdown", "table", "link", "image", "progress"] as const;

/** The colour of icons of types that hold alike things. */
const FAMILIES = {
  text: "text-kind-text",
  table: "text-kind-table",
  number: "text-kind-number",
  image: "text-kind-image",
  chart: "text-kind-chart",
  report: "text-kind-report",
  file: "text-soft",
};

type TypeLook = [name: string, icon: keyof typeof TYPE_ICONS, family: keyof typeof FAMILIES];

/** Types that are named for a language, as it writes itself. */
const LANGUAGES =
  "Bash C C++ C# CSS Diff Go GraphQL INI Java JavaScript Kotlin Lua Makefile Perl PHP Python R Ruby Rust SCSS SQL Swift TOML TypeScript XML YAML";

const TYPES: Record<string, TypeLook> = {
  ...Object.fromEntries(
    LANGUAGES.split(" ").map((name): [string, TypeLook] => [languageType(name), [name, "code", "text"]]),
  ),
  markdown: ["Markdown", "document", "text"],
  text: ["Text", "text", "text"],
  html: ["HTML", "window", "text"],
  code: ["Code", "code", "text"],
  log: ["Log", "terminal", "text"],
  math: ["Math", "sum", "text"],
  latex: ["LaTeX", "sum", "text"],
  table: ["Table", "table", "table"],
  jsonl: ["JSON Lines", "rows", "table"],
  ndjson: ["NDJSON", "rows", "table"],
  json: ["JSON", "braces", "table"],
  number: ["Number", "number", "number"],
  progress: ["Progress", "progress", "number"],
  image: ["Image", "image", "image"],
  images: ["Images", "images", "image"],
  vega: ["Vega", "chart", "chart"],
  "vega-lite": ["Vega-Lite", "chart", "chart"],
  plotly: ["Plotly", "chart", "chart"],
  mermaid: ["Mermaid", "diagram", "chart"],
  geojson: ["GeoJSON", "map", "chart"],
  notebook: ["Notebook", "notebook", "report"],
  report: ["Report", "report", "report"],
  junit: ["JUnit", "tests", "report"],
  lcov: ["LCOV", "coverage", "report"],
  cobertura: ["Cobertura", "coverage", "report"],
  sarif: ["SARIF", "bug", "report"],
  lighthouse: ["Lighthouse", "gauge", "report"],
  result: ["Result", "braces", "file"],
  link: ["Link", "link", "file"],
  file: ["File", "file", "file"],
  files: ["Folder", "folder", "file"],
};

function languageType(name: string): string {
  return name.toLowerCase().replace("++", "pp").replace("#", "sharp");
}

function lookOf(type: string | null): TypeLook | undefined {
  return type !== null && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
}

export function typeName(type: string | null): string {
  return type === null ? "No type" : (lookOf(type)?.[0] ?? type);
}

export function TypeIcon({ type, className = "size-4" }: { type: string | null; className?: string }) {
  const [, icon, family] = lookOf(type) ?? (["", type === null ? "braces" : "shapes", null] as const);
  const colour = family === null ? "text-faint" : FAMILIES[family];
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${colour} ${className}`}
    >
      <path d={TYPE_ICONS[icon]} />
    </svg>
  );
}

export function TypeLabel({ type }: { type: string | null }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-soft">
      <TypeIcon type={type} className="size-3.5" />
      <span className="truncate">{typeName(type)}</span>
    </span>
  );
}
