import { planTextKey } from "../sync-access/plan-changes.ts";
import type { TaskSubject } from "./operator-task.ts";

/** What the operator reads. */
export interface TaskGuide {
  readonly title: string;
  readonly why: string;
  /** One click or action each, for today's AWS console. */
  readonly steps: readonly string[];
  /** What an answer is: fields by name. */
  readonly answer: Readonly<Record<string, string>>;
  readonly next: string;
}

const SETTINGS = "In the AWS console open IAM Identity Center, Settings";

export function taskGuide(subject: TaskSubject): TaskGuide {
  switch (subject.kind) {
    case "service-provider-metadata":
      return {
        title: "Download AWS's SAML metadata",
        why: "Entra has to know where AWS receives sign-ins. AWS gives this file out in its console only.",
        steps: [
          `${SETTINGS}, in the region ${subject.region}.`,
          "Actions, Change identity source, External identity provider, Next.",
          "Under Service provider metadata choose Download metadata file. Leave the page open: the change itself comes later.",
        ],
        answer: { metadata: "the text of the downloaded XML file, unchanged" },
        next: "Landbridge creates the enterprise application in Entra and sets up SAML.",
      };
    case "identity-source-change":
      return {
        title: "Change the identity source to Entra",
        why: "From then on people sign in to AWS with Entra. AWS has no API for this change.",
        steps: [
          `Impact: ${impactOf(subject.usersLosingSignIn)} The root user stays active. Assignments stay when user names match.`,
          `On the page Change identity source upload Entra's federation metadata (object ${subject.metadataKey}) as IdP SAML metadata.`,
          "Next, type ACCEPT, Change identity source.",
        ],
        answer: { confirmation: "the word ACCEPT, once the change is made" },
        next: "Landbridge asks for the SCIM endpoint and token.",
      };
    case "scim-credentials":
      return {
        title: "Enable automatic provisioning",
        why: "Entra pushes users and groups with this token. AWS makes tokens in its console only; each lives one year.",
        steps: [
          `${SETTINGS}, Automatic provisioning, Enable.`,
          "Copy the SCIM endpoint and, with Show token, the access token. AWS shows the token only this once.",
        ],
        answer: {
          endpoint: "the SCIM endpoint",
          token: "the access token",
          expiresAt: "optional: the day the token expires (ISO date), when it is not one year from now",
        },
        next: "Landbridge tests the token, hands it to Entra and starts provisioning.",
      };
    case "test-sign-in":
      return {
        title: "Test the sign-in",
        why: "Only a person with a browser can prove that single sign-on works end to end.",
        steps: [
          `Open ${subject.portalUrl} in a private window.`,
          `Sign in as a user who has access${subject.examples.length > 0 ? `, for example ${subject.examples.join(" or ")}` : ""}.`,
          "You should come through Entra's sign-in page to a list of AWS accounts.",
        ],
        answer: { confirmation: "the word WORKS, once you have seen the list of accounts" },
        next: "Landbridge records the connection. Set-up is done.",
      };
    case "plan-approval":
      return {
        title: "Approve a plan that exceeds the guardrails",
        why: subject.reasons.join(" "),
        steps: [
          `Read the plan (object ${planTextKey(subject.planKey)}).`,
          "Approve it only if every deletion in it is meant.",
        ],
        answer: { confirmation: "the word APPROVE" },
        next: "Landbridge plans again and applies exactly this plan, or asks anew if the world has changed.",
      };
  }
}

function impactOf(usersLosingSignIn: number): string {
  if (usersLosingSignIn === 0) return "nobody loses sign-in.";
  return `${usersLosingSignIn} users made in Identity Center itself lose sign-in until Entra provisions users of the same name.`;
}
