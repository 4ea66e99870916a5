/** Functions of JSONata 2 and those that Step Functions adds; `eval` is not offered there. */
export const JSONATA_FUNCTIONS: readonly string[] = `
  abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl decodeUrlComponent
  distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber fromMillis
  join keys length lookup lowercase map match max merge millis min not now number pad parseInteger power random reduce
  replace reverse round shuffle sift single sort split spread sqrt string substring substringAfter substringBefore sum
  toMillis trim type uppercase zip`
  .trim()
  .split(/\s+/);

export const STEP_FUNCTIONS_FUNCTIONS: readonly string[] = [
  "hash",
  "parse",
  "partition",
  "random",
  "range",
  "uuid",
];
