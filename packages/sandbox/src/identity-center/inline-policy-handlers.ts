import * as z from "zod";
import type { Operations } from "../aws-json/operation.ts";
import { findForChange, findPermissionSet, makeDefine } from "./define.ts";
import { quotaExceeded, validation } from "./errors.ts";
import { permissionSet, PermissionSetRequest } from "./inputs.ts";
import { QUOTAS } from "./quotas.ts";
import type { IdentityCenterState } from "./state.ts";

const PutInlinePolicy = z.strictObject({
  ...permissionSet,
  InlinePolicy: z
    .string()
    .min(1)
    .max(32_768)
    .regex(/^[\t\n\r\u0020-\u00FF]+$/),
});

/** The one inline policy of a permission set. */
export function makeInlinePolicyOperations(state: IdentityCenterState): Operations {
  const define = makeDefine(state);
  return {
    PutInlinePolicyToPermissionSet: define(PutInlinePolicy, (input, call) => {
      const set = findForChange(state, input.PermissionSetArn, call);
      checkPolicy(input.InlinePolicy);
      set.inlinePolicy = input.InlinePolicy;
      set.revision += 1;
    }),
    /** Without a policy AWS answers an empty text, not an error. */
    GetInlinePolicyForPermissionSet: define(PermissionSetRequest, (input) => ({
      InlinePolicy: findPermissionSet(state, input.PermissionSetArn).inlinePolicy ?? "",
    })),
    DeleteInlinePolicyFromPermissionSet: define(PermissionSetRequest, (input, call) => {
      const set = findForChange(state, input.PermissionSetArn, call);
      set.inlinePolicy = null;
      set.revision += 1;
    }),
  };
}

function checkPolicy(text: string): void {
  if (text.replaceAll(/\s/g, "").length > QUOTAS.inlinePolicyCharacters) {
    throw quotaExceeded(
      `The inline policy exceeds ${QUOTAS.inlinePolicyCharacters} characters without white space.`,
    );
  }
  if (!isPolicyDocument(text)) throw validation("InlinePolicy is not a valid policy document.");
}

function isPolicyDocument(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === "object" && document !== null && "Statement" in document;
  } catch {
    return false;
  }
}
