import type { AppSummary } from "@tracker/contracts";
import { count, dayName, percent } from "./format.ts";

/** Money as the currency writes it; `minor` is in its hundredth parts, which is how Steam counts every currency. */
export function money(minor: number, currency: string): string {
  return new Intl.NumberFormat(navigator.language, { style: "currency", currency }).format(
    minor / 100,
  );
}

export function priceOf({ price, is_free: free }: Pick<AppSummary, "price" | "is_free">): string {
  if (price === null) return free === true ? "Free" : "–";
  return money(price.final, price.currency);
}

export function ownersOf({ owners }: Pick<AppSummary, "owners">): string {
  const compact = new Intl.NumberFormat(navigator.language, { notation: "compact" });
  return owners === null ? "–" : `${compact.format(owners.low)} – ${compact.format(owners.high)}`;
}

export function reviewsOf({ reviews }: Pick<AppSummary, "reviews">): string {
  if (reviews === null || reviews.percent_positive === null) return "–";
  return `${percent(reviews.percent_positive / 100)} of ${count(reviews.positive + reviews.negative)}`;
}

/** What the catalogue knows of an app, in short. */
export function FactList({ app }: { readonly app: AppSummary }) {
  const rows = [
    ["Type", app.type ?? "–"],
    [
      "Released",
      app.release_date === null
        ? app.coming_soon === true
          ? "coming soon"
          : "–"
        : dayName(app.release_date, "medium"),
    ],
    ["Price", priceOf(app)],
    ["Owners", ownersOf(app)],
    ["Positive reviews", reviewsOf(app)],
    ["Players at the peak", app.ccu === null ? "–" : count(app.ccu)],
  ] as const;
  return (
    <dl className="figures grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
