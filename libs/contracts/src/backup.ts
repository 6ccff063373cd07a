import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { Choice, Count, Empty, Instant, Nullable } from "./primitive.ts";

/** Where copies of the database lie in DATA_DIR, which the store and the api share: they are too large for a message. */
export const BACKUPS_FOLDER = "backups";
export const BACKUPS_MAX = 500;

/** The names that the store gives; nothing else in the folder is shown or handed out. */
export const BackupName = Type.String({
  maxLength: 60,
  pattern: String.raw`^tracker-(nightly-|before-[1-9]\d{0,3}-|before-adoption-|replaced-)?\d{8}T\d{6}Z\.db$`,
  description: "the name of a backup, such as tracker-nightly-20261120T093000Z.db",
});

export const BACKUP_OCCASIONS = ["nightly", "by_hand", "before_update", "replaced"] as const;

export const Backup = Type.Object({
  name: BackupName,
  bytes: Count,
  made_at: Instant,
  /** What it was made for; `replaced` is the database that was there before a restore. */
  made_for: Choice(BACKUP_OCCASIONS),
  /** Whether it was looked through before it got its name. Only what a restore set aside was not. */
  checked: Type.Boolean(),
  /** The schema of what it holds; null where it cannot be read. */
  schema_version: Nullable(Count),
});
export type Backup = Static<typeof Backup>;

export const listBackups = defineRequest({
  subject: "store.backups.list",
  description: "The copies of the database in DATA_DIR/backups, newest first.",
  input: Empty,
  output: Type.Object({ items: Type.Array(Backup, { maxItems: BACKUPS_MAX }) }),
});
