import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { cluster } from "./embedded/cluster";
import { postmaster } from "./embedded/postmaster";
import { hand, program } from "./embedded/program";
import { migrate } from "./migrate";
import { connect } from "./postgres";
import { addressOf, TEMPLATE } from "./template";

// A test's database need not survive the machine.
const QUICK = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };

/** Starts one PostgreSQL for the whole run, with the migrated template in it; what it returns stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-test-"));
  const socket = join(folder, "socket");
  const programs = await program(folder);
  await hand(socket, programs.account);
  await cluster(folder, programs);
  const running = await postmaster(programs, folder, { socket }, QUICK);
  const root = connect(addressOf(socket, "postgres"));
  await root.db.execute(`create database ${TEMPLATE}`);
  await root.close();
  const template = connect(addressOf(socket, TEMPLATE));
  await migrate(template.db);
  await template.close();
  project.provide("socket", socket);
  return async () => {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
