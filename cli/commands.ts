import { backup } from "./commands/backup";
import { blobs } from "./commands/blobs";
import { completionCommand } from "./commands/completion";
import { diff } from "./commands/diff";
import { doctor } from "./commands/doctor";
import { edit } from "./commands/edit";
import { importCommand } from "./commands/import";
import { keys } from "./commands/keys";
import { label } from "./commands/label";
import { log } from "./commands/log";
import { ls } from "./commands/ls";
import { makeLatest } from "./commands/make-latest";
import { migrate } from "./commands/migrate";
import { open } from "./commands/open";
import { people } from "./commands/people";
import { prune } from "./commands/prune";
import { push } from "./commands/push";
import { rename } from "./commands/rename";
import { restore } from "./commands/restore";
import { restoreBackup } from "./commands/restore-backup";
import { revert } from "./commands/revert";
import { rm } from "./commands/rm";
import { serve } from "./commands/serve";
import { show } from "./commands/show";
import { tag } from "./commands/tag";
import { trash } from "./commands/trash";
import { versions } from "./commands/versions";
import { watch } from "./commands/watch";
import type { Command } from "./runtime/command";

export const COMMANDS: readonly Command[] = [
  serve,
  migrate,
  push,
  ls,
  show,
  versions,
  edit,
  log,
  revert,
  makeLatest,
  label,
  tag,
  rename,
  rm,
  trash,
  restore,
  diff,
  watch,
  open,
  prune,
  keys,
  people,
  doctor,
  blobs,
  backup,
  restoreBackup,
  importCommand,
  completionCommand(() => COMMANDS),
];
