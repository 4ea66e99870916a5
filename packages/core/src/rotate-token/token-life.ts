/** A token of AWS lives one year (IAM Identity Center user guide, "Automatic provisioning"). */
export const TOKEN_LIFE_MILLISECONDS = 365 * 86_400_000;
