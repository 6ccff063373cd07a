import { answer, type Answer } from "@tracker/bus";
import {
  addSession,
  getDay,
  getGameHistory,
  getSnapshot,
  getHeatmap,
  getStatistics,
  getYearReview,
  listDays,
  listFeed,
  listPlayedYears,
  listSessionEdits,
  listSessions,
  listSnapshots,
  mergeSessions,
  moveSession,
  removeSession,
  ServiceError,
  splitSession,
  undoSessionEdit,
} from "@tracker/contracts";
import {
  FEED_EXAMPLE,
  HISTORY_EXAMPLE,
  SESSION_EXAMPLE,
  SESSION_EDIT_OUTCOME_EXAMPLE,
  DAYS_EXAMPLE,
  DAY_EXAMPLE,
  SNAPSHOT_EXAMPLE,
  pageOf,
} from "./answer-example.ts";
import {
  HEATMAP_EXAMPLE,
  PLAYED_YEARS_EXAMPLE,
  STATISTICS_EXAMPLE,
  YEAR_REVIEW_EXAMPLE,
} from "./statistics-example.ts";
import type { TestStore } from "./test-store.ts";

/** What was played when: always the same. */
export function historyAnswers(store: TestStore): Answer[] {
  return [
    answer(listFeed, (input) => {
      store.fed.push(input);
      return { items: [...FEED_EXAMPLE], next_cursor: "next" };
    }),
    answer(listDays, ({ from, to }) => ({
      ...DAYS_EXAMPLE,
      ...(from && { from }),
      ...(to && { to }),
    })),
    answer(getDay, ({ day }) => ({ ...DAY_EXAMPLE, day })),
    answer(listSessions, (input) => {
      store.asked.push(input);
      if (input.cursor === "wrong") {
        throw new ServiceError("INVALID", '/cursor: expected a cursor, got "wrong"', {
          field: "/cursor",
        });
      }
      return pageOf(SESSION_EXAMPLE);
    }),
    answer(getGameHistory, ({ id }) => ({ ...HISTORY_EXAMPLE, game_id: store.game(id).id })),
    answer(listSnapshots, () => pageOf(SNAPSHOT_EXAMPLE)),
    answer(getStatistics, (input) => {
      store.asked.push(input);
      return STATISTICS_EXAMPLE;
    }),
    answer(getYearReview, ({ year }) => ({ ...YEAR_REVIEW_EXAMPLE, year })),
    answer(listPlayedYears, () => PLAYED_YEARS_EXAMPLE),
    answer(getHeatmap, (input) => {
      store.asked.push(input);
      return HEATMAP_EXAMPLE;
    }),
    ...[addSession, moveSession, removeSession, splitSession, mergeSessions, undoSessionEdit].map(
      (definition) => answer(definition, () => SESSION_EDIT_OUTCOME_EXAMPLE),
    ),
    answer(listSessionEdits, () => pageOf(SESSION_EDIT_OUTCOME_EXAMPLE.edit)),
    answer(getSnapshot, ({ date }) => ({ ...SNAPSHOT_EXAMPLE, date, games: [] })),
  ];
}
