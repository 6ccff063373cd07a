import { Type } from "@sinclair/typebox";
import { defineEndpoint } from "./endpoint.ts";
import { Uint32 } from "./field.ts";

export interface TagList {
  /** To be given back the next time: the list is left out while it is the same. */
  readonly versionHash: string;
  /** Null when it is still the list of the version hash that was given. */
  readonly tags: readonly { readonly tagId: number; readonly name: string }[] | null;
}

export const getTagList = defineEndpoint({
  name: "GetTagList",
  path: "/IStoreService/GetTagList/v1/",
  apis: ["steam-web-api"],
  answer: Type.Object({
    response: Type.Object({
      version_hash: Type.Optional(Type.String()),
      tags: Type.Optional(
        Type.Array(Type.Object({ tagid: Uint32, name: Type.String({ minLength: 1 }) })),
      ),
    }),
  }),
  absence: ({ response }) => (response.version_hash ? null : "empty"),
  data: ({ response: { version_hash = "", tags } }): TagList => ({
    versionHash: version_hash,
    tags: tags?.length ? tags.map(({ tagid, name }) => ({ tagId: tagid, name })) : null,
  }),
});
