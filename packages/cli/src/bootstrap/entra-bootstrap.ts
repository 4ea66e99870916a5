import * as z from "zod";
import { UsageError } from "../exit.ts";

const Options = z
  .object({
    tenant: z.guid("--tenant: expected the directory (tenant) id, a GUID"),
    name: z.string().trim().min(1).max(120),
    issuer: z.url({ protocol: /^https$/, error: "--issuer: expected an https address" }).optional(),
    subject: z
      .string()
      .regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, "--subject: expected the ARN of a role of IAM")
      .optional(),
  })
  .refine(({ issuer, subject }) => (issuer === undefined) === (subject === undefined), {
    error: "--issuer and --subject must be given together",
  });

export interface EntraBootstrap {
  readonly tenantId: string;
  readonly displayName: string;
  readonly federation: { readonly issuer: string; readonly subject: string } | null;
}

/** @throws {UsageError} naming the options that are wrong */
export function readEntraBootstrap(options: unknown): EntraBootstrap {
  const result = Options.safeParse(options);
  if (!result.success) throw new UsageError(result.error.issues.map(({ message }) => message).join("\n"));
  const { tenant, name, issuer, subject } = result.data;
  const federation = issuer !== undefined && subject !== undefined ? { issuer, subject } : null;
  return { tenantId: tenant, displayName: name, federation };
}
