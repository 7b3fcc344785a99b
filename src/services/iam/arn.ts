import { formatArn } from '../../aws/arn.ts';

export function userArn({
  account,
  path,
  userName,
}: {
  account: string;
  path: string;
  userName: string;
}): string {
  return iamArn(account, `user${path}${userName}`);
}

export function roleArn(account: string, path: string, roleName: string): string {
  return iamArn(account, `role${path}${roleName}`);
}

export function groupArn(group: {
  readonly account: string;
  readonly path: string;
  readonly groupName: string;
}): string {
  return iamArn(group.account, `group${group.path}${group.groupName}`);
}

export function policyArn(policy: {
  readonly account: string;
  readonly path: string;
  readonly policyName: string;
}): string {
  return iamArn(policy.account, `policy${policy.path}${policy.policyName}`);
}

/** The account and name of a customer managed policy; undefined when it is no ARN of one. */
export function readPolicyArn(
  arn: string,
): { readonly account: string; readonly path: string; readonly policyName: string } | undefined {
  const [, account, path, policyName] =
    /^arn:aws:iam::([0-9]{12}):policy(\/(?:[^/]+\/)*)([\w+=,.@-]{1,128})$/.exec(arn) ?? [];
  if (account === undefined || path === undefined || policyName === undefined) return undefined;
  return { account, path, policyName };
}

/** The serial number of a virtual MFA device. */
export function mfaSerial(device: {
  readonly account: string;
  readonly path: string;
  readonly deviceName: string;
}): string {
  return iamArn(device.account, `mfa${device.path}${device.deviceName}`);
}

export function oidcProviderArn(account: string, url: string): string {
  return iamArn(account, `oidc-provider/${url}`);
}

export function rootArn(account: string): string {
  return iamArn(account, 'root');
}

export function federatedUserArn(account: string, name: string): string {
  return formatArn({ service: 'sts', region: '', account, resource: `federated-user/${name}` });
}

/** Without the role's path. */
export function sessionArn(account: string, roleName: string, sessionName: string): string {
  return formatArn({
    service: 'sts',
    region: '',
    account,
    resource: `assumed-role/${roleName}/${sessionName}`,
  });
}

export function iamArn(account: string, resource: string): string {
  return formatArn({ service: 'iam', region: '', account, resource });
}
