import { authorityMigrations, type AuthorityTables } from '../aws/authority/schema.ts';
import {
  acmeMigrations,
  privateCaMigrations,
  type AcmeTables,
  type PrivateCaTables,
} from '../issuance/index.ts';
import type { Log } from '../lib/log.ts';
import { acmMigrations, type AcmTables } from '../services/acm/index.ts';
import { cloudTrailMigrations, type CloudTrailTables } from '../services/cloudtrail/index.ts';
import { elbv2Migrations, type Elbv2Tables } from '../services/elbv2/index.ts';
import { eventMigrations, type EventTables } from '../services/events/index.ts';
import { iamMigrations, type IamTables } from '../services/iam/index.ts';
import { kmsMigrations, type KmsTables } from '../services/kms/index.ts';
import { route53Migrations, type Route53Tables } from '../services/route53/index.ts';
import type { LostCommitsTables } from '../store/sqlite/index.ts';
import type { Store } from '../store/store.ts';
import type { Settings } from './settings.ts';
import { openStoreFile } from './store-file.ts';
import { vaultEpochMigrations, type VaultEpochTables } from './vault-epochs.ts';

/** The tables of all rooms. */
export type Tables = AcmTables &
  AcmeTables &
  AuthorityTables &
  CloudTrailTables &
  Elbv2Tables &
  EventTables &
  IamTables &
  KmsTables &
  LostCommitsTables &
  PrivateCaTables &
  Route53Tables &
  VaultEpochTables;

export type DataStore = Store<Tables>;

export const migrations = [
  acmMigrations,
  acmeMigrations,
  authorityMigrations,
  cloudTrailMigrations,
  elbv2Migrations,
  eventMigrations,
  iamMigrations,
  kmsMigrations,
  privateCaMigrations,
  route53Migrations,
  vaultEpochMigrations,
];

/** Opens the database of the data folder, with the tables of all rooms. @throws CannotStart */
export function openDataStore(settings: Settings, log: Log): Promise<DataStore> {
  return openStoreFile(settings, { migrations, log });
}
