import { expect } from "bun:test";
import { testGame } from "@tracker/api/test-data";
import { startSystem, type TestSystem } from "@tracker/api/test-system";
import type { Page } from "playwright-core";
import { startBrowser } from "./browser.ts";
import { browserTest } from "./browser-test.ts";

const TITLES: Readonly<Record<string, string>> = {
  short: "Go",
  latin: "The Elder Scrolls Online: Morrowind, the Wonderfully Immense Game of the Year Edition",
  wide: "MWMWMWMWMWMWMWMWMWMWMWMWMWMWMW",
  capitals: "ABCDEFGHIJKLMNOPQRSTUVWXYZ ABCDEFGHIJKLMNOPQRSTUVWXYZ ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  digits: "1234567890%&@#—+™ 1234567890%&@#—+™ 1234567890 1234567890 1234567890",
  cyrillic: "Ведьмак ЩШЖЮ щшжю Дикая Охота Щедрая Шапка Жаждущих Южан, полное издание",
  thai: "เกมผจญภัยในโลกกว้างใหญ่ที่ไม่มีวันสิ้นสุดและยังมีอีกมากมายให้ค้นหา",
  korean: "젤다의 전설 브레스 오브 더 와일드 완전판 그리고 더 많은 이야기들과 모험",
  chinese: "塞尔达传说旷野之息终极完整典藏豪华版本还有很多别的内容以及更多的惊喜",
  arabic: "أسطورة زيلدا: أنفاس البرية، الطبعة الكاملة مع كل الإضافات والمزيد من المفاجآت",
  emoji: "🎮👨‍👩‍👧🏴‍☠️🔥🎲🕹️👾🚀🌋🎯🧩🃏🎰🏆🥇🎖️🏅🎗️🎟️🎫🎪🤹🎭🎨🎬🎤🎧🎼🎹🥁",
  mixed: "Zelda ゼルダの伝説 أسطورة 🗡️ with a Long Long Long Long Tail",
};
const WIDTHS = [200, 495, 1_200];
const THEMES = ["light", "dark"];

interface Placed {
  readonly text: string;
  readonly start: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** As text, since it is of the browser's world. */
const PLACES = `[...document.querySelectorAll("svg text")].filter((text) => text.textContent !== "").map((text) => {
  const { x, y, width, height } = text.getBBox();
  const svg = text.ownerSVGElement;
  const centred = text.getAttribute("text-anchor") === "middle";
  return { text: text.textContent, start: centred ? 0 : Number(text.getAttribute("x")), left: x, right: x + width, top: y,
    bottom: y + height, width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };
})`;
const IMAGES = `Promise.all([...document.images].map(async (image) => {
  await image.decode().catch(() => undefined);
  return image.naturalWidth;
}))`;

function pathsOf(): string[] {
  const sized = ["card", "now-playing", "heatmap"].flatMap((name) =>
    WIDTHS.map((width) => `/api/widgets/${name}.svg?width=${width}`),
  );
  return [...sized, "/api/widgets/badge.svg"].flatMap((path) =>
    THEMES.map((theme) => `${path}${path.includes("?") ? "&" : "?"}theme=${theme}`),
  );
}

/** A real API in front of a store that holds one game of that title. */
async function systemPlaying(title: string): Promise<TestSystem> {
  const system = await startSystem();
  const game = { hours_played: 1_234.5, unlocked_achievements: 31, total_achievements: 52 };
  system.store.playing = () => testGame({ id: 1, title, ...game });
  return system;
}

/** Texts that leave their picture, or begin before their place. */
async function strays(page: Page, system: TestSystem, path: string): Promise<string[]> {
  const svg = await (await system.fetch(path)).text();
  await page.setContent(`<body style="margin:0">${svg}</body>`);
  const placed = await page.evaluate<Placed[]>(PLACES);
  if (placed.length === 0) throw new Error(`expected text in ${path}`);
  return placed
    .filter(
      ({ start, left, right, top, bottom, width, height }) =>
        left < start - 2 || right > width || top < 0 || bottom > height,
    )
    .map((stray) => `${path}: ${JSON.stringify(stray)}`);
}

browserTest(
  "titles in every script stay inside their pictures, at every width",
  async () => {
    await using browser = await startBrowser();
    const found: string[] = [];

    for (const [name, title] of Object.entries(TITLES)) {
      await using system = await systemPlaying(title);
      for (const path of pathsOf()) {
        const stray = await strays(browser.page, system, path);
        found.push(...stray.map((each) => `${name} ${each}`));
      }
    }

    expect(found).toEqual([]);
  },
  120_000,
);

// Most portfolio pages are served with a policy of their own.
browserTest(
  "a page that may load images from the tracker and nothing else shows every picture",
  async () => {
    await using browser = await startBrowser();
    await using system = await systemPlaying(TITLES["mixed"] ?? "");
    const origin = new URL(system.url).origin;
    const images = pathsOf().map(
      (path) => `<p><img src="${origin}${path.replace("&", "&amp;")}" alt=""></p>`,
    );
    using portfolio = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () =>
        new Response(`<!doctype html><title>Portfolio</title>${images.join("")}`, {
          headers: {
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": `default-src 'none'; img-src ${origin}`,
          },
        }),
    });

    await browser.page.goto(portfolio.url.href);
    const widths = await browser.page.evaluate<number[]>(IMAGES);

    expect(widths).toHaveLength(pathsOf().length);
    expect(widths.filter((width) => width < 200)).toEqual([]);
    // A browser asks every site for its icon, which this page's policy forbids.
    expect(browser.complaints.filter((complaint) => !complaint.includes("favicon"))).toEqual([]);
  },
  60_000,
);
