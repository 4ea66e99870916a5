/**
 * Why somebody asks for a rotation: others may know the token (`leak`), AWS Health announces that it expires (`notice`), or
 * it is unknown who has seen it (`precaution`).
 */
export const ROTATION_REASONS = ["leak", "notice", "precaution"] as const;
export type RotationReason = (typeof ROTATION_REASONS)[number];

/** Why a rotation runs, for the person who has to act. */
export interface RotationCause {
  readonly why: "forced" | "refused" | "unfinished" | "due";
  /** Null if nobody gave one. */
  readonly reason: RotationReason | null;
  readonly requestedBy: string | null;
}
