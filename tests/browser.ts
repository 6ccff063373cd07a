import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { PASSWORD } from "./running-tracker.ts";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Else the browser itself glides to the end of a page for a fifth of a second.
  "--disable-smooth-scrolling",
];
const STEP_MS_MAX = 15_000;

export interface BrowserOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  readonly reducedMotion?: "reduce" | "no-preference";
  /** Blocked unless told: a test that stands in for an answer is to be asked, and not a worker's copy. */
  readonly serviceWorkers?: "allow" | "block";
}

/** A Chromium with a profile of its own, and what its pages complained about. */
export interface Browser extends AsyncDisposable {
  readonly page: Page;
  /** Console messages and errors of scripts, but for covers that cannot be loaded where there is no internet. */
  readonly complaints: string[];
  /** Hosts other than the page's own that were asked. */
  readonly hosts: Set<string>;
}

/** Where Chromium is, by the first of its usual names on the PATH, or null. */
export function findChromium(): string | null {
  return Bun.which("chromium") ?? Bun.which("chromium-browser") ?? Bun.which("google-chrome");
}

/** Starts Chromium with an empty profile. */
export async function startBrowser({
  width = 1280,
  height = 860,
  serviceWorkers = "block",
  ...looks
}: BrowserOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("expected chromium on the PATH, found none");
  const profile = mkdtempSync(join(tmpdir(), "tracker-browser-"));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: FLAGS,
    viewport: { width, height },
    serviceWorkers,
    ...looks,
  });
  context.setDefaultTimeout(STEP_MS_MAX);
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on("console", (message) => {
    const { url } = message.location();
    if (message.text() === "Service Worker registration blocked by Playwright") return;
    if (isOwn(url)) complaints.push(`${message.type()}: ${message.text()} (${url})`);
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!isOwn(request.url())) hosts.add(new URL(request.url()).host);
  });
  return {
    page,
    complaints,
    hosts,
    async [Symbol.asyncDispose]() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

function isOwn(url: string): boolean {
  return url === "" || /^(?:http:\/\/127\.0\.0\.1[:/]|data:|blob:|about:)/.test(url);
}

/** Opens the tracker's page and signs in as its owner. */
export async function signIn(page: Page, url: string, password = PASSWORD): Promise<void> {
  await page.goto(url);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Now" }).waitFor();
}
