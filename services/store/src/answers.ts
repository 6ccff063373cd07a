import { type Answer, answer } from "@tracker/bus";
import * as contract from "@tracker/contracts";
import type { Calendar } from "@tracker/playtime";
import * as access from "./access.ts";
import { listAchievements } from "./achievement-list.ts";
import { recordAchievements } from "./achievement.ts";
import { countDue, expireSlice } from "./app-due.ts";
import { stageList } from "./app-list.ts";
import { finishListInTurns } from "./app-list-finish.ts";
import { getList, listFreshness } from "./app-list-state.ts";
import { planBatch } from "./app-plan.ts";
import { findAppSummary, getApp, getAppHistory } from "./app-read.ts";
import { recordInParts } from "./app-record-part.ts";
import { searchApps } from "./app-search.ts";
import type { Database } from "./database.ts";
import { getDay, listDays } from "./day-query.ts";
import type { Reading } from "./day-range.ts";
import { listFeed } from "./feed.ts";
import { archiveGame, purgeGame } from "./game-archive.ts";
import { getGameHistory } from "./game-history.ts";
import { listGames } from "./game-list.ts";
import { getGame } from "./game-row.ts";
import { createGame, updateGame } from "./game-write.ts";
import { checkArguments, planImport, recordCovers, recordOverview } from "./import-plan.ts";
import * as job from "./job.ts";
import { getJob, listJobs } from "./job-row.ts";
import { findPlaying } from "./playing.ts";
import { listRuns } from "./run.ts";
import { listSchedules, startScheduledJob } from "./schedule.ts";
import * as edit from "./session-edit.ts";
import { listSessionEdits } from "./session-edit-list.ts";
import { listSessions } from "./session-list.ts";
import { getSnapshot, listSnapshots } from "./snapshot-query.ts";
import { getHeatmap } from "./statistics-heatmap.ts";
import { getYearReview } from "./statistics-year.ts";
import { listPlayedYears } from "./statistics-years.ts";
import { getStatistics } from "./statistics.ts";
import { getCrawl, stagePage } from "./steamspy-crawl.ts";
import { finishCrawlInTurns } from "./steamspy-finish.ts";
import { listTags } from "./tag.ts";
import * as delivery from "./webhook-delivery.ts";
import { listDeliveries, noteTry, retryDelivery } from "./webhook-delivery-list.ts";
import * as webhook from "./webhook.ts";
import { listReviewedYears, recordYear } from "./year-in-review.ts";

/** What answering takes besides the question. */
export interface AnswerContext {
  readonly database: Database;
  readonly calendar: Calendar;
  readonly pollIntervalMs: number;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Every question that the store answers, but for its own status. */
export function storeAnswers(context: AnswerContext): Answer[] {
  return [
    ...libraryAnswers(context),
    ...historyAnswers(context),
    ...importAnswers(context),
    ...jobAnswers(context),
    ...accessAnswers(context),
    ...catalogueAnswers(context),
    ...webhookAnswers(context),
  ];
}

function libraryAnswers({ database, clock }: AnswerContext): Answer[] {
  return [
    answer(contract.listGames, (input) => listGames(database, input)),
    answer(contract.getGame, (input) => {
      const game = getGame(database, input);
      return { ...game, app: findAppSummary(database, game.steam_app_id) };
    }),
    answer(contract.createGame, (input) => createGame(database, input, clock())),
    answer(contract.updateGame, (input) => updateGame(database, input, clock())),
    answer(contract.archiveGame, (input) => archiveGame(database, input, clock())),
    answer(contract.purgeGame, (input) => purgeGame(database, input, clock())),
    answer(contract.listTags, () => listTags(database)),
    answer(contract.findPlaying, (input) => findPlaying(database, input, clock())),
  ];
}

function historyAnswers({ database, calendar, pollIntervalMs, clock }: AnswerContext): Answer[] {
  const reading = (): Reading => ({ now: clock(), calendar, pollIntervalMs });
  return [
    answer(contract.listFeed, (input) => listFeed(database, input, reading())),
    answer(contract.listDays, (input) => listDays(database, input, reading())),
    answer(contract.getDay, (input) => getDay(database, input, reading())),
    answer(contract.listSessions, (input) => listSessions(database, input, reading())),
    answer(contract.addSession, (input) => edit.addSession(database, input, reading())),
    answer(contract.moveSession, (input) => edit.moveSession(database, input, reading())),
    answer(contract.removeSession, (input) => edit.removeSession(database, input, reading())),
    answer(contract.splitSession, (input) => edit.splitSession(database, input, reading())),
    answer(contract.mergeSessions, (input) => edit.mergeSessions(database, input, reading())),
    answer(contract.undoSessionEdit, (input) => edit.undoEdit(database, input, reading())),
    answer(contract.listSessionEdits, (input) => listSessionEdits(database, input)),
    ...statisticsAnswers(database, reading),
    answer(contract.listSnapshots, (input) => listSnapshots(database, input)),
    answer(contract.getSnapshot, (input) => getSnapshot(database, input)),
    answer(contract.listRuns, (input) => listRuns(database, input)),
    answer(contract.recordHistory, (input) => recordYear(database, input)),
    answer(contract.listReviewedYears, (input) => listReviewedYears(database, input)),
    answer(contract.getGameHistory, (input) => getGameHistory(database, input, calendar)),
  ];
}

function statisticsAnswers(database: Database, reading: () => Reading): Answer[] {
  return [
    answer(contract.getStatistics, (input) => getStatistics(database, input, reading())),
    answer(contract.getYearReview, (input) => getYearReview(database, input, reading())),
    answer(contract.listPlayedYears, () => listPlayedYears(database, reading())),
    answer(contract.getHeatmap, (input) => getHeatmap(database, input, reading())),
  ];
}

function importAnswers({ database, calendar, clock }: AnswerContext): Answer[] {
  return [
    answer(contract.listAchievements, (input) => listAchievements(database, input)),
    answer(contract.planImport, (input) => planImport(database, input)),
    answer(contract.recordAchievements, (input) =>
      recordAchievements(database, calendar, input, clock()),
    ),
    answer(contract.recordOverview, (input) => recordOverview(database, input, clock())),
    answer(contract.recordCovers, (input) => recordCovers(database, input, clock())),
  ];
}

function jobAnswers({ database, clock }: AnswerContext): Answer[] {
  const starts = contract.JOB_KIND_NAMES.map((kind) =>
    answer(contract.startJob(kind), (input, asker) => {
      checkArguments(database, kind, input);
      return job.startJob(database, kind, { arguments: input, requestedBy: asker }, clock());
    }),
  );
  return [
    ...starts,
    answer(contract.getJob, (input) => getJob(database, input)),
    answer(contract.listJobs, (input) => listJobs(database, input)),
    answer(contract.cancelJob, (input) => job.cancelJob(database, input, clock())),
    answer(contract.pauseJob, (input) => job.pauseJob(database, input)),
    answer(contract.resumeJob, (input) => job.resumeJob(database, input, clock())),
    answer(contract.claimJob, (input) => job.claimJob(database, input, clock())),
    answer(contract.reportJob, (input) => job.reportJob(database, input, clock())),
    answer(contract.finishJob, (input) => job.finishJob(database, input, clock())),
    answer(contract.startScheduledJob, (input) => startScheduledJob(database, input, clock())),
    answer(contract.listSchedules, () => listSchedules(database)),
  ];
}

function accessAnswers({ database, clock }: AnswerContext): Answer[] {
  return [
    answer(contract.createLogin, (input) => access.createLogin(database, input, clock())),
    answer(contract.removeLogin, (input) => access.removeLogin(database, input)),
    answer(contract.createToken, (input) => access.createToken(database, input, clock())),
    answer(contract.listTokens, () => access.listTokens(database)),
    answer(contract.revokeToken, (input) => access.revokeToken(database, input, clock())),
    answer(contract.checkAccess, (input) => access.checkAccess(database, input, clock())),
  ];
}

function webhookAnswers({ database, clock }: AnswerContext): Answer[] {
  return [
    answer(contract.listWebhooks, () => webhook.listWebhooks(database)),
    answer(contract.createWebhook, (input) => webhook.createWebhook(database, input, clock())),
    answer(contract.updateWebhook, (input) => webhook.updateWebhook(database, input)),
    answer(contract.removeWebhook, (input) => webhook.removeWebhook(database, input)),
    answer(contract.findWebhook, (input) => webhook.findWebhook(database, input)),
    answer(contract.listWebhookDeliveries, (input) => listDeliveries(database, input)),
    answer(contract.retryWebhookDelivery, (input) => retryDelivery(database, input, clock())),
    answer(contract.noteWebhookTry, (input) => noteTry(database, input, clock())),
    answer(contract.claimWebhookDeliveries, () => delivery.claimDeliveries(database, clock())),
    answer(contract.reportWebhookDelivery, (input) =>
      delivery.reportDelivery(database, input, clock()),
    ),
  ];
}

function catalogueAnswers({ database, clock }: AnswerContext): Answer[] {
  return [
    answer(contract.searchApps, (input) => searchApps(database, input)),
    answer(contract.getApp, (input) => getApp(database, input)),
    answer(contract.getAppHistory, (input) => getAppHistory(database, input)),
    answer(contract.planApps, (input) => planBatch(database, input, clock())),
    answer(contract.countDueApps, (input) => countDue(database, input, clock())),
    answer(contract.expireApps, (input) => expireSlice(database, input, clock())),
    answer(contract.recordApps, (input) => recordInParts(database, input, clock())),
    answer(contract.stageAppList, (input) => stageList(database, input, clock())),
    answer(contract.finishAppList, (input) => finishListInTurns(database, input, clock())),
    answer(contract.getAppList, (input) => getList(database, input)),
    answer(contract.getAppListFreshness, (input) => listFreshness(database, input)),
    answer(contract.stageSteamSpyPage, (input) => stagePage(database, input)),
    answer(contract.getSteamSpyCrawl, (input) => getCrawl(database, input)),
    answer(contract.finishSteamSpyCrawl, (input) => finishCrawlInTurns(database, input)),
  ];
}
