/** Builds the web UI ahead of time, for an image whose files cannot be written when it runs. */
import { webAssets } from "./web-assets.ts";

await webAssets();
