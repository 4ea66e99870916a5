import * as z from "zod";
import { CONCERNS, FIGURES, SEVERITIES } from "../model/concern.ts";
import { FINDINGS, type FindingCode } from "./findings.ts";

const CODES = Object.keys(FINDINGS) as [FindingCode, ...FindingCode[]];
const Level = z.enum(["notice", "warning", "critical"]);

const FindingInDocument = z.object({
  code: z.enum(CODES),
  severity: Level,
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
  subjects: z.array(z.object({ name: z.string(), reason: z.string() })).readonly(),
});

/** The state of one concern. */
export const ConcernReport = z.object({
  concern: z.enum(CONCERNS),
  checkedAt: z.iso.datetime(),
  /** `not-applicable`: there is nothing to check yet. `not-done`: the check could not run, and never counts as in order. */
  outcome: z.enum(["checked", "not-applicable", "not-done"]),
  /** In a few words, for people. */
  state: z.string(),
  /** ISO time at which something expires, the first of several; null if nothing does. */
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
  findings: z.array(FindingInDocument).readonly(),
  figures: z.partialRecord(z.enum(FIGURES), z.number()),
});
export type ConcernReport = z.infer<typeof ConcernReport>;

/** The watch's result: `health/latest.json`, and one in `health/history/` for each run. */
export const HealthDocument = z.object({
  /** Grows when a reader of the former form would misunderstand. */
  version: z.literal(1),
  checkedAt: z.iso.datetime(),
  worst: z.enum(SEVERITIES),
  connection: z.object({
    applicationName: z.string().nullable(),
    tenantId: z.string().nullable(),
    instanceArn: z.string().nullable(),
    portalUrl: z.string().nullable(),
    connectedAt: z.string().nullable(),
  }),
  /** One for each concern, in their order, each with the time of its last check. */
  concerns: z.array(ConcernReport),
});
export type HealthDocument = z.infer<typeof HealthDocument>;
