import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  AccountCheck,
  checkAccount,
  getPollerStatus,
  ServiceError,
  Strict,
} from "@tracker/contracts";
import { accountFile, SteamAccount, steamIdIn, writeAccountFile } from "@tracker/steam/account";
import { type Static, Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { Problem } from "./problem.ts";
import type { Ask } from "./question.ts";
import { copy, withExample } from "./schema.ts";

const tags = ["Operation"];
const CANDIDATE = /^steam-account\..+\.json/;
/** Longer than any check takes: what is older was left behind by a crash. */
const CANDIDATE_MS_MAX = 5 * 60_000;

const NewAccount = Strict({
  steam_api_key: copy(SteamAccount.properties.steam_api_key),
  steam_id: Type.String({
    minLength: 2,
    maxLength: 200,
    description: "the 17 digits of a SteamID64, a vanity name, or the address of a profile",
  }),
});
const { source, steam_id } = getPollerStatus.output.properties;
const Setup = Type.Object({
  /** Where the account is set up: in the environment, which wins, or here (`file`); null where it is not. */
  source: copy(source),
  /** The SteamID64, once Steam has told it. */
  steam_id: copy(steam_id),
});
const { outcome, reason, persona_name, games } = AccountCheck.properties;
const Checked = Type.Object({
  outcome: copy(outcome),
  /** What Steam hides, and how to change it; null when it shows everything. */
  reason: copy(reason),
  steam_id: Type.String(),
  persona_name: copy(persona_name),
  /** How many games Steam lists; null while it hides them. */
  games: copy(games),
});

/** The Steam account, set up in the browser. Its key goes from the request to a file and nowhere else. */
export function setupRoutes(ask: Ask, dataDir: string) {
  return new Elysia({ name: "setup" })
    .get("/api/setup", () => known(ask), {
      response: { 200: withExample(Setup, { source: "file", steam_id: "76561197960287930" }) },
      detail: {
        tags,
        summary: "Where the Steam account is set up",
        description: "The key is never told.",
      },
    })
    .post(
      "/api/setup",
      async ({ body }) => {
        const steam_id = idOf(body.steam_id);
        await assertHere(ask);
        return await setUp(ask, dataDir, { ...body, steam_id });
      },
      {
        body: NewAccount,
        response: {
          200: withExample(Checked, {
            outcome: "ok",
            reason: null,
            steam_id: "76561197960287930",
            persona_name: "Rabscuttle",
            games: 129,
          }),
        },
        detail: {
          tags,
          summary: "Follow a Steam account",
          description:
            "Steam is asked with this key about this account; only what it accepts is kept, in credentials/steam-account.json of DATA_DIR (mode 600), and followed within seconds. A private profile is accepted: `reason` says how to change it. 422 names the field that Steam does not accept, 503 says that Steam could not be asked; either changes nothing. 409 where STEAM_API_KEY or STEAM_ID is set in the environment, which wins.",
        },
      },
    )
    .delete(
      "/api/setup",
      async ({ set }) => {
        await assertHere(ask);
        rmSync(accountFile(dataDir), { force: true });
        set.status = 204;
        return undefined;
      },
      {
        response: { 204: Type.Void({ description: "Nobody is followed any more" }) },
        detail: {
          tags,
          summary: "Follow no Steam account",
          description: "Forgets the key. Everything that was counted stays.",
        },
      },
    );
}

function idOf(given: string): string {
  const id = steamIdIn(given);
  if (id !== null) return id;
  throw new Problem(
    "INVALID",
    "/steam_id: expected the 17 digits of a SteamID64, a vanity name, or the address of a profile",
    { field: "/steam_id" },
  );
}

async function known(ask: Ask): Promise<Static<typeof Setup>> {
  const { source, steam_id } = await ask(getPollerStatus, {});
  return { source, steam_id };
}

async function assertHere(ask: Ask): Promise<void> {
  if ((await known(ask)).source !== "environment") return;
  throw new Problem(
    "CONFLICT",
    "the Steam account is set up by STEAM_API_KEY and STEAM_ID in the environment: change it there, or take both out",
  );
}

async function setUp(
  ask: Ask,
  dataDir: string,
  account: SteamAccount,
): Promise<Static<typeof Checked>> {
  const check = crypto.randomUUID().replaceAll("-", "");
  const candidate = accountFile(dataDir, check);
  removeLeftCandidates(join(candidate, ".."));
  try {
    writeAccountFile(candidate, account);
    const told = await ask(checkAccount, { check }, { attempts: 1 });
    const { steam_id } = told;
    if (steam_id === null) throw refusal(told);
    // The resolved id is kept, so that it need not be looked up again.
    writeAccountFile(accountFile(dataDir), { ...account, steam_id });
    return { ...told, steam_id };
  } finally {
    rmSync(candidate, { force: true });
  }
}

function refusal({ outcome, reason }: AccountCheck): Error {
  if (outcome === "bad_key") {
    return new Problem(
      "INVALID",
      "/steam_api_key: expected a key that Steam accepts: was it copied whole?",
      {
        field: "/steam_api_key",
      },
    );
  }
  if (outcome === "bad_steam_id") {
    return new Problem(
      "INVALID",
      "/steam_id: expected an account that Steam knows: is the name spelled right?",
      {
        field: "/steam_id",
      },
    );
  }
  const why = reason === null ? outcome : reason.replace(/\.$/, "");
  const what = `the account could not be checked: ${why}. Nothing was changed; try again.`;
  return new ServiceError("UNAVAILABLE", what);
}

function removeLeftCandidates(folder: string): void {
  try {
    for (const name of readdirSync(folder).filter((each) => CANDIDATE.test(each))) {
      const path = join(folder, name);
      if (statSync(path).mtimeMs < Date.now() - CANDIDATE_MS_MAX) rmSync(path, { force: true });
    }
  } catch {
    // There is no such folder yet, or another process was quicker.
  }
}
