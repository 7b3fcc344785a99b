export const kms = 1;
