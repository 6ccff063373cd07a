/** What a person says to `./tracker`: starting it, and the operator's commands against a running one. */
export { crawlCommand } from "./crawl.ts";
export { exportCommand } from "./export.ts";
export { importCommand, startJobCommand } from "./job.ts";
export { initCommand } from "./init.ts";
export { statusCommand } from "./status.ts";
export { adoptCommand, importArchiveCommand } from "./take-over.ts";
export { tokenCommand } from "./token.ts";
export { type Services, up, type UpOptions } from "./up.ts";
export { USAGE, UsageError } from "./usage.ts";
