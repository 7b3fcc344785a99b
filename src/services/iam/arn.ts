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

/** Without the role's path. */
export function sessionArn(account: string, roleName: string, sessionName: string): string {
  return formatArn({
    service: 'sts',
    region: '',
    account,
    resource: `assumed-role/${roleName}/${sessionName}`,
  });
}

function iamArn(account: string, resource: string): string {
  return formatArn({ service: 'iam', region: '', account, resource });
}
