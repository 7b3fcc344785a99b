import { connect } from 'node:net';
export const used = connect;
