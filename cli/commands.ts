import type { Command } from "./command";
import { doctor } from "./commands/doctor";
import { serve } from "./commands/serve";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [serve, doctor];
