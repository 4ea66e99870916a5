import type { RecordKind } from "../src/ports/record-store.ts";

const ARN = "arn:aws:states:eu-central-1:214037210457:execution:connect:a08ff49b-6f77-4263-a271-6c43069c43a8";
const SYNC =
  "arn:aws:states:eu-central-1:214037210457:execution:sync-access:2f9c2b5e-0d0e-4c0f-9b0a-6a3c7f6d1e11";
const PLAN = "sync-access/plan/2dc4ddcbfcabe175b9e3c750b5d77ed5250c98cee8afd60ecd3e04a7650061e4.json";
const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const AT = "2026-01-01T00:00:54.277Z";
const DEADLINE = "2026-01-15T00:00:54.277Z";
const TOKEN = {
  secret: { name: "landbridge/scim-token", versionId: "2057cf57-f82e-42a2-800a-c76e28dad9c5" },
  expiresAt: "2027-01-01T00:00:10.000Z",
};
const ENDPOINT = "https://scim.eu-central-1.amazonaws.com/94456bb3901-f827-45e0-a9b4-8b726ad589da/scim/v2";
const TASK = {
  id: "1b0d41bc-fea0-410d-acf8-5d533d4ac15f",
  title: "A task",
  executionArn: ARN,
  openedAt: AT,
  deadline: DEADLINE,
  status: "open",
  reminders: 0,
  sealedToken: "v1:sealed",
};

/**
 * Records as version 0.1.0 wrote them, before records had versions. Never change one: what is stored does not change either.
 * Add to them when a kind gets a version: then these are what its upgrades start from.
 */
export const YESTERDAY: Readonly<Record<RecordKind, readonly object[]>> = {
  connection: [
    {},
    { identityStoreId: "d-4aa1883c4f", applicationRequestedAt: AT },
    {
      serviceProvider: {
        entityId: "https://eu-central-1.signin.aws.amazon.com/platform/saml/d-4aa1883c4f",
        replyUrls: [
          "https://eu-central-1.sso.signin.aws/platform/saml/acs/2684e4ed-aa36-4434-aef2-510c632d4e86",
        ],
      },
      identityStoreId: "d-4aa1883c4f",
      applicationRequestedAt: null,
      application: {
        applicationObjectId: "1de7e05f-d3c7-491a-a484-38132d2cc23e",
        appId: "ddbd4dd9-10d9-4db7-a9e5-72688367e59a",
        servicePrincipalId: "b5c49658-8723-4d9f-ad5a-2e010c6f953a",
        displayName: "AWS IAM Identity Center",
        templateId: "21ed01d2-ec13-4e9e-86c1-cd546719ebc4",
      },
      identitySourceThumbprint: "7EECFEC0105B3E723E4DEE7AE8A947A224F18CB7",
      scim: { ...TOKEN, endpoint: ENDPOINT },
      nextScim: null,
      formerScim: { ...TOKEN, endpoint: ENDPOINT },
      certificateRotation: { from: null, to: "8E", stage: "created" },
      jobId: "awsidentitycenter.a870638085834244a4a9162c8370259f.1b0a8493-ba1b-4401-a100-bf93a0b2fd97",
      instanceArn: "arn:aws:sso:::instance/ssoins-fd020f5bd14dcc31",
      tenantId: "a8706380-8583-4244-a4a9-162c8370259f",
      certificateExpiresAt: "2028-12-31T00:00:10Z",
      portalUrl: "https://d-4aa1883c4f.awsapps.com/start",
      connectedAt: AT,
    },
  ],
  task: [
    {
      ...TASK,
      subject: { kind: "service-provider-metadata", region: "eu-central-1", identityStoreId: "d-4aa1883c4f" },
      status: "answered",
      answeredBy: "operator of the sandbox",
      answeredAt: AT,
    },
    {
      ...TASK,
      subject: {
        kind: "identity-source-change",
        identityStoreId: "d-4aa1883c4f",
        metadataKey: "connect/federation-metadata-ddbd4dd9-10d9-4db7-a9e5-72688367e59a.xml",
        thumbprint: "7EECFEC0105B3E723E4DEE7AE8A947A224F18CB7",
        usersLosingSignIn: 0,
      },
      status: "declined",
      answeredBy: "ada@example.com",
      answeredAt: AT,
      reason: "not today",
    },
    {
      ...TASK,
      subject: {
        kind: "scim-credentials",
        region: "eu-central-1",
        identityStoreId: "d-4aa1883c4f",
        secretName: "landbridge/scim-token",
      },
      decision: { status: "answered", answeredBy: "ada@example.com", answeredAt: AT },
      claimedUntil: 1_767_225_654_277,
    },
    {
      ...TASK,
      subject: {
        kind: "test-sign-in",
        portalUrl: "https://d-4aa1883c4f.awsapps.com/start",
        examples: ["bo@small.example"],
      },
    },
    {
      ...TASK,
      subject: {
        kind: "new-scim-token",
        region: "eu-central-1",
        identityStoreId: "d-4aa1883c4f",
        endpoint: ENDPOINT,
        inUse: TOKEN,
        formerExpiresAt: null,
        why: "forced",
        reason: "leak",
        requestedBy: "ada@example.com",
      },
    },
    {
      ...TASK,
      subject: {
        kind: "old-token-deletion",
        region: "eu-central-1",
        identityStoreId: "d-4aa1883c4f",
        endpoint: ENDPOINT,
        inUse: TOKEN,
        old: TOKEN,
        leaked: false,
      },
    },
    {
      ...TASK,
      subject: {
        kind: "certificate-upload",
        identityStoreId: "d-4aa1883c4f",
        certificateKey: "rotate-certificate/8E.pem",
        from: null,
        to: "8E",
      },
    },
    {
      ...TASK,
      subject: { kind: "old-certificate-removal", identityStoreId: "d-4aa1883c4f", from: "7E", to: "8E" },
      status: "withdrawn",
    },
    {
      ...TASK,
      subject: {
        kind: "plan-approval",
        planKey: PLAN,
        planHash: HASH,
        reasons: ["The plan deletes 12 assignments; the limit is 10"],
        policy: { versionId: "v1", hash: HASH, isProposal: false },
        origin: { executionArn: SYNC, claim: null, waitingFlow: "drain-changes" },
        provenance: { starter: { is: "machine" }, writers: null, excluded: [] },
        approvers: ["bo@example.com"],
      },
    },
    {
      ...TASK,
      subject: {
        kind: "plan-approval",
        planKey: PLAN,
        planHash: HASH,
        reasons: [],
        policy: { versionId: "v1", hash: HASH, isProposal: true },
        origin: { executionArn: SYNC, claim: "ada@example.com", waitingFlow: null },
        provenance: {
          starter: { is: "known", identities: ["ada@example.com"] },
          writers: ["eve@example.com"],
          excluded: ["ada@example.com", "eve@example.com"],
        },
        approvers: [],
      },
      status: "superseded",
    },
  ],
  ledger: [
    ...["claimed", "present", "uncertain", "gone"].map((state) => ({
      state,
      since: AT,
      claimedAt: AT,
      directoryId: "e6f8a61c-ac10-4cc3-a5b0-304e56a2aca7",
      accountName: "Playground",
      permissionSet: "Builder",
      principalName: "Interns",
      planId: PLAN,
    })),
    {
      accountId: "213821653110",
      permissionSet: "Builder",
      principal: { type: "GROUP", directoryId: null, principalId: "4aa1883c4f-3affe5a8", name: "Interns" },
      planId: "p",
      claimedAt: AT,
    },
  ],
  apply: [
    { letters: "", failures: {}, isClosed: false },
    { letters: ".cdsff", failures: { "AWS refused": [4, 5] }, isClosed: true },
  ],
  lease: [
    { fence: 1, run: { executionArn: SYNC, redrives: 0 }, isReleased: false, slice: null },
    { fence: 7, run: { executionArn: SYNC, redrives: 1 }, isReleased: true, slice: "a-slice" },
  ],
  "drain-turn": [{ holder: ARN }],
  "rotation-lease": [{ holder: ARN, since: AT }],
  pause: [{ reason: "audit", by: "arn:aws:iam::111122223333:user/ada", at: AT }],
  deletions: [
    { reserved: {}, done: {} },
    {
      reserved: { [SYNC]: { at: 1_767_225_654_277, planKey: PLAN, count: 3 } },
      done: { [PLAN]: { at: 1_767_225_654_277, count: 12 } },
    },
  ],
  "permission-set": [{ name: "Builder", createdAt: AT }],
  proposal: [
    { hash: HASH, proposedBy: ["ada@example.com"], basedOn: null, at: AT },
    { hash: HASH, proposedBy: ["ada@example.com", "bo@example.com"], basedOn: "v1", at: AT },
  ],
  "policy-version": [
    { versionId: "v1", hash: HASH, writers: [], executionArn: null, at: AT },
    { versionId: "v2", hash: HASH, writers: ["ada@example.com"], executionArn: SYNC, at: AT },
  ],
  "run-start": [
    { people: ["ada@example.com"], machines: [] },
    { people: [], machines: ["schedule"] },
  ],
  hold: [
    { planHash: HASH, executionArn: SYNC, taskId: null, since: AT, additionsTriedFor: null },
    { planHash: HASH, executionArn: SYNC, taskId: TASK.id, since: AT, additionsTriedFor: HASH },
  ],
  decision: [
    {
      planHash: HASH,
      policyVersion: "v1",
      policyHash: HASH,
      proposal: null,
      decision: "declined",
      decidedBy: "bo@example.com",
      at: AT,
      reason: "too much",
      taskId: TASK.id,
      executionArn: SYNC,
    },
  ],
  report: [{ at: AT, reportKey: "sync-access/reports/760b0bcc-b64d-4fb3-a300-f55342d4cf6c.json", failed: 0 }],
  dirty: [{ mark: "4e86a538-cc03-4aa0-a56d-a5590e89a11d", at: 1_767_225_654_277 }],
  subscription: [
    {},
    { deltaLink: "https://graph.microsoft.com/v1.0/groups/delta?$deltatoken=x" },
    {
      subscriptionId: "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
      clientStateHash: HASH,
      renewedAt: AT,
      expiresAt: "2026-01-29T22:00:00.0000000Z",
      deltaLink: "https://graph.microsoft.com/v1.0/groups/delta?$deltatoken=x",
    },
  ],
};
