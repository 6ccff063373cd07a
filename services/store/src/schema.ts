/** The tables as drizzle sees them. The migrations are the truth (STRICT, CHECKs, triggers); a test compares the two. */
export {
  appBatches,
  appGenres,
  appHistory,
  appListChanges,
  appListEntries,
  appLists,
  appMetadata,
  apps,
  appSearch,
  appSources,
  appTags,
  appTombstones,
  appWords,
  steamspyCrawls,
  steamspyPageApps,
  steamspyPages,
} from "./schema-catalogue.ts";
export {
  dailyGameSnapshots,
  dailySnapshots,
  playSessions,
  playtimeChanges,
  presenceIntervals,
  sessionDays,
  sessionEdits,
} from "./schema-history.ts";
export {
  accounts,
  achievements,
  games,
  gameTags,
  purgedApps,
  steamImportStatus,
  syncRuns,
  tags,
} from "./schema-library.ts";
export { apiTokens, jobs, outbox, scheduleRuns, settings, uiSessions } from "./schema-operation.ts";
export { monthRecords, reviewYears } from "./schema-review.ts";
export { webhookDeliveries, webhooks } from "./schema-webhook.ts";
