/** A browser login by OpenID Connect in the WAR of the gateway; configured by settings. */
package org.thespis.login;
