/** The server side of the runtime: starts and stops it with the application, on managed threads, with JNDI settings. */
package org.thespis.host;
