import { expect, test } from "#test/browser/fixtures";

test("calls of one moment travel together, at most twenty in a request", async ({ vitrine, key }) => {
  const made = await Promise.all(
    Array.from({ length: 45 }, (_, i) => vitrine.artifact.create.mutate({ key: `${key}-${i}`, data: i })),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(45);
});

test("a query too long for a URL travels in a body", async ({ vitrine, key }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1 });
  const any = Array.from({ length: 900 }, (_, i) => `0199b3c8-0000-7000-8000-${String(i).padStart(12, "0")}`);
  const found = await vitrine.artifact.list.query({ where: { artifacts: { id: { any: [...any, id] } } } });
  expect(found.map((row) => row.id)).toEqual([id]);
});

test("a refusal has a code and a sentence", async ({ vitrine }) => {
  await expect(vitrine.collection.latest.query({ key: "nothing-here" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(vitrine.artifact.create.mutate({ key: "Not a key" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    details: { field: "key" },
  });
});
