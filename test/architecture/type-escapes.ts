import { codeOf, lineAt, lineCount } from "./scan";
import { isCode, isTest, type Rule } from "./tree";

const ESCAPES: [RegExp, string][] = [
  [/(?:[:<|&]\s*|<[^<>()]*,\s*|\btype \w+ = |\bas\s+)any\b(?!\s*[:(,.?}])/g, "any"],
  [/(?<![*{,]\s*\w*\s*)\bas\s+(?!const\b|any\b|unknown\s+as\b)(?=[A-Za-z{[(])/g, "a cast"],
  [/[\w)\]]!(?=[.,;)\]}[\s])(?!\s*=)/g, "!"],
];

/** Where the type checker is overruled: `any`, a cast or `!`, as `file:line (what)`. */
export const escapes: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && !isTest(path) && !path.startsWith("docs/"))
    .flatMap(({ path, text }) => {
      const code = codeOf(text).replace(/^(?:import|export)\b[^;=(]*?\bfrom\b/gm, (clause) =>
        clause.replace(/[^\n]/g, " "),
      );
      return ESCAPES.flatMap(([pattern, what]) =>
        [...code.matchAll(pattern)].map(({ index }) => `${path}:${lineAt(text, index)} (${what})`),
      );
    });

/** At most one `any`, cast or `!` per thousand lines. */
export const casts: Rule = (files) => {
  const found = escapes(files);
  const lines = files.filter(({ path }) => isCode(path)).reduce((sum, { text }) => sum + lineCount(text), 0);
  const most = Math.ceil(lines / 1000);
  if (found.length <= most) return [];
  return [
    `${found.length} times any, a cast or "!" in ${lines} lines, at most ${most}: say it in types. ${found.join(", ")}.`,
  ];
};

const CRUTCHES: [RegExp, string][] = [
  [/\bwaitForTimeout\(/g, "sleeps: wait for what the page shows"],
  [/\bsetTimeout\(\s*(?:resolve|r|done)\b/g, "sleeps: wait for the event itself"],
  [/\bretries\s*:\s*[1-9]/g, "retries: a test that fails once is red"],
  [/\bretry\s*:\s*[1-9]/g, "retries: a test that fails once is red"],
  [/\btoMatch(?:Inline)?Snapshot\(/g, "compares a snapshot: say what must hold"],
  [/\bvi\s*\.\s*mock\(/g, "mocks a module: test against the real thing"],
];

/** Tests use no sleeps, no retries, no snapshots and no mocked modules. */
export const crutches: Rule = (files) =>
  files
    .filter(({ path }) => isTest(path) || /^e2e\/|^(?:playwright|vitest)\.config\.ts$/.test(path))
    .flatMap(({ path, text }) =>
      CRUTCHES.flatMap(([pattern, fault]) =>
        [...codeOf(text).matchAll(pattern)].map(({ index }) => `${path}:${lineAt(text, index)} ${fault}.`),
      ),
    );
