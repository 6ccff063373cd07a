import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { BodyOf, Client } from "../../../src/client.ts";
import { answerOf, api } from "./client.ts";
import { KEYS } from "./key.ts";

/** Has Steam asked about the account and, where Steam accepts it, keeps it. */
export function useSetUpAccount() {
  const client = useQueryClient();
  return useMutation({
    meta: { tellsItself: true },
    mutationFn: (account: BodyOf<Client["api"]["setup"]["post"]>) =>
      answerOf(api.setup.post(account)),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEYS.status] }),
  });
}

/** Stops following the account and deletes its key. */
export function useForgetAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.setup.delete()),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEYS.status] }),
  });
}
