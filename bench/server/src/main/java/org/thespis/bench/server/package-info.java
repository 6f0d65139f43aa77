/** Actors to measure, and raw endpoints that do the same without any framework: the limit of what a framework can reach. */
package org.thespis.bench.server;
