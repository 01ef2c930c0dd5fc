/**
 * Anybody can send a CRC, so the receiver passes on one a second of those that X did not sign. One that it spares has
 * one before it by less than this, which proved the same way: it stands for an answer to a request of ours that came
 * between the two. Otherwise a stranger could hide X's check behind his own and so bring about a replay.
 */
export const heartbeatSpacingMs = 1_000;
