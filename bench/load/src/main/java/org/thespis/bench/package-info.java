/** The load generator: measures the runtime beside raw endpoints of the same server, and beside Rivet, in one run. */
package org.thespis.bench;
