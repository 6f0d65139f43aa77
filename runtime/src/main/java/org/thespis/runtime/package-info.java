/**
 * Runs actors: one instance per live actor, one turn at a time. Plain Java: no sockets, no CDI, no SQL. Not public API;
 * may change in any release.
 */
package org.thespis.runtime;
