import { ServiceError } from "./service-error.ts";

type Kind = "stateMachine" | "execution";

const ARN = /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:(stateMachine|execution):[^\s]+$/;

/** @throws {ServiceError} InvalidArn when it names no state machine or, as asked, no execution */
export function checkArn(arn: string, kind: Kind): void {
  if (arn.length <= 256 && ARN.exec(arn)?.[1] === kind) return;
  throw new ServiceError("InvalidArn", `Invalid Arn: '${arn}' is not the ARN of a ${NOUNS[kind]}.`);
}

const NOUNS: Record<Kind, string> = { stateMachine: "state machine", execution: "execution" };
