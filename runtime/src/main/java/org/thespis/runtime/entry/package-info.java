/** Durable collections: entries that are read when asked for, and what a turn changed of them. Not public API. */
package org.thespis.runtime.entry;
