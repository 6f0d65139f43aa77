/** Settings that the deployment or the server gives by JNDI. */
package org.thespis.runtime.jndi;
