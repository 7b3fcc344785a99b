const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The account of an access key id, or undefined when it is none of ours. */
export function accountOfAccessKey(accessKeyId: string): string | undefined {
  if (!/^(AKIA|ASIA)[A-Z2-7]{16}$/.test(accessKeyId)) return undefined;
  // 45 bits, of which the last four are chance already.
  let bits = 0;
  for (const character of accessKeyId.slice(4, 13)) bits = bits * 32 + base32.indexOf(character);
  const account = Math.floor(bits / 16) % 2 ** 40;
  return account < 1_000_000_000_000 ? String(account).padStart(12, '0') : undefined;
}
