import type { SimApp } from "./catalogue-app.ts";
import { json, type Reply } from "./reply.ts";
import type { World } from "./world.ts";

/** More than one app: 400 with a body that is JSON. */
const TOO_MANY_APPS: Reply = { ...json(null, "too_many_apps"), status: 400 };

export function storeAppDetails(world: World, parameters: URLSearchParams): Reply {
  const appIds = (parameters.get("appids") ?? "").split(",").filter((id) => id !== "");
  const [appId] = appIds;
  if (appId === undefined || appIds.length > 1) return TOO_MANY_APPS;
  const app = world.catalogue.app(Number(appId));
  if (!app?.isShown || world.trouble === "not_shown")
    return json({ [appId]: { success: false } }, "not_shown");
  return json({ [appId]: { success: true, data: detailsOf(app) } }, "ok");
}

function detailsOf(app: SimApp) {
  const price_overview = priceOverview(app);
  return {
    type: app.kind,
    name: app.name,
    steam_appid: app.appId,
    required_age: app.appId % 20 === 0 ? "17" : 0,
    is_free: app.isFree,
    supported_languages: app.languages?.join(", ") ?? "",
    pc_requirements: app.appId % 30 === 0 ? [] : { minimum: "A computer" },
    ...(app.developer !== "" && { developers: [app.developer] }),
    ...(app.publisher !== "" && { publishers: [app.publisher] }),
    ...(price_overview !== null && { price_overview }),
    genres: app.genres.map((description, index) => ({ id: String(index + 1), description })),
    categories: [{ id: 2, description: "Single-player" }],
    release_date: {
      coming_soon: app.releasedAt === null,
      date: app.releasedAt === null ? "To be announced" : dateText(app.releasedAt),
    },
  };
}

function priceOverview({ isFree, cents, initialCents, discount }: SimApp) {
  if (isFree || cents === null || initialCents === null) return null;
  const [final_formatted, initial_formatted] = [cents, initialCents].map(
    (amount) => `$${(amount / 100).toFixed(2)}`,
  );
  return {
    currency: "USD",
    initial: initialCents,
    final: cents,
    discount_percent: discount,
    initial_formatted: discount > 0 ? initial_formatted : "",
    final_formatted,
  };
}

function dateText(at: number): string {
  return new Date(at).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
}
