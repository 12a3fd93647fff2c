import type { Vitrine } from "#client/connect";
import { ARCHIVE_SHARE } from "./operations";

const KEY = "archive-migration";

/** Moves the archive's progress on, a little each second, until `seconds` have passed or it is done. */
export async function live(vitrine: Vitrine, seconds: number, say: (line: string) => void): Promise<void> {
  const { id, number } = await vitrine.collection.latest.query({ key: KEY });
  let share = number === null || number >= 100 ? ARCHIVE_SHARE : number;
  for (let tick = 0; tick < seconds && share < 100; tick++) {
    share = Math.min(100, Math.round((share + 0.5 + Math.random() * 1.5) * 10) / 10);
    await vitrine.artifact.update.mutate({ id, data: share });
    say(`${KEY}: ${share} %`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
