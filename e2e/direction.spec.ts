import { expect, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";

/** Makes what follows run from right to left, up to the end of the element that it is in. */
const OVERRIDE = "\u202E";
const ARABIC = "تقرير اليوم عن المبيعات في كل المدن";

test("texts from right to left read right, and turn nothing beside them", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: `${OVERRIDE}flow-${key}` });
  const run = await vitrine.flowRun.create.mutate({
    flowId: flow.id,
    name: `${OVERRIDE}run-${key}`,
    tags: [`${OVERRIDE}tag`],
    state: { type: "FAILED", message: `${OVERRIDE}message` },
  });
  await vitrine.taskRun.create.mutate({ flowRunId: run.id, taskKey: "a", dynamicKey: "0", name: `${OVERRIDE}task` });
  const common = { flowRunId: run.id, metadata: { owner: `${OVERRIDE}owner`, place: ARABIC } };
  const table = [
    { name: `${OVERRIDE}cell`, city: "Oslo" },
    { name: ARABIC, city: "Bergen" },
  ];
  await vitrine.artifact.create.mutate({ key: `${key}-table`, type: "table", data: table, ...common });
  const markdown = `# ${ARABIC}\n\n- ${ARABIC}\n- ${ARABIC}\n\n> ${ARABIC}\n\n${OVERRIDE}end\n\nAfter`;
  await vitrine.artifact.create.mutate({
    key: `${key}-text`,
    type: "markdown",
    data: markdown,
    description: ARABIC,
    ...common,
  });
  await vitrine.artifact.create.mutate({
    key: `${key}-other`,
    type: "json",
    data: { a: `${OVERRIDE}value`, after: 1 },
    description: `${OVERRIDE}described`,
    ...common,
  });
  for (const path of [
    `/artifacts?key=${key}`,
    `/artifacts?key=${key}&show=cards`,
    `/artifacts/key/${key}-table`,
    `/artifacts/key/${key}-text`,
    `/artifacts/key/${key}-other`,
    "/runs",
    `/runs/flow-run/${run.id}`,
  ]) {
    await page.goto(path);
    await interactive(page);
    expect.soft(await page.evaluate(turnedTexts), path).toEqual([]);
  }
  await page.goto(`/artifacts/key/${key}-text`);
  const content = page.getByRole("main");
  for (const block of [
    content.getByRole("heading", { name: ARABIC }),
    content.getByRole("listitem").filter({ hasText: ARABIC }).first(),
    content.locator("blockquote"),
  ]) {
    expect(await block.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
  }
});

/** The texts of the page without letters from right to left that are displayed from right to left. Runs in the browser. */
function turnedTexts(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  const leftOf = (node: Node, at: number) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const { left, top, width } = range.getBoundingClientRect();
    return width > 0 ? { left, top } : null;
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? "";
    const from = text.search(/\S/);
    const to = text.search(/\S\s*$/);
    if (to <= from || /[\u0590-\u08FF\u202A-\u202E\u2066-\u2069]/.test(text)) continue;
    const [first, last] = [leftOf(node, from), leftOf(node, to)];
    if (first && last && first.top === last.top && first.left > last.left) found.push(text.trim().slice(0, 60));
  }
  return found;
}
