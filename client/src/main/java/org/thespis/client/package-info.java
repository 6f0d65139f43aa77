/**
 * The Java client: actors of a Thespis server, called from outside of it by the names and interfaces of {@link
 * org.thespis.api.Actors}.
 */
package org.thespis.client;
