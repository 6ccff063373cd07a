import { TITLE_LENGTH_MAX } from "@tracker/contracts";

/** A name of Steam's as it is stored: one line without control characters, cut where a title ends. Undefined when nothing is left. */
export function cleanName(name: string | null): string | undefined {
  const line = (name ?? "")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, TITLE_LENGTH_MAX)
    // Half of a character that the cut went through.
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
  return line === "" ? undefined : line;
}
