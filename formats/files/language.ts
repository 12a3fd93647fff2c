import type { Artifact } from "#contract/artifact";

/** Types of artifacts that are named for a language. */
export const LANGUAGES = [
  ...["bash", "c", "cpp", "csharp", "css", "diff", "go", "graphql", "html", "ini", "java", "javascript", "kotlin"],
  ...["lua", "makefile", "perl", "php", "python", "r", "ruby", "rust", "scss", "sql", "swift", "toml", "typescript"],
  ...["xml", "yaml"],
] as const;

/** Endings of names of files that the highlighter knows by another name. */
const BY_EXTENSION: Record<string, string> = {
  bash: "bash",
  cfg: "ini",
  conf: "ini",
  env: "ini",
  h: "c",
  hpp: "cpp",
  htm: "html",
  jsx: "javascript",
  mjs: "javascript",
  patch: "diff",
  sh: "bash",
  svg: "xml",
  tsx: "typescript",
  xsd: "xml",
  yml: "yaml",
};

const OTHER_EXTENSIONS = [
  ...[
    "c",
    "cpp",
    "cs",
    "css",
    "diff",
    "go",
    "graphql",
    "html",
    "ini",
    "java",
    "js",
    "kt",
    "lua",
    "php",
    "pl",
    "py",
    "r",
  ],
  ...["rb", "rs", "scss", "sql", "swift", "toml", "ts", "xml", "yaml"],
];

export const CODE_EXTENSIONS = [...Object.keys(BY_EXTENSION), ...OTHER_EXTENSIONS];

/** The language of code: `metadata.language`, the type, or what the key ends with. Null where none is named. */
export function languageOf({ type, key, metadata }: Pick<Artifact, "type" | "key" | "metadata">): string | null {
  if (typeof metadata?.language === "string") return metadata.language.toLowerCase();
  if (LANGUAGES.some((name) => name === type)) return type;
  const extension = extensionOf(key);
  return extension === null ? null : languageOfExtension(extension);
}

function languageOfExtension(extension: string): string | null {
  if (Object.hasOwn(BY_EXTENSION, extension)) return BY_EXTENSION[extension] ?? null;
  return OTHER_EXTENSIONS.includes(extension) ? extension : null;
}

/** What a name ends with after its last dot, in lower case. */
export function extensionOf(name: string | null): string | null {
  return /[^/]\.([a-z0-9]{1,10})$/i.exec(name ?? "")?.[1]?.toLowerCase() ?? null;
}
