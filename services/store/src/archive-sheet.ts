import type { Sheet } from "./archive-table.ts";

/** The sheets of an archive: what a person would look at in a table. Instants are ISO 8601 in UTC. */
export const SHEET_QUERIES: Readonly<Record<Sheet, string>> = {
  games: `SELECT g.id, coalesce(title_override, title) AS title, coalesce(platform_override, platform) AS platform, status, rating,
      round(playtime_minutes / 60.0, 1) AS hours_played, playtime_minutes, steam_app_id, completion_date,
      ${instant("last_played_at")} AS last_played_at, is_favorite,
      (SELECT count(*) FROM achievements a WHERE a.game_id = g.id AND unlocked) AS unlocked_achievements,
      (SELECT count(*) FROM achievements a WHERE a.game_id = g.id) AS total_achievements,
      (SELECT group_concat(name, ', ' ORDER BY name) FROM game_tags JOIN tags ON tags.id = tag_id WHERE game_id = g.id) AS tags,
      notes, visibility, coalesce(cover_override, cover_url) AS cover_url,
      ${instant("created_at")} AS created_at, ${instant("archived_at")} AS archived_at
    FROM games g ORDER BY g.id`,
  sessions: `SELECT s.id, game_id, coalesce(title_override, title) AS title, ${instant("started_at")} AS started_at,
      ${instant("ended_at")} AS ended_at, ${instant("not_before")} AS not_before, ${instant("not_after")} AS not_after, minutes, precision
    FROM play_sessions s JOIN games g ON g.id = game_id ORDER BY s.id`,
  achievements: `SELECT a.id, game_id, coalesce(title_override, g.title) AS game, api_name, a.title, description, unlocked,
      ${instant("unlocked_at")} AS unlocked_at, hidden, global_percent
    FROM achievements a JOIN games g ON g.id = game_id ORDER BY a.id`,
};

function instant(column: string): string {
  return `strftime('%Y-%m-%dT%H:%M:%SZ', ${column} / 1000, 'unixepoch')`;
}

/** A line of RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function sheetLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

function cell(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return "";
  const text = value.replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
