import { Glob } from "bun";
import { join } from "node:path";
import type { SimAppKind } from "./catalogue-app.ts";

/** A row of a recorded app list. */
export interface RecordedApp {
  readonly appId: number;
  readonly name: string;
  readonly kind: SimAppKind;
  /** Epoch milliseconds; null in the old shape, which does not tell it. */
  readonly modifiedAt: number | null;
  readonly priceChangeNumber: number | null;
  readonly isListed: boolean;
}

interface Row {
  readonly appid: number;
  readonly name?: string;
  readonly last_modified?: number;
  readonly price_change_number?: number;
}

type ListFile =
  | readonly Row[]
  | { readonly applist: { readonly apps: readonly Row[] } }
  | { readonly response: { readonly apps?: readonly Row[] } };

/** Reads an app list in any of the recorded shapes: Steam's own of then and now, and a bare list. */
export async function readAppList(path: string, kind: SimAppKind): Promise<readonly RecordedApp[]> {
  const file = (await Bun.file(path).json()) as ListFile;
  return rowsOf(file).map((row) => ({
    appId: row.appid,
    name: row.name ?? "",
    kind,
    modifiedAt: row.last_modified === undefined ? null : row.last_modified * 1_000,
    priceChangeNumber: row.price_change_number ?? null,
    isListed: true,
  }));
}

function rowsOf(file: ListFile): readonly Row[] {
  if ("applist" in file) return file.applist.apps;
  if ("response" in file) return file.response.apps ?? [];
  return file;
}

/** The bodies of recorded pages, by their number: `all-page-<number>.json`. */
export async function readSteamSpyPages(folder: string): Promise<ReadonlyMap<number, string>> {
  const pages = new Map<number, string>();
  for await (const name of new Glob("all-page-*.json").scan(folder)) {
    const page = Number(/(\d+)\.json$/.exec(name)?.[1]);
    pages.set(page, await Bun.file(join(folder, name)).text());
  }
  if (pages.size === 0) throw new Error(`expected recorded pages of SteamSpy's in ${folder}`);
  return pages;
}
