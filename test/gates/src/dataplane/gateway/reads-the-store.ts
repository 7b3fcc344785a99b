import { store } from '../../store/store.ts';
export const used = store;
