import * as z from "zod";
import { patternProblem } from "./convention-names.ts";

const permissionSet = z.string().min(1).describe("Name of a permission set of this file.");

/** A naming convention as the access policy writes it. */
export const ConventionInput = z
  .strictObject({
    pattern: z
      .string()
      .superRefine((pattern, context) => {
        const message = patternProblem(pattern);
        if (message) context.addIssue({ code: "custom", message });
      })
      .describe(
        "Name of a group that is granted a permission set in an account: AWS-{account}-{permissionSet}. {account} is an account's name or id. Case and spaces matter.",
      ),
    permissionSets: z.array(permissionSet).default([]).describe("What a name may grant."),
    privileged: z
      .array(permissionSet)
      .default([])
      .describe("Privileged permission sets that a name may grant nevertheless."),
  })
  .refine(({ permissionSets, privileged }) => permissionSets.length + privileged.length > 0, {
    error: "expected at least one permission set that a name may grant",
  })
  .describe(
    "Lets the name of a group grant access. Everybody who may name groups can then grant what is listed here.",
  );
