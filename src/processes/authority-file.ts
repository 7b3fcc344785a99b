/** In the data folder: which kinds of rows are authenticated. Written once there is a database. */
export const authorityFileName = 'authority.json';
