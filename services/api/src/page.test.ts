import { expect, test } from "bun:test";
import { createContext, runInContext } from "node:vm";
import { PAGE_SCRIPT } from "./page/script.ts";
import { pageDocument } from "./page/document.ts";

/** As much of a browser's element as the page's script uses. */
class FakeElement {
  readonly children: FakeElement[] = [];
  readonly classList = { toggle: () => true };
  hidden = false;
  #text = "";

  set textContent(text: string) {
    this.children.length = 0;
    this.#text = text;
  }
  get textContent(): string {
    return [this.#text, ...this.children.map((child) => child.textContent)].join("|");
  }
  append(...children: FakeElement[]): void {
    this.children.push(...children);
  }
  replaceChildren(...children: FakeElement[]): void {
    this.children.splice(0, Infinity, ...children);
  }
  addEventListener(): void {}
}

interface Shown {
  /** What an element of the page says, its parts with a bar between them. */
  says(id: string): string;
}

/** Runs the page's script as a browser would, on these answers, and resolves once it has shown them. */
async function show(
  visitor: "known" | "stranger",
  answers: Record<string, unknown>,
): Promise<Shown> {
  const elements = new Map<string, FakeElement>();
  const ids = [...pageDocument(visitor).matchAll(/ id="([\w-]+)"/g)].map(([, id = ""]) => id);
  for (const id of ids) elements.set(id, new FakeElement());
  const asked = Promise.withResolvers<undefined>();
  const context = createContext({
    document: {
      body: { dataset: { visitor } },
      getElementById: (id: string) => elements.get(id),
      createElement: () => new FakeElement(),
    },
    fetch: (path: string) => Promise.resolve(Response.json(answers[path.split("?")[0] ?? ""])),
    EventSource: FakeElement,
    setInterval: () => 0,
    clearTimeout: () => asked.resolve(undefined),
    Intl,
  });
  const shown: unknown = runInContext(`${PAGE_SCRIPT}\nrefresh()`, context);
  await Promise.all([asked.promise, shown]);
  return { says: (id) => elements.get(id)?.textContent ?? "no such element" };
}

const GAME = { title: "Portal", hours_played: 3, last_played_at: "2026-01-02T03:04:05.000Z" };
const IDLE = { playing: false, game: GAME, since: null, stale: false };
const DAYS = { to: "2026-11-20", time_zone: "America/New_York", items: [] };
const STATUS = { problems: [], accounts: [], poller: null, store: { games: 1 } };
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

test("clock times are those of the tracker's zone, wherever the browser is, and the zone is said once", async () => {
  const session = {
    title: "Portal",
    started_at: "2026-11-20T04:30:00.000Z",
    minutes: 61,
    live: false,
  };

  const page = await show("known", {
    "/api/now-playing": IDLE,
    "/api/days": DAYS,
    "/api/sessions": { items: [session] },
    "/api/status": STATUS,
  });

  // Half past eleven in New York, on the evening before.
  expect(page.says("sessions")).toMatch(/Portal.*\b19\b.*\b(11|23):30.*1 h 1 min/);
  expect(page.says("zone")).toBe("Times and days are those of America/New_York.");
  expect(page.says("sync")).toBe("1 game");
});

test("a game being played shows for how long, also before Steam has counted a minute of it", async () => {
  const live = { title: "Portal", started_at: minutesAgo(11.5), minutes: 0, live: true };
  const later = { title: "Hades", started_at: minutesAgo(65.5), minutes: 30, live: true };

  const page = await show("known", {
    "/api/now-playing": { ...IDLE, playing: true, since: minutesAgo(11.5) },
    "/api/days": DAYS,
    "/api/sessions": { items: [live, later] },
    "/api/status": STATUS,
  });

  expect(page.says("playing-detail")).toBe("3 h in all · for 11 min");
  expect(page.says("sessions")).toMatch(
    /playing for 11 min; Steam has not counted it yet\|+11 min\|.*playing for 1 h 5 min; Steam has counted 30 min\|+1 h 5 min/,
  );
});

test("a stranger is told how long ago, since no zone is known", async () => {
  const game = { ...GAME, last_played_at: minutesAgo(125.5) };

  const page = await show("stranger", { "/api/now-playing": { ...IDLE, game } });

  expect(page.says("playing-detail")).toBe("3 h in all · 2 h 5 min ago");
});

test("a library without a Steam account says so, and the page says where the rest is", async () => {
  const problem = "No Steam account is followed; games are kept by hand.";

  const page = await show("known", {
    "/api/now-playing": { ...IDLE, game: null },
    "/api/days": DAYS,
    "/api/sessions": { items: [] },
    "/api/status": { ...STATUS, problems: [problem] },
  });

  expect(page.says("problems")).toContain(problem);
  expect(page.says("playing-detail")).toBe("");
  expect(pageDocument("known")).toContain("have no pages yet");
});
