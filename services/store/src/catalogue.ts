/** The catalogue without the bus: what it is made of, for tests and measurements that run it in their own process. */
export { getApp, getAppHistory } from "./app-read.ts";
export { stageList } from "./app-list.ts";
export { finishList } from "./app-list-finish.ts";
export { getList } from "./app-list-state.ts";
export { planBatch } from "./app-plan.ts";
export { countDue, expireSlice } from "./app-due.ts";
export { recordBatch } from "./app-record.ts";
export { searchApps } from "./app-search.ts";
export { type Database, openDatabase } from "./database.ts";
export { getCrawl, stagePage } from "./steamspy-crawl.ts";
export { finishCrawl } from "./steamspy-finish.ts";
export { mergeNames, mergeNewNames } from "./app-name-merge.ts";
