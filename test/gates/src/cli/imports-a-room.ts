import { acmDoor } from '../services/acm/index.ts';
export const used = acmDoor;
