import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { createServerFolder } from "#test/server-process";

/** 2 kills; as many again for each run of the long tests. */
const KILLS = 2 * inject("runs");

const START_TIME = 60_000;

/** The milliseconds from the start of the program to a database that is created, migrated and served. */
async function timeOfFirstStart(): Promise<number> {
  await using here = await createServerFolder(process.env);
  const start = performance.now();
  await here.start().ready;
  return performance.now() - start;
}

test(`a first start that is killed at ${KILLS} moments is followed by one that works`, {
  timeout: (KILLS + 1) * START_TIME,
}, async () => {
  const whole = await timeOfFirstStart();
  for (let kill = 0; kill < KILLS; kill++) {
    await using here = await createServerFolder(process.env);
    const killed = here.start();
    const delay = (whole * (kill + Math.random())) / KILLS;
    setTimeout(() => killed.child.kill("SIGKILL"), delay);
    await killed.ended;
    const next = here.start();
    const url = await next.ready.catch((error) => `killed after ${Math.round(delay)} ms: ${error}`);
    expect(url).toMatch(/^http/);
    const response = await fetch(`${url}/api/trpc/artifact.create`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: '{"key":"kept"}',
    });
    expect(response.status).toBe(200);
    next.child.kill("SIGTERM");
    expect(await next.ended).toMatchObject({ code: 0, stderr: "" });
    const files = await readdir(join(here.folder, "data"));
    expect(files.filter((name) => !/^(?:blobs|postgres(?:\.log|\.new-.*)?)$/.test(name))).toEqual([]);
  }
});
