import type { NowPlaying } from "@tracker/contracts";
import { line, picture, type WidgetTheme } from "./widget-frame.ts";
import { fitText } from "./widget-text.ts";

/** What is being played, or was played last, in one line of two. */
export function drawNowPlaying(answer: NowPlaying, theme: WidgetTheme, width: number): string {
  const { game, playing } = answer;
  const head = playing ? "Playing now" : "Played last";
  const title = game?.title ?? "Nothing yet";
  const detail = game === null ? "" : detailOf(game);
  const room = width - 96;
  return picture({
    width,
    height: 88,
    theme,
    title: `${head}: ${title}`,
    body: `<rect x="16" y="16" width="56" height="56" rx="10" class="h3"/>
<path d="M38 32v24l19-12z" fill="#fff"/>
${line(88, 30, head, 12, playing ? "a" : "m", room)}
${line(88, 52, title, 18, "i", room, 600)}
${line(88, 72, detail, 12, "m", room)}`,
  });
}

/** A word and a title, as small as the badges of a readme. */
export function drawBadge({ game, playing }: NowPlaying, theme: WidgetTheme): string {
  const head = playing ? "playing" : "played last";
  const title = fitText(game?.title ?? "nothing yet", 12, 220);
  const left = head.length * 7 + 16;
  const right = 236;
  return picture({
    width: left + right,
    height: 24,
    theme,
    title: `${head}: ${game?.title ?? "nothing yet"}`,
    body: `<rect x="0" y="0" width="${left}" height="24" rx="4" class="h3"/>
<text x="8" y="16" font-size="12" fill="#fff">${head}</text>
${line(left + 8, 16, title, 12, "i", right - 16)}`,
  });
}

/** A year of days, a column a week from Monday on. `minutesOf` holds only what the public may see. */
export function drawHeatmap(
  year: number,
  minutesOf: ReadonlyMap<string, number>,
  theme: WidgetTheme,
  width: number,
): string {
  const step = (width - 32) / 53;
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  const lead = first.dayOfWeek - 1;
  const total = [...minutesOf.values()].reduce((sum, minutes) => sum + minutes, 0);
  const cells = Array.from({ length: first.daysInYear }, (_, index) => {
    const minutes = minutesOf.get(first.add({ days: index }).toString()) ?? 0;
    const level = [1, 30, 90, 180].filter((least) => minutes >= least).length;
    const x = 16 + Math.floor((index + lead) / 7) * step;
    const y = 40 + ((index + lead) % 7) * step;
    return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(step * 0.85).toFixed(1)}" height="${(step * 0.85).toFixed(1)}" rx="${(step * 0.15).toFixed(1)}" class="h${level}"/>`;
  });
  const days = `${minutesOf.size} ${minutesOf.size === 1 ? "day" : "days"}`;
  const hours = `${Math.round(total / 60)} h on ${days} of ${year}`;
  return picture({
    width,
    height: Math.ceil(48 + step * 7),
    theme,
    title: hours,
    body: `${line(16, 26, hours, 13, "i", width - 32, 600)}${cells.join("")}`,
  });
}

function detailOf({
  hours_played: hours,
  unlocked_achievements: unlocked,
  total_achievements: total,
}: NonNullable<NowPlaying["game"]>): string {
  const parts = [
    hours === null ? null : `${hours} h`,
    unlocked === null || total === null || total === 0
      ? null
      : `${unlocked} of ${total} achievements`,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}
