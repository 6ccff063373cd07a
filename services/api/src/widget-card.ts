import type { NowPlaying } from "@tracker/contracts";
import { line, picture, type WidgetTheme } from "./widget-frame.ts";
import { escapeXml } from "./widget-text.ts";

/** Narrower than this there is no room for a cover beside the text. */
const COVER_FROM_WIDTH = 330;
const HEIGHT = 144;
const EDGE = 16;
const COVER_WIDTH = 84;

/**
 * A card of the game that is or was played: its hours, its achievements as a bar, and the minutes of the last seven days
 * of all games, null where they are not known. The cover is drawn, since a picture in a page may load nothing.
 */
export function drawCard(
  { game, playing }: NowPlaying,
  weekMinutes: number | null,
  theme: WidgetTheme,
  width: number,
): string {
  const head = playing ? "Playing now" : "Played last";
  const title = game?.title ?? "Nothing yet";
  const x = width < COVER_FROM_WIDTH ? EDGE : EDGE + COVER_WIDTH + EDGE;
  const room = width - x - EDGE;
  const week = weekMinutes === null ? "" : `Last 7 days: ${hoursOf(weekMinutes)}`;
  const hours = game?.hours_played ?? null;
  const bar = game === null ? "" : achievements(game, x, room);
  return picture({
    width,
    height: HEIGHT,
    theme,
    title: `${head}: ${title}`,
    body: `${x === EDGE ? "" : cover(title)}
${line(x, 30, head, 12, playing ? "a" : "m", room)}
${line(x, 56, title, 20, "i", room, 600)}
${line(x, 78, hours === null ? "" : `${hours} h in all`, 12, "m", room)}
${bar}
${line(x, bar === "" ? 98 : 128, week, 12, "m", room)}`,
  });
}

function achievements(
  {
    unlocked_achievements: unlocked,
    total_achievements: total,
  }: Pick<NonNullable<NowPlaying["game"]>, "unlocked_achievements" | "total_achievements">,
  x: number,
  room: number,
): string {
  if (unlocked === null || total === null || total === 0) return "";
  const done = Math.min(1, unlocked / total) * room;
  return `${line(x, 98, `${unlocked} of ${total} achievements`, 12, "m", room)}
<rect x="${x}" y="104" width="${room}" height="6" rx="3" class="h0"/>
<rect x="${x}" y="104" width="${done.toFixed(1)}" height="6" rx="3" class="a"/>`;
}

/** A colour and initials in the place of art, the same ones for the same title. */
function cover(title: string): string {
  const hue = Bun.hash.crc32(title) % 360;
  const middle = EDGE + COVER_WIDTH / 2;
  return `<rect x="${EDGE}" y="${EDGE}" width="${COVER_WIDTH}" height="${HEIGHT - 2 * EDGE}" rx="8" fill="hsl(${hue},42%,38%)"/>
<text x="${middle}" y="${HEIGHT / 2 + 11}" font-size="32" font-weight="600" text-anchor="middle" fill="#fff">${escapeXml(initialsOf(title))}</text>`;
}

/** The first characters of the first two words, as a reader sees characters. */
function initialsOf(title: string): string {
  const words = title.trim().split(/\s+/).slice(0, 2);
  const firsts = words.map((word) => [...new Intl.Segmenter().segment(word)][0]?.segment ?? "");
  return firsts.join("").toUpperCase();
}

function hoursOf(minutes: number): string {
  return `${Math.round(minutes / 6) / 10} h`;
}
