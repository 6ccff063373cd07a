/** What all pictures share: their colours, their letters and their frame. */
import { escapeXml, fitText } from "./widget-text.ts";

export const WIDGET_THEMES = ["auto", "light", "dark"] as const;
export type WidgetTheme = (typeof WIDGET_THEMES)[number];

const LIGHT =
  "--b:#fff;--l:#dedfe6;--i:#14161b;--m:#575d6b;--a:#4f46e5;--h0:#e9e9ee;--h1:#cfccff;--h2:#a39dfb;--h3:#7068f0;--h4:#4338ca";
const DARK =
  "--b:#15181d;--l:#2a3038;--i:#eceef2;--m:#a0a9b8;--a:#a9a4ff;--h0:#20252b;--h1:#2f2c5c;--h2:#4a45a0;--h3:#7771dd;--h4:#b3afff";
const CLASSES =
  "text{font-family:system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif;unicode-bidi:plaintext}.b{fill:var(--b);stroke:var(--l)}.i{fill:var(--i)}.m{fill:var(--m)}.a{fill:var(--a)}.h0{fill:var(--h0)}.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}.h4{fill:var(--h4)}";

/** One line of text, cut where it would be too long. */
export function line(
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
export function picture({ width, height, theme, title, body }: PictureParts): string {
  const colours = `svg{${theme === "dark" ? DARK : LIGHT}}`;
  const other = theme === "auto" ? `@media(prefers-color-scheme:dark){svg{${DARK}}}` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escapeXml(title)}</title><style>${colours}${other}${CLASSES}</style><rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" class="b"/>${body}</svg>`;
}
