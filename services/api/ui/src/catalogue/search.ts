/** What the address of the page holds: its filters, so that a view can be kept and shared. */
export interface CatalogueSearch {
  readonly [name: string]: never;
}

/** Reads an address that anybody may have typed: what does not fit is left out. */
export function readCatalogueSearch(_given: Record<string, unknown>): CatalogueSearch {
  return {};
}
