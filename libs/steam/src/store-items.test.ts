import { expect, test } from "bun:test";
import { storeAssetUrl } from "./art.ts";
import { getItems } from "./store-items.ts";

const PREFIX = "https://shared.akamai.steamstatic.com/store_item_assets/";
const FORMAT = "steam/apps/10/${FILENAME}?t=1788251111";

test("art is at the hashed address that the store tells, with its time kept", () => {
  const assets = {
    asset_url_format: FORMAT,
    header: "0a4c23b7/header.jpg",
    library_capsule: "e92804cb/library_capsule.jpg",
  };

  const reading = getItems.read({
    response: { store_items: [{ id: 10, appid: 10, success: 1, assets }] },
  });

  expect(reading).toEqual({
    data: [
      {
        appId: 10,
        art: {
          headerUrl: `${PREFIX}steam/apps/10/0a4c23b7/header.jpg?t=1788251111`,
          capsuleUrl: `${PREFIX}steam/apps/10/e92804cb/library_capsule.jpg?t=1788251111`,
        },
      },
    ],
  });
});

// A hidden app comes with appid 0: by that, its row would belong to no game, or to a wrong one.
test("a row belongs to the app of its id, whatever the order, and one that is not shown has no art", () => {
  const reading = getItems.read({
    response: {
      store_items: [
        { id: 30, appid: 0, success: 15, visible: false, name: "" },
        { id: 20, appid: 20, success: 1 },
      ],
    },
  });

  expect(reading).toEqual({
    data: [
      { appId: 30, art: null },
      { appId: 20, art: { headerUrl: null, capsuleUrl: null } },
    ],
  });
});

test("no items at all is an answer about nothing", () => {
  expect(getItems.read({ response: {} })).toEqual({ failure: "empty" });
});

// An address that is known to be wrong is worse than none: the page would show a broken image.
test.each([
  [undefined, "header.jpg"],
  [FORMAT, undefined],
  [FORMAT, ""],
  ["steam/apps/10/header.jpg", "header.jpg"],
])("from the format %p and the file %p there is no address", (format, fileName) => {
  expect(storeAssetUrl(format, fileName)).toBeNull();
});

test("a file name is put in as it is", () => {
  expect(storeAssetUrl("a/${FILENAME}", "$&.jpg")).toBe(`${PREFIX}a/$&.jpg`);
});
