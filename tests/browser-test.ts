import { test } from "bun:test";
import { noteAbsence } from "./absence.ts";
import { findChromium } from "./browser.ts";

const isAbsent = findChromium() === null;
if (isAbsent) noteAbsence("Chromium");

/** A test that looks at pages in Chromium: skipped on a machine that has none. */
export const browserTest = test.skipIf(isAbsent);
