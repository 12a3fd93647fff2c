import { describe, expect, it } from "vitest";
import { jsonProblem, positionText } from "./json-problem";

describe("jsonProblem", () => {
  const textOf = (text: string) => {
    const problem = jsonProblem(text);
    return problem?.at == null ? problem?.message : `${positionText(text, problem.at)}: ${problem.message}`;
  };

  it.each([
    ["[1,]", "line 1, column 4: expected a value"],
    ["", "line 1, column 1: expected a value"],
    ["\n\n  nul", "line 3, column 3: expected a value"],
    ['{"a": 1,\n"b" 2}', "line 2, column 5: expected a colon"],
    ["[1] 2", "line 1, column 5: expected the end"],
    ["[1,\n2", "line 2, column 2: expected a comma or ]"],
  ])("locates the error in %j", (text, problem) => {
    expect(textOf(text)).toBe(problem);
  });

  it("accepts JSON with space around it", () => {
    expect(jsonProblem(' {"a": [1.0, "b", null]}\n')).toBeNull();
  });

  it("rejects what is nested too deeply for the server", () => {
    expect(textOf("[".repeat(1000) + "]".repeat(1000))).toContain("200");
  });
});
