import { checks } from "./checks.mjs";
import { summary } from "./stage.mjs";

process.exitCode = summary(checks()) ? 0 : 1;
