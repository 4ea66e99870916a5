/** The page that documents what is imitated, from the root of the repository. */
export const COVERAGE_PAGE = "packages/local/coverage.md";
