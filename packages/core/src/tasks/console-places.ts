/** Where most steps in AWS's console begin. */
export const SETTINGS = "In the AWS console open IAM Identity Center, Settings";
