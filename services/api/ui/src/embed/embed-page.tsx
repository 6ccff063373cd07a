import { useState } from "react";
import { Failure } from "../kit/answer.tsx";
import { classes } from "../kit/classes.ts";
import { SelectField } from "../kit/field.tsx";
import { Page, Panel } from "../kit/panel.tsx";
import { Code } from "./code.tsx";
import { Feeds } from "./feeds.tsx";
import {
  fetchExample,
  type Picture,
  PICTURE_THEMES,
  pictureHtml,
  pictureMarkdown,
  PICTURES,
  type PictureTheme,
  pictureUrl,
  streamExample,
} from "./snippet.ts";

const THEME_NAMES: Readonly<Record<PictureTheme, string>> = {
  auto: "as the reader has it",
  light: "light",
  dark: "dark",
};

/** What a portfolio page or a readme takes over: each picture as it looks, and the code for it. */
export function EmbedPage() {
  const [theme, setTheme] = useState<PictureTheme>("auto");
  const { origin } = window.location;
  return (
    <Page
      title="Embed"
      hint="What you play, on a page of your own. It shows only what each game’s visibility allows."
      actions={
        <SelectField
          label="Colours"
          value={theme}
          onChange={({ target }) =>
            setTheme(PICTURE_THEMES.find((each) => each === target.value) ?? "auto")
          }
        >
          {PICTURE_THEMES.map((each) => (
            <option key={each} value={each}>
              {THEME_NAMES[each]}
            </option>
          ))}
        </SelectField>
      }
    >
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {PICTURES.map((picture) => (
          <PicturePanel key={picture.file} picture={picture} origin={origin} theme={theme} />
        ))}
        <Panel title="A design of your own" hint="The same as JSON, which any page may ask for">
          <div className="grid grid-cols-1 gap-3">
            <Code language="JavaScript" name="asking once" text={fetchExample(origin)} />
            <Code language="JavaScript" name="following along" text={streamExample(origin)} />
          </div>
        </Panel>
        <Feeds origin={origin} />
      </div>
    </Page>
  );
}

interface PicturePanelProps {
  readonly picture: Picture;
  readonly origin: string;
  readonly theme: PictureTheme;
}

function PicturePanel({ picture, origin, theme }: PicturePanelProps) {
  const { name, hint } = picture;
  return (
    <Panel title={name} hint={hint}>
      <div className="grid grid-cols-1 gap-3">
        <Preview picture={picture} theme="light" />
        <Preview picture={picture} theme="dark" />
        <Code language="HTML" name={name} text={pictureHtml(picture, origin, theme)} />
        <Code language="Markdown" name={name} text={pictureMarkdown(picture, origin, theme)} />
      </div>
    </Panel>
  );
}

/** As on a white and on a black page. */
function Preview({
  picture,
  theme,
}: {
  readonly picture: Picture;
  readonly theme: "light" | "dark";
}) {
  const { name, width, height } = picture;
  const [failed, setFailed] = useState(false);
  if (failed) {
    const error = new Error(`The picture in ${theme} colours did not come.`);
    return <Failure error={error} retry={() => setFailed(false)} />;
  }
  return (
    <div
      className={classes(
        "flex justify-center rounded-md border border-line p-3",
        theme === "light" ? "bg-white" : "bg-black",
      )}
    >
      <img
        src={pictureUrl(picture, "", theme)}
        alt={`${name} in ${theme} colours`}
        width={width}
        height={height}
        onError={() => setFailed(true)}
        className="h-auto max-w-full"
      />
    </div>
  );
}
