/** The clients of one actor: who comes in, who is there, and the one way to leave. */
package org.thespis.runtime.connection;
