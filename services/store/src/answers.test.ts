import { expect, test } from "bun:test";
import * as contracts from "@tracker/contracts";
import type { Request } from "@tracker/contracts";
import { storeAnswers } from "./answers.ts";
import { openDatabase } from "./database.ts";
import { CALENDAR, contractError, NOW, READING } from "./question-fixture.ts";

const OWNED = /^(store|jobs)\./;

function isRequest(value: unknown): value is Request {
  return typeof value === "object" && value !== null && "subject" in value && "output" in value;
}

/** Its status, and the backups in its folder: these take more than the database. */
const OF_ITSELF = new Set([contracts.getStoreStatus.subject, contracts.listBackups.subject]);

test("every question to the store and about jobs has exactly one answer, but for what the store tells of itself", () => {
  using database = openDatabase(":memory:");
  const context = { database, calendar: CALENDAR, pollIntervalMs: READING.pollIntervalMs };

  const answered = storeAnswers({ ...context, clock: () => NOW }).map(
    (one) => one.definition.subject,
  );

  const asked = [
    ...Object.values<unknown>({ ...contracts }).filter(isRequest),
    ...contracts.JOB_KIND_NAMES.map((kind) => contracts.startJob(kind)),
  ]
    .map(({ subject }) => subject)
    .filter((subject) => OWNED.test(subject) && !OF_ITSELF.has(subject));
  expect(answered.toSorted()).toEqual(asked.toSorted());
});

test("every list of an empty store is an answer that its contract allows", () => {
  using database = openDatabase(":memory:");
  const context = { database, calendar: CALENDAR, pollIntervalMs: READING.pollIntervalMs };

  const lists = storeAnswers({ ...context, clock: () => NOW }).filter(
    ({ definition }) =>
      // Achievements are those of a game, reviewed years of an account, and there is none.
      definition.subject.endsWith(".list") &&
      definition !== contracts.listAchievements &&
      definition !== contracts.listReviewedYears,
  );

  expect(lists).toHaveLength(11);
  for (const { definition, handle } of lists) {
    expect(contractError(definition.output, handle({}, "api"))).toBeUndefined();
  }
});
