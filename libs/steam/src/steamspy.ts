import { type Static, Type } from "@sinclair/typebox";
import { defineEndpoint, type Exception } from "./endpoint.ts";
import { rowReader } from "./rows.ts";
import { HIDDEN_APP_ID, type SteamSpyApp, steamSpyApp, SteamSpyRow } from "./steamspy-app.ts";

/** What SteamSpy's details add. */
export interface SteamSpyDetails extends SteamSpyApp {
  /** As SteamSpy orders them. */
  readonly genres: readonly string[];
  readonly languages: readonly string[];
  /** With their votes, the most first. */
  readonly tags: readonly { readonly name: string; readonly votes: number }[];
}

/** A page of the catalogue, ascending by app id (the order by owners is lost in JSON); rows of hidden apps are left out. */
export interface SteamSpyPage {
  /** From 0. */
  readonly page: number;
  readonly apps: readonly SteamSpyApp[];
  /** Rows as they were sent: those that are hidden or cannot be read too. */
  readonly rows: number;
  /** Whether it is not full, so that none comes after it. */
  readonly isLast: boolean;
}

/** Of a full page. */
export const STEAMSPY_PAGE_ROWS = 1_000;

/** How SteamSpy says that it is overloaded: a line of text as a success, or an error without a body. */
const OVERLOADED: readonly Exception[] = [
  { status: 200, body: /^\s*Connection failed/, kind: "limited" },
  { status: 500, body: /^\s*$/, kind: "limited" },
];

const Details = Type.Composite([
  SteamSpyRow,
  Type.Object({
    languages: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    genre: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    /** An app without tags has a list in place of an object. */
    tags: Type.Optional(
      Type.Union([Type.Record(Type.String(), Type.Integer()), Type.Array(Type.Unknown())]),
    ),
  }),
]);

/** What stands for an app that SteamSpy does not track: nothing, or a row without a name. */
const Untracked = Type.Union([
  Type.Object({ appid: Type.Optional(Type.Undefined()) }),
  Type.Object({ name: Type.Null() }),
]);
const Hidden = Type.Object({ appid: Type.Literal(HIDDEN_APP_ID) });

/** One app. */
export const steamSpyDetails = defineEndpoint({
  name: "appdetails",
  path: "/api.php",
  apis: ["steamspy-details"],
  exceptions: OVERLOADED,
  answer: Type.Union([Hidden, Untracked, Details]),
  absence: (app) => {
    if ("appid" in app && app.appid === HIDDEN_APP_ID) return "not_visible";
    return isTracked(app) ? null : "not_found";
  },
  data: (app): SteamSpyDetails | null => (isTracked(app) ? detailsOf(app) : null),
});

function isTracked(app: object): app is Static<typeof Details> {
  return "appid" in app && "name" in app && app.name !== null;
}

function detailsOf(app: Static<typeof Details>): SteamSpyDetails {
  const tags = Array.isArray(app.tags) ? [] : Object.entries(app.tags ?? {});
  return {
    ...steamSpyApp(app),
    genres: listed(app.genre),
    languages: listed(app.languages),
    tags: tags
      .map(([name, votes]) => ({ name, votes }))
      .toSorted((one, other) => other.votes - one.votes),
  };
}

function listed(text: string | null | undefined): readonly string[] {
  const names = (text ?? "").split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}

const rows = rowReader(SteamSpyRow);

/** A page of the catalogue, an object by app id. */
export const steamSpyAll = defineEndpoint({
  name: "all",
  path: "/api.php",
  apis: ["steamspy-all"],
  exceptions: OVERLOADED,
  answer: Type.Record(Type.String(), Type.Unknown()),
  absence: (answer) => {
    const sent = Object.values(answer);
    if (sent.length === 0) return "empty";
    return rows.mostlyReadable(sent) ? null : "malformed";
  },
  data: (answer): Omit<SteamSpyPage, "page"> => {
    const sent = Object.values(answer);
    const apps = rows.readable(sent).filter(({ appid }) => appid !== HIDDEN_APP_ID);
    const isLast = sent.length < STEAMSPY_PAGE_ROWS;
    return { apps: apps.map(steamSpyApp), rows: sent.length, isLast };
  },
});
