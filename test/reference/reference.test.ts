import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generatedFiles } from "./main";

it.each(Object.entries(generatedFiles()))("%s is what npm run reference writes", (file, text) => {
  const formatted = execFileSync("node_modules/.bin/biome", ["check", "--write", "--stdin-file-path", file], {
    input: text,
  });
  expect(readFileSync(file, "utf8")).toBe(formatted.toString());
});
