import { FormatRegistry, Type } from "@sinclair/typebox";
import { parseQuota } from "./quota.ts";

FormatRegistry.Set("quota", isQuota);

/** A variable that holds a quota, for the configuration of a service that asks the API. */
export function quotaVariable(usual: string) {
  return Type.String({ default: usual, format: "quota", description: `a quota such as ${usual}` });
}

function isQuota(text: string): boolean {
  try {
    parseQuota(text);
    return true;
  } catch {
    return false;
  }
}
