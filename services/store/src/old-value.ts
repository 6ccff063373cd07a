import { minutesOfHours, type RoundedTotal } from "@tracker/playtime";

const HOURS_MAX = 200_000;

/** A text with something in it, or null. */
export function readText(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** A number, also one written as text; null when there is none. Undefined when there is something else. */
export function readNumber(value: unknown): number | null | undefined {
  if (value === null || value === "") return null;
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Hours as minutes; undefined for what are no hours. */
export function readHours(value: unknown): RoundedTotal | null | undefined {
  const hours = readNumber(value);
  if (hours === null || hours === undefined) return hours;
  return hours >= 0 && hours <= HOURS_MAX ? minutesOfHours(hours) : undefined;
}

/** A day, also at the front of an instant; undefined for one that no calendar has. */
export function readDate(value: unknown): string | null | undefined {
  if (value === null || value === "") return null;
  const day =
    typeof value === "string" ? /^(\d{4}-\d{2}-\d{2})(?![\d])/.exec(value.trim())?.[1] : undefined;
  if (day === undefined) return undefined;
  const ms = Date.parse(`${day}T00:00:00.000Z`);
  const exists = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
  return exists && day >= "1980" && day < "9999" ? day : undefined;
}

/** An instant in epoch ms, as Python's isoformat() and SQLite's datetime() write UTC; undefined for what is none. */
export function readOldInstant(value: unknown): number | null | undefined {
  if (value === null || value === "") return null;
  const match =
    typeof value === "string"
      ? /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/.exec(
          value.trim(),
        )
      : null;
  if (match === null || readDate(match[1]) === undefined) return undefined;
  const fraction = (match[3] ?? ".0").slice(0, 4).padEnd(4, "0");
  const ms = Date.parse(`${match[1]}T${match[2]}${fraction}${match[4] ?? "Z"}`);
  return Number.isNaN(ms) ? undefined : ms;
}

export function readFlag(value: unknown): boolean {
  return value === 1 || value === true || value === "1" || value === "true";
}
