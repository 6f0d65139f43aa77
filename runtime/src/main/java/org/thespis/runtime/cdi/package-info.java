/** The rim of the runtime: finds actor classes, makes them as CDI beans, and gives them what they inject. */
package org.thespis.runtime.cdi;
