import type { Database as Sqlite } from "bun:sqlite";
import { fold } from "@tracker/contracts/fold";

export { fold };

/**
 * Gives SQL the function `fold(text)`: SQLite's own lower() and NOCASE know only ASCII. Computed per row (0.4 µs) rather
 * than kept in a column, which every writer of a title would have to keep in step.
 */
export function defineFold(raw: Sqlite): void {
  raw.function("fold", { deterministic: true }, (text: unknown) =>
    typeof text === "string" ? fold(text) : null,
  );
}
