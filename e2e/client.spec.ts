import { expect, test } from "#test/browser/fixtures";

test("sends concurrent calls in batches of at most 20", async ({ vitrine, key }) => {
  const created = await Promise.all(
    Array.from({ length: 45 }, (_, i) => vitrine.artifact.create.mutate({ key: `${key}-${i}`, data: i })),
  );
  expect(new Set(created.map(({ id }) => id)).size).toBe(45);
});

test("sends a query that is too long for a URL by POST", async ({ vitrine, key }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1 });
  const any = Array.from({ length: 900 }, (_, i) => `0199b3c8-0000-7000-8000-${String(i).padStart(12, "0")}`);
  const found = await vitrine.artifact.list.query({ where: { artifacts: { id: { any: [...any, id] } } } });
  expect(found.map((row) => row.id)).toEqual([id]);
});

test("rejects with the code and the details of the error", async ({ vitrine }) => {
  await expect(vitrine.collection.latest.query({ key: "nothing-here" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(vitrine.artifact.create.mutate({ key: "Not a key" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    details: { field: "key" },
  });
});
