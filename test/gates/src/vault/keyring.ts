export const keyring = 1;
