import type { Call } from '../../aws/call.ts';
import type { GroupSet } from './sets/groups.ts';
import { userHolder } from './sets/devices.ts';
import type { UserSet } from './sets/users.ts';
import type { IamStores } from './store/index.ts';

/** So many members of a group are moved with it. */
const maxMembers = 5000;

/**
 * Gives a user another name: everything of theirs moves with them, as all of it is found by the name. Sessions and
 * policies elsewhere that name the user by the unique id go on to mean the same user.
 */
export async function renamedUser(
  call: Call,
  { users, devices }: Pick<IamStores, 'users' | 'devices'>,
  found: UserSet,
  to: { readonly userName: string; readonly path: string },
): Promise<void> {
  const { change, account } = call;
  const user = { ...found.user, ...to, version: found.user.version + 1 };
  users.delete(change, found.user);
  users.insert(change, user);
  for (const [name, document] of found.policies) users.putPolicy(change, user, name, document);
  for (const arn of found.attached) users.attach(change, user, arn);
  for (const group of found.groups) users.join(change, user, group);
  if (found.boundary !== undefined) users.setBoundary(change, user, found.boundary);
  for (const key of found.accessKeys) users.insertAccessKey(change, user, key);
  if (found.loginProfile !== undefined) users.putLoginProfile(change, user, found.loginProfile);
  for (const { password_hash: hash, changed_at: at } of found.oldPasswords)
    users.keepOldPassword(change, user, hash, at);
  for (const device of await devices.of(account, userHolder(found.user.userName)))
    devices.update(change, device, { holder: userHolder(to.userName) });
}

/** Gives a group another name; its members stay in it. */
export async function renamedGroup(
  call: Call,
  { users, groups }: Pick<IamStores, 'users' | 'groups'>,
  found: GroupSet,
  to: { readonly groupName: string; readonly path: string },
): Promise<void> {
  const { change, account } = call;
  const group = { ...found.group, ...to, version: found.group.version + 1 };
  const members = await users.inGroup(account, found.group.groupName, { limit: maxMembers });
  for (const { user } of members) {
    users.touch(change, user);
    users.leave(change, user, found.group.groupName);
  }
  groups.delete(change, found.group);
  groups.insert(change, group);
  for (const [name, document] of found.policies) groups.putPolicy(change, group, name, document);
  for (const arn of found.attached) groups.attach(change, group, arn);
  for (const { user } of members) users.join(change, user, to.groupName);
}
