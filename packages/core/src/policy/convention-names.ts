import type { NamingConvention } from "./policy.ts";

const ACCOUNT = "{account}";
const PERMISSION_SET = "{permissionSet}";
/** Only groups with this prefix are listed: a short prefix would list half the tenant. */
const MIN_BEGINNING = 3;

/** What is wrong with a pattern, or null. */
export function patternProblem(pattern: string): string | null {
  const rest = pattern.replace(ACCOUNT, "").replace(PERMISSION_SET, "");
  if (rest.length !== pattern.length - ACCOUNT.length - PERMISSION_SET.length || /[{}]/.test(rest))
    return `expected ${ACCOUNT} and ${PERMISSION_SET} once each, as in AWS-{account}-{permissionSet}`;
  if (pattern !== pattern.trim()) return "expected no spaces around the pattern";
  if (beginningOf(pattern).length >= MIN_BEGINNING) return null;
  return `expected at least ${MIN_BEGINNING} characters before the first placeholder`;
}

/** The text before the first placeholder. */
export function beginningOf(pattern: string): string {
  return pattern.slice(0, pattern.indexOf("{"));
}

export function conventionalName(pattern: string, account: string, permissionSet: string): string {
  // A function, since `$&` in a name has a meaning for replace().
  return pattern.replace(ACCOUNT, () => account).replace(PERMISSION_SET, () => permissionSet);
}

export function grantableSets({ permissionSets, privileged }: NamingConvention): string[] {
  return [...new Set([...permissionSets, ...privileged])];
}

/** Tells whether a group's name may match any account, or look like a name that does. */
export function conventionalNames(convention: NamingConvention): (displayName: string) => boolean {
  const ends = grantableSets(convention).map((set) => {
    const [before = "", after = ""] = conventionalName(convention.pattern, "\0", set).split("\0");
    return { before: skeleton(before), after: skeleton(after) };
  });
  return (displayName) => {
    const name = skeleton(displayName);
    return ends.some(
      ({ before, after }) =>
        name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after),
    );
  };
}

/** Letters of other scripts that look like Latin ones; Unicode has many more (UTS 39). */
const LOOK_ALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "aаα",
    "bь",
    "cсϲ",
    "eе",
    "hһ",
    "iіιı1l",
    "jј",
    "kκк",
    "mм",
    "oоο0",
    "pрρ",
    "sѕ",
    "tтτ",
    "uυ",
    "vν",
    "xхχ",
    "yуγ",
    "-‐‑‒–—−",
  ]
    .map((row) => Array.from(row))
    .flatMap(([letter = "", ...others]) => others.map((other) => [other, letter])),
);

/** Equal for names that a reader could confuse. Only for warnings: access needs exact names. */
export function skeleton(name: string): string {
  const folded = name
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Cf}\s]/gu, "")
    .toLowerCase();
  return Array.from(folded, (letter) => LOOK_ALIKES[letter] ?? letter).join("");
}
