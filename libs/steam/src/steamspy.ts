import { Type } from "@sinclair/typebox";
import { defineEndpoint, type Exception } from "./endpoint.ts";

/** How SteamSpy says that it is overloaded: a line of text as a success, or an error without a body. */
const OVERLOADED: readonly Exception[] = [
  { status: 200, body: /^\s*Connection failed/, kind: "limited" },
  { status: 500, body: /^\s*$/, kind: "limited" },
];

/** One app. Of an app that SteamSpy does not track, it knows `{}`. */
export const steamSpyDetails = defineEndpoint({
  name: "appdetails",
  path: "/api.php",
  apis: ["steamspy-details"],
  exceptions: OVERLOADED,
  answer: Type.Object({ appid: Type.Optional(Type.Integer()) }),
  absence: ({ appid }) => (appid === undefined ? "not_found" : null),
  data: (app) => app,
});

/** A page of the catalogue, an object by app id. */
export const steamSpyAll = defineEndpoint({
  name: "all",
  path: "/api.php",
  apis: ["steamspy-all"],
  exceptions: OVERLOADED,
  answer: Type.Record(Type.String(), Type.Object({ appid: Type.Integer(), name: Type.String() })),
  absence: (apps) => (Object.keys(apps).length === 0 ? "empty" : null),
  data: (apps) => Object.values(apps),
});
