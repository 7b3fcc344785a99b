import { Kysely } from 'kysely';
export const used = Kysely;
