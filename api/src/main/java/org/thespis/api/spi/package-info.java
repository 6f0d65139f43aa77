/** What an integrator implements; called by the runtime, never by actors. */
package org.thespis.api.spi;
