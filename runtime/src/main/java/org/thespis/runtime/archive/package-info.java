/** What the classes of the deployed application say of actors, read from its archives without loading them. */
package org.thespis.runtime.archive;
