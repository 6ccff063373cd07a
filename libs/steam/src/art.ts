const STORE_ASSETS_URL = "https://shared.akamai.steamstatic.com/store_item_assets/";

/**
 * The header image at its old address. About one game in twenty answers 404: art uploaded since late 2024 lives at an
 * address that only IStoreBrowseService/GetItems tells.
 */
export function coverUrl(appId: number): string {
  return `${STORE_ASSETS_URL}steam/apps/${appId}/header.jpg`;
}

/** The place of the file's name in GetItems' `asset_url_format`. */
const FILE_NAME = "${FILENAME}";

/** The address of a file from `asset_url_format`, its `?t=` kept: a new upload under an old name is a new address. Null when either is missing. */
export function storeAssetUrl(format = "", fileName = ""): string | null {
  if (fileName === "" || !format.includes(FILE_NAME)) return null;
  return STORE_ASSETS_URL + format.replace(FILE_NAME, () => fileName);
}
