import { messageOf } from "@tracker/service";
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Catalogue } from "./catalogue.ts";
import { SimApp, SimAppChange } from "./catalogue-app.ts";
import { Fault } from "./fault.ts";
import { largestWindow } from "./request-log.ts";
import type { Simulation } from "./simulation.ts";
import { SimSettings } from "./settings.ts";
import { SittingMode, Truth } from "./truth.ts";

export const CONTROL_PATH = "/_control";

const ClockSetting = Type.Object({
  at: Type.Integer(),
  running: Type.Optional(Type.Boolean()),
});
const Advance = Type.Object({ ms: Type.Integer({ minimum: 0 }) });
const Play = Type.Object({
  appId: Type.Integer(),
  mode: Type.Optional(SittingMode),
});
const SettingsChange = Type.Partial(SimSettings);
const OwnKey = Type.Object({ ownKey: Type.Boolean() });

const Invention = Type.Object({
  apps: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  seed: Type.Optional(Type.Integer({ minimum: 0 })),
});
const RecordingPaths = Type.Object(
  {
    appListFile: Type.Optional(Type.String()),
    appListKind: Type.Optional(SimApp.properties.kind),
    spyPagesFolder: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
const AppsChange = Type.Object({ appIds: Type.Array(Type.Integer()), change: SimAppChange });
const Addition = Type.Object({ apps: Type.Integer({ minimum: 1, maximum: 100_000 }) });
const Drift = Type.Object({ share: Type.Number({ minimum: 0, maximum: 1 }) });

type Action = (sim: Simulation, body: unknown, parameters: URLSearchParams) => unknown;

const ACTIONS: Readonly<Record<string, Action>> = {
  "GET /clock": ({ clock }) => ({ at: clock.now() }),
  "PUT /clock": ({ clock }, body) => {
    const { at, running } = read(ClockSetting, body);
    clock.set(at, running);
  },
  "DELETE /clock": ({ clock }) => clock.followReal(),
  "POST /clock/advance": ({ clock }, body) => clock.advance(read(Advance, body).ms),

  "GET /faults": ({ faults }) => faults.list,
  "POST /faults": ({ faults, clock }, body) => faults.add(read(Fault, body), clock.now()),
  "DELETE /faults": ({ faults }, _body, parameters) =>
    faults.clear(parameters.get("endpoint") ?? undefined),

  "GET /truth": ({ truth }) => truth,
  "PUT /truth": (sim, body) => {
    sim.truth = read(Truth, body);
  },
  "POST /play": (sim, body) => {
    const { appId, mode = "online" } = read(Play, body);
    sim.play(appId, mode);
  },
  "POST /stop": (sim) => sim.stopPlaying(),
  "POST /reconnect": (sim) => sim.reconnect(),
  "PUT /own-key": (sim, body) => {
    sim.ownKey = read(OwnKey, body).ownKey;
  },

  "GET /settings": ({ settings }) => settings,
  "PUT /settings": (sim, body) => {
    sim.settings = { ...sim.settings, ...read(SettingsChange, body) };
  },

  "GET /catalogue": ({ catalogue }) => ({ appIds: catalogue.ids }),
  "PUT /catalogue": (sim, body) => {
    sim.catalogue = new Catalogue(read(Invention, body));
    sim.spyPages = null;
  },
  "PUT /catalogue/recordings": (sim, body) => sim.record(read(RecordingPaths, body)),
  "GET /catalogue/app": ({ catalogue }, _body, parameters) => ({
    app: catalogue.app(Number(parameters.get("appId"))),
  }),
  "POST /catalogue/change": ({ catalogue }, body) => {
    const { appIds, change } = read(AppsChange, body);
    catalogue.change(appIds, change);
  },
  "POST /catalogue/add": ({ catalogue, clock }, body) => ({
    appIds: catalogue.add(read(Addition, body).apps, clock.now()),
  }),
  "POST /catalogue/drift": ({ catalogue }, body) => ({
    appIds: catalogue.drift(read(Drift, body).share),
  }),

  "GET /requests": ({ log }, _body, parameters) => log.list(endpointsOf(parameters)),
  "GET /requests/count": ({ log }) => ({ requests: log.size }),
  "DELETE /requests": ({ log }) => log.clear(),
  "GET /requests/largest-window": ({ log }, _body, parameters) => {
    const windowMs = Number(parameters.get("windowMs"));
    const requests = log.list(endpointsOf(parameters));
    const instants = requests.map((request) => request.atMs);
    return { requests: largestWindow(instants, windowMs) };
  },
};

/** Answers one request to the control API: JSON in, JSON out; 400 names what is wrong with a body. */
export async function control(sim: Simulation, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const name = `${request.method} ${pathname.slice(CONTROL_PATH.length)}`;
  const action = ACTIONS[name];
  if (!action) return Response.json({ error: `no ${name}` }, { status: 404 });
  try {
    const text = await request.text();
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    return Response.json((await action(sim, body, searchParams)) ?? {});
  } catch (error) {
    const reason = messageOf(error);
    return Response.json({ error: reason }, { status: 400 });
  }
}

/** The methods that are asked about, with commas between them; null for all. */
function endpointsOf(parameters: URLSearchParams): readonly string[] | null {
  return parameters.get("endpoint")?.split(",") ?? null;
}

function read<S extends TSchema>(schema: S, body: unknown): Static<S> {
  if (Value.Check(schema, body)) return body;
  const error = Value.Errors(schema, body).First();
  throw new Error(`${error?.path || "body"}: ${error?.message}`);
}
