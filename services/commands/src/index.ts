/** What a person says to `./tracker`: starting it, and the operator's commands against a running one. */
export { crawlCommand } from "./crawl.ts";
export { startJobCommand } from "./job.ts";
export { initCommand } from "./init.ts";
export { statusCommand } from "./status.ts";
export { tokenCommand } from "./token.ts";
export { up, type UpOptions } from "./up.ts";
export { USAGE, UsageError } from "./usage.ts";
