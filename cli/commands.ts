import type { Command } from "./command";
import { doctor } from "./commands/doctor";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [doctor];
