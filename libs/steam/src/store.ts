import { Type } from "@sinclair/typebox";
import { defineEndpoint } from "./endpoint.ts";

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
