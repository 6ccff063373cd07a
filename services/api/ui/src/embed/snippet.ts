/** The code that a page elsewhere takes over, with the address of this server. */

export const PICTURE_THEMES = ["auto", "light", "dark"] as const;
export type PictureTheme = (typeof PICTURE_THEMES)[number];

export interface Picture {
  readonly file: string;
  readonly name: string;
  /** What it is good for. */
  readonly hint: string;
  /** What it says to who does not see it. */
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}

export const PICTURES: readonly Picture[] = [
  {
    file: "card.svg",
    name: "Card",
    hint: "The game, its hours and achievements, and the last seven days",
    alt: "What I am playing",
    width: 495,
    height: 144,
  },
  {
    file: "now-playing.svg",
    name: "Line",
    hint: "The game in two lines",
    alt: "What I am playing",
    width: 495,
    height: 88,
  },
  {
    file: "badge.svg",
    name: "Badge",
    hint: "As small as the badges of a readme",
    alt: "What I am playing",
    width: 336,
    height: 24,
  },
  {
    file: "heatmap.svg",
    name: "Year of play",
    hint: "Every day of this year",
    alt: "My year of games",
    width: 495,
    height: 110,
  },
];

export function pictureUrl({ file }: Picture, origin: string, theme: PictureTheme): string {
  const url = `${origin}/api/widgets/${file}`;
  return theme === "auto" ? url : `${url}?theme=${theme}`;
}

export function pictureHtml(picture: Picture, origin: string, theme: PictureTheme): string {
  return `<img src="${pictureUrl(picture, origin, theme)}" alt="${picture.alt}">`;
}

export function pictureMarkdown(picture: Picture, origin: string, theme: PictureTheme): string {
  return `![${picture.alt}](${pictureUrl(picture, origin, theme)})`;
}

export function fetchExample(origin: string): string {
  return `const response = await fetch("${origin}/api/now-playing");
const { playing, game, since } = await response.json();
document.querySelector("#playing").textContent =
  game === null ? "" : \`\${playing ? "Playing" : "Last played"}: \${game.title}\`;`;
}

export function streamExample(origin: string): string {
  return `const source = new EventSource("${origin}/api/now-playing/events");
source.onmessage = ({ data }) => {
  const { playing, game, since } = JSON.parse(data);
  document.querySelector("#playing").textContent =
    game === null ? "" : \`\${playing ? "Playing" : "Last played"}: \${game.title}\`;
};`;
}
