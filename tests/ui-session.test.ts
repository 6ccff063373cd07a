import { expect } from "bun:test";
import { browserTest } from "./browser-test.ts";
import { startOwner, WITHIN_MS } from "./owner.ts";

/** What the owner is promised: a session that began is seen without a reload. */
const SEEN_MS_MAX = 5_000;

browserTest(
  "a session appears within five seconds of its start at Steam, without a reload, and is live no longer when it has ended",
  async () => {
    await using owner = await startOwner();
    const { sim, browser } = owner;
    const { page } = browser;
    const live = page.getByRole("region", { name: "Activity" }).getByText("live");
    await page.getByText("Played last").waitFor();

    await sim.control.play(640);
    const startedAt = performance.now();
    await live.waitFor();
    const seenMs = performance.now() - startedAt;
    await sim.control.stopPlaying();
    await live.waitFor({ state: "detached", timeout: WITHIN_MS });

    process.stdout.write(`ui: a session was seen ${Math.round(seenMs)} ms after its start\n`);
    expect(seenMs).toBeLessThan(SEEN_MS_MAX);
    expect(browser.complaints).toEqual([]);
  },
  90_000,
);
