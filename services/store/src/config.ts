import { join } from "node:path";
import type { Calendar } from "@tracker/playtime";
import { CALENDAR_VARIABLES, type Environment, parseEnv } from "@tracker/service";
import { BACKUPS_FOLDER, EXPORTS_FOLDER } from "@tracker/contracts";
import { Type } from "@sinclair/typebox";

const Config = Type.Object({
  ...CALENDAR_VARIABLES,
  DATA_DIR: Type.String({ default: "./data", description: "a folder" }),
  POLL_INTERVAL_MINUTES: Type.Number({
    default: 30,
    exclusiveMinimum: 0,
    maximum: 1_440,
    description: "minutes, at most 1440",
  }),
});

export interface StoreConfig {
  readonly databasePath: string;
  readonly backupsFolder: string;
  readonly exportsFolder: string;
  readonly calendar: Calendar;
  readonly pollIntervalMs: number;
}

export function readConfig(env: Environment): StoreConfig {
  const config = parseEnv(Config, env);
  return {
    databasePath: databasePath(config.DATA_DIR),
    backupsFolder: backupsFolder(config.DATA_DIR),
    exportsFolder: join(config.DATA_DIR, EXPORTS_FOLDER),
    calendar: { zone: config.TIME_ZONE, dayStartHour: config.DAY_START_HOUR },
    pollIntervalMs: config.POLL_INTERVAL_MINUTES * 60_000,
  };
}

export function databasePath(dataDir: string): string {
  return join(dataDir, "tracker.db");
}

export function backupsFolder(dataDir: string): string {
  return join(dataDir, BACKUPS_FOLDER);
}
