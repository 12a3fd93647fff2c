import { isProduction, type Rule } from "./tree";

/** Every dependency in package.json has its reason in docs/decisions.md, and every reason its dependency. */
export const dependencyReasons: Rule = (files) => {
  const text = (path: string) => files.find((file) => file.path === path)?.text ?? "";
  const { dependencies, devDependencies }: Record<string, Record<string, string>> = JSON.parse(text("package.json"));
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith("@types/"));
  const section = text("docs/decisions.md").split("\n## Dependencies\n")[1] ?? "";
  const explained = [...section.matchAll(/`([^`*]+)`/g)].map(([, name = ""]) => name);
  return [
    ...names.filter((name) => !explained.includes(name)).map((name) => `docs/decisions.md has no reason for ${name}.`),
    ...explained
      .filter((name) => !names.includes(name))
      .map((name) => `docs/decisions.md has a reason for ${name}, which is not in package.json.`),
  ];
};

const DEPLOYMENT = /^(?:Dockerfile|compose\.yaml|\.env\.example|deploy\/.*)$/;

/** Every environment variable of the server, client, command line tool and files for deployment is documented. */
export const documentedVariables: Rule = (files) => {
  const document = files.find(({ path }) => path === "docs/configuration.md")?.text ?? "";
  const variables = files
    .filter(({ path }) => (isProduction(path) && path.endsWith("env.ts")) || DEPLOYMENT.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\b(?:VITRINE|DATABASE)_[A-Z_]*[A-Z]\b/g)].map(([name]) => ({ path, name })),
    );
  const missing = variables.filter(({ name }) => !document.includes(`\`${name}\``));
  return [
    ...new Set(
      missing.map(({ path, name }) => `${path} reads ${name}, which docs/configuration.md does not describe.`),
    ),
  ];
};

/** Every command of the command line tool is documented. */
export const documentedCommands: Rule = (files) => {
  const document = files.find(({ path }) => path === "docs/cli.md")?.text ?? "";
  return files.flatMap(({ path, text }) => {
    const name = /^cli\/commands\/([a-z-]+)\.ts$/.exec(path)?.[1];
    if (!name || !text.includes("run(") || new RegExp(`\\| \`${name}[ \`]`).test(document)) return [];
    return [`docs/cli.md does not describe \`${name}\` (${path}).`];
  });
};
