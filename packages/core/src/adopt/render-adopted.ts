import { Document, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { AdoptedAccess, AdoptedRule } from "./adopt-access.ts";
import type { AccountTags } from "./find-tag-target.ts";
import type { Name } from "./names.ts";

/** `access.yaml` as text: the same for the same access. `source`: one line on where it comes from. */
export function renderAdopted({ permissionSets, rules, notes }: AdoptedAccess, source: string): string {
  // YAML 1.1 readers interpret a bare 2012-10-17 as a date: its schema puts such texts in quotes.
  const document = new Document(
    { version: 1, permissionSets: Object.fromEntries(permissionSets) },
    { schema: "yaml-1.1", aliasDuplicateObjects: false },
  );
  const sequence = new YAMLSeq();
  for (const [index, rule] of rules.entries()) {
    const node = ruleNode(rule);
    node.spaceBefore = index > 0;
    sequence.add(node);
  }
  sequence.flow = rules.length === 0;
  document.set("rules", sequence);
  document.commentBefore = comment(headerOf({ permissionSets, rules, notes }, source));
  return document.toString({
    lineWidth: 110,
    flowCollectionPadding: false,
    // A name stays on its line.
    doubleQuotedMinMultiLineLength: 1000,
  });
}

function headerOf({ permissionSets, rules, notes }: AdoptedAccess, source: string): string[] {
  const counts = `${count(rules.length, "rule")} for ${count(sumOf(rules), "assignment")}`;
  const lines = [
    "Who may do what: permission sets and assignments.",
    source,
    `${count(permissionSets.size, "permission set")}, ${counts}. A first plan with this file is empty.`,
  ];
  if (notes.length === 0) return lines;
  return [
    ...lines,
    "",
    "Not covered by this policy, and left unchanged:",
    ...notes.map((note) => `- ${note}`),
  ];
}

function ruleNode(rule: AdoptedRule): YAMLMap {
  const { groups, users, permissionSets, units, accounts, exceptUnits, exceptAccounts } = rule;
  const { accountTags } = rule;
  const node = new YAMLMap();
  node.set("name", rule.name);
  setNames(node, "groups", groups);
  setNames(node, "users", users);
  node.set("permissionSets", list(permissionSets.map((name) => new Scalar(name))));
  const targets = new YAMLMap();
  if (rule.root) targets.set("root", true);
  setNames(targets, "ou", units);
  setTags(targets, accountTags);
  setNames(targets, "accounts", accounts);
  node.set("targets", targets);
  const except = new YAMLMap();
  setNames(except, "ou", exceptUnits);
  setNames(except, "accounts", exceptAccounts);
  if (except.items.length > 0) node.set("except", except);
  node.commentBefore = comment([sizeOf(rule)]);
  return node;
}

function setNames(node: YAMLMap, key: string, names: readonly Name[]): void {
  if (names.length === 0) return;
  const entries = names.map(({ text, comment }) => {
    const entry = new Scalar(text);
    // The comment that explains an id; it ends with its line.
    if (comment !== null) entry.comment = ` ${oneLine(comment)}`;
    return entry;
  });
  node.set(key, list(entries));
}

function setTags(targets: YAMLMap, tags: AccountTags): void {
  if (Object.keys(tags).length === 0) return;
  const node = new YAMLMap();
  for (const [key, values] of Object.entries(tags))
    node.set(new Scalar(key), list(values.map((value) => new Scalar(value))));
  targets.set("accountTags", node);
}

/** On one line where no entry has a comment. */
function list(entries: readonly Scalar[]): YAMLSeq {
  const sequence = new YAMLSeq();
  for (const entry of entries) sequence.add(entry);
  sequence.flow = entries.every(({ comment }) => typeof comment !== "string");
  return sequence;
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => (line === "" ? "" : ` ${oneLine(line)}`)).join("\n");
}

/** Names of the instance may hold anything, line breaks too, which would end a comment and begin a rule. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
}

/** `2 groups, 1 user in 12 accounts: 36 assignments` */
function sizeOf({ groups, users, permissionSets, accountCount }: AdoptedRule): string {
  const who = [
    ...(groups.length > 0 ? [count(groups.length, "group")] : []),
    ...(users.length > 0 ? [count(users.length, "user")] : []),
  ].join(" and ");
  const assignments = (groups.length + users.length) * permissionSets.length * accountCount;
  return `${who}, ${count(permissionSets.length, "permission set")}, ${count(accountCount, "account")}: ${count(assignments, "assignment")}`;
}

function sumOf(rules: readonly AdoptedRule[]): number {
  return rules.reduce(
    (sum, { groups, users, permissionSets, accountCount }) =>
      sum + (groups.length + users.length) * permissionSets.length * accountCount,
    0,
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
