/** The largest body a call may have, bytes; for Bulk it is `maxPayloadSize`. */
export const bodyLimit = 1024 * 1024;
