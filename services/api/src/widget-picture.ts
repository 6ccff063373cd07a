import type { NowPlaying } from "@tracker/contracts";
import { escapeXml, fitText } from "./widget-text.ts";

export const WIDGET_THEMES = ["auto", "light", "dark"] as const;
export type WidgetTheme = (typeof WIDGET_THEMES)[number];

const LIGHT =
  "--b:#fff;--l:#dedfe6;--i:#14161b;--m:#575d6b;--a:#4f46e5;--h0:#e9e9ee;--h1:#cfccff;--h2:#a39dfb;--h3:#7068f0;--h4:#4338ca";
const DARK =
  "--b:#15181d;--l:#2a3038;--i:#eceef2;--m:#a0a9b8;--a:#a9a4ff;--h0:#20252b;--h1:#2f2c5c;--h2:#4a45a0;--h3:#7771dd;--h4:#b3afff";
const CLASSES =
  "text{font-family:system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif;unicode-bidi:plaintext}.b{fill:var(--b);stroke:var(--l)}.i{fill:var(--i)}.m{fill:var(--m)}.a{fill:var(--a)}.h0{fill:var(--h0)}.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}.h4{fill:var(--h4)}";

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

function line(
  x: number,
  y: number,
  text: string,
  size: number,
  name: string,
  widthMax: number,
  weight = 400,
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" class="${name}">${escapeXml(fitText(text, size, widthMax))}</text>`;
}

interface PictureParts {
  readonly width: number;
  readonly height: number;
  readonly theme: WidgetTheme;
  /** What a screen reader says. */
  readonly title: string;
  readonly body: string;
}

/** Holds everything that it shows: no script, no address, no font from elsewhere. */
function picture({ width, height, theme, title, body }: PictureParts): string {
  const colours = `svg{${theme === "dark" ? DARK : LIGHT}}`;
  const other = theme === "auto" ? `@media(prefers-color-scheme:dark){svg{${DARK}}}` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escapeXml(title)}</title><style>${colours}${other}${CLASSES}</style><rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" class="b"/>${body}</svg>`;
}
