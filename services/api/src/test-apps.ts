import { answer, type Answer } from "@tracker/bus";
import { getApp, getAppHistory, searchApps, ServiceError } from "@tracker/contracts";
import { pageOf } from "./answer-example.ts";
import { APP_EXAMPLE, APP_SUMMARY_EXAMPLE, APP_CHANGE_EXAMPLE } from "./catalogue-example.ts";
import type { TestStore } from "./test-store.ts";

/** A catalogue of one app. */
export function appAnswers(store: TestStore): Answer[] {
  const requireApp = (appId: number) => {
    if (appId !== APP_EXAMPLE.app_id)
      throw new ServiceError("NOT_FOUND", `there is no app ${appId}`);
    return APP_EXAMPLE;
  };
  return [
    answer(searchApps, (input) => {
      store.asked.push(input);
      return pageOf(APP_SUMMARY_EXAMPLE);
    }),
    answer(getApp, ({ app_id: appId }) => requireApp(appId)),
    answer(getAppHistory, ({ app_id: appId }) => {
      requireApp(appId);
      return pageOf(APP_CHANGE_EXAMPLE);
    }),
  ];
}
