import { Type } from "@sinclair/typebox";
import { defineEndpoint } from "./endpoint.ts";

/** Pages of the catalogue. Steam now and then answers with no list at all, which is a failure and not an empty catalogue. */
export const getAppList = defineEndpoint({
  name: "GetAppList",
  path: "/IStoreService/GetAppList/v1/",
  apis: ["steam-web-api"],
  answer: Type.Object({
    response: Type.Object({ apps: Type.Optional(Type.Array(Type.Unknown())) }),
  }),
  absence: ({ response }) => (response.apps ? null : "empty"),
  data: ({ response }) => response.apps ?? [],
});

/** One app a request; several only with filters=price_overview. When over its limit it answers 429 with the body `null`. */
export const appDetails = defineEndpoint({
  name: "appdetails",
  path: "/api/appdetails",
  apis: ["steam-store"],
  answer: Type.Record(
    Type.String(),
    Type.Object({
      success: Type.Boolean(),
      data: Type.Optional(Type.Unknown()),
    }),
  ),
  absence: (apps) => (Object.values(apps).some((app) => app.success) ? null : "not_found"),
  data: (apps) => apps,
});
