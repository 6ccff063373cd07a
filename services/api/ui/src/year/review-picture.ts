/** Draws a year in review as one SVG of 800 × 1000 that holds everything it shows: no script, no address. */
import type { Statistics } from "@tracker/contracts";
import { daysFrom, weekday } from "../kit/civil-day.ts";
import { count, dayName, duration, hours, plural } from "../kit/format.ts";

const WIDTH = 800;
const HEIGHT = 1_000;
const STEPS = [1, 30, 90, 180] as const;

interface Palette {
  /** From no play to the most. */
  readonly heat: readonly string[];
  readonly ink: string;
  readonly soft: string;
  /** Behind everything, from one corner to the other. */
  readonly ground: readonly [string, string];
  /** What a bar fills. */
  readonly track: string;
}

export const DARK: Palette = {
  heat: ["#24223f", "#3a3670", "#5a54b8", "#857ff0", "#c7c4ff"],
  ink: "#ffffff",
  soft: "#b9b6e3",
  ground: ["#1b1838", "#0d0f1a"],
  track: "#2a2747",
};
/** On paper, where a dark page is a page full of ink. */
export const PAPER: Palette = {
  heat: ["#e9e9ee", "#cfccff", "#a39dfb", "#7068f0", "#4338ca"],
  ink: "#14161b",
  soft: "#575d6b",
  ground: ["#ffffff", "#ffffff"],
  track: "#ececf0",
};

/** What there is to say of a year: each a figure and what it means. */
export function reviewFacts(value: Statistics): readonly (readonly [string, string])[] {
  const { most_active_day: most, longest_session: longest, longest_streak: streak } = value;
  return [
    [plural(value.games_played, "game"), `${count(value.new_games)} for the first time`],
    [
      `${count(value.active_days)} days`,
      streak === null ? "" : `${plural(streak.days, "day")} in a row at best`,
    ],
    [
      plural(value.achievements_unlocked, "achievement"),
      `${count(value.completions.length)} completed`,
    ],
    [
      most === null ? "–" : duration(most.minutes),
      most === null ? "" : `on ${dayName(most.day)}, the most`,
    ],
    [
      longest === null ? "–" : duration(longest.minutes),
      longest === null ? "" : `at one sitting: ${cut(longest.title, 14)}`,
    ],
    [plural(value.sessions, "session"), value.before === null ? "" : against(value)],
  ];
}

export function drawReview(
  year: number,
  value: Statistics,
  minutesOf: ReadonlyMap<string, number>,
  palette = DARK,
): string {
  const { ink, soft, ground } = palette;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif">
<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${ground[0]}"/><stop offset="1" stop-color="${ground[1]}"/></linearGradient></defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#g)"/>
${text(48, 92, `My games of ${year}`, 34, soft, 600)}
${text(48, 190, hours(value.minutes), 92, ink, 700)}
${reviewFacts(value)
  .map(([head, note], index) =>
    fact(48 + (index % 3) * 240, 262 + Math.floor(index / 3) * 92, head, note, palette),
  )
  .join("\n")}
${heatmap(year, minutesOf, 450, palette)}
${text(48, 632, "Played most", 20, soft, 600)}
${value.by_game
  .slice(0, 6)
  .map((game, index) => bar(game, value.by_game[0]?.minutes ?? 1, 668 + index * 50, palette))
  .join("\n")}
</svg>`;
}

function against({ before, minutes }: Statistics): string {
  if (before === null) return "";
  const change = minutes - before.minutes;
  return `${hours(Math.abs(change))} ${change < 0 ? "less" : "more"} than before`;
}

function fact(x: number, y: number, head: string, note: string, { ink, soft }: Palette): string {
  return `${text(x, y, head, 22, ink, 600)}${text(x, y + 26, note, 15, soft)}`;
}

function heatmap(
  year: number,
  minutesOf: ReadonlyMap<string, number>,
  top: number,
  { heat }: Palette,
): string {
  const lead = weekday(`${year}-01-01`);
  const step = (WIDTH - 96) / 53;
  return daysFrom(`${year}-01-01`, `${year}-12-31`)
    .map((day, index) => {
      const level = STEPS.filter((least) => (minutesOf.get(day) ?? 0) >= least).length;
      const x = 48 + Math.floor((index + lead) / 7) * step;
      return `<rect x="${x.toFixed(1)}" y="${(top + weekday(day) * step).toFixed(1)}" width="${(step - 2).toFixed(1)}" height="${(step - 2).toFixed(1)}" rx="2" fill="${heat[level] ?? heat[0]}"/>`;
    })
    .join("");
}

function bar(
  game: Statistics["by_game"][number],
  most: number,
  y: number,
  { heat, ink, track }: Palette,
): string {
  const width = WIDTH - 96;
  return `${text(48, y + 14, cut(game.title, 52), 18, ink)}<text x="${WIDTH - 48}" y="${y + 14}" text-anchor="end" font-size="18" fill="${ink}">${escape(hours(game.minutes))}</text>
<rect x="48" y="${y + 22}" width="${width}" height="6" rx="3" fill="${track}"/><rect x="48" y="${y + 22}" width="${((width * game.minutes) / most).toFixed(1)}" height="6" rx="3" fill="${heat[3]}"/>`;
}

function text(
  x: number,
  y: number,
  words: string,
  size: number,
  fill: string,
  weight = 400,
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escape(words)}</text>`;
}

/** By what a reader sees as one character, so that no emoji is torn. */
function cut(words: string, lengthMax: number): string {
  const parts = Array.from(new Intl.Segmenter().segment(words), ({ segment }) => segment);
  return parts.length <= lengthMax ? words : `${parts.slice(0, lengthMax - 1).join("")}…`;
}

function escape(words: string): string {
  return words.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

export function saveSvg(svg: string, name: string): void {
  save(URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })), `${name}.svg`);
}

/** At twice its size, which is sharp where it is shared. */
export async function savePng(svg: string, name: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH * 2;
  canvas.height = HEIGHT * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const { promise, resolve } = Promise.withResolvers<Blob | null>();
  canvas.toBlob(resolve, "image/png");
  const blob = await promise;
  if (blob === null) throw new Error("This browser cannot draw the picture; save it as SVG.");
  save(URL.createObjectURL(blob), `${name}.png`);
}

function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
